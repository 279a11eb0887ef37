"""Issues in the admin, one module for each model, and one for each page with work of its own."""

from . import issue, page, pattern

__all__ = ["issue", "page", "pattern"]
