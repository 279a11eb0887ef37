"""The newspaper's issues. Stories are imported from `articles`, never back."""

from .gate import LockedError
from .issue import Issue, IssueQuerySet, Stage
from .issue_event import IssueEvent
from .move import Move
from .page import Page
from .page_area import PageArea
from .page_proof import PageProof
from .pattern import Pattern, PatternPage, PatternQuerySet
from .placement import Placement, Role, Web
from .press_sheet import PressSheet
from .proof_error import ProofError, ProofErrorStrike
from .told import ToldChange, ToldFeed

__all__ = [
    "Issue",
    "IssueEvent",
    "IssueQuerySet",
    "LockedError",
    "Move",
    "Page",
    "PageArea",
    "PageProof",
    "Pattern",
    "PatternPage",
    "PatternQuerySet",
    "Placement",
    "PressSheet",
    "ProofError",
    "ProofErrorStrike",
    "Role",
    "Stage",
    "ToldChange",
    "ToldFeed",
    "Web",
]
