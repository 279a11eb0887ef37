"""Pages set in type by ourselves: from the stories placed on them to a page ready for the press.

`typeset` sets a page, `proofs` keeps what was set until an editor takes it or throws it away,
`turning` lets a story that has no room go on on another page.
"""

from .setting import Overset, Typeset, typeset
from .sheets import BROADSHEET, SHEETS, Sheet

__all__ = ["BROADSHEET", "SHEETS", "Overset", "Sheet", "Typeset", "typeset"]
