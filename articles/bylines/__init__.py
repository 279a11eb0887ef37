"""Credit lines as newspapers print them, read into credits and printed back.

`parse` reads a line into credits; `format_credits` prints credits as a line that reads back as
the same credits; `kind_of` sorts role words; `find_leading`, `find_trailing` and
`is_credit_line` find the credits in a story's text. Nothing here needs Django.
"""

from .credits import Credit, CreditLine, RoleKind
from .finding import find_leading, find_trailing, is_credit_line
from .layout import format_credits
from .reading import parse
from .roles import kind_of

__all__ = [
    "Credit",
    "CreditLine",
    "RoleKind",
    "find_leading",
    "find_trailing",
    "format_credits",
    "is_credit_line",
    "kind_of",
    "parse",
]
