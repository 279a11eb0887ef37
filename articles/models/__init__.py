"""Stories and the people who write them. Places are imported from `communities`, never back."""

from .article import Article
from .article_queryset import ArticleQuerySet
from .byline import Byline
from .contributor import Contributor
from .correction import Correction, PreviewLink
from .draft import Presence, WorkingDraft
from .gate import AppendOnlyError, GateError
from .mistake import MistakeReport
from .photo import LoosePicture, Photo
from .review import STAGES, Comment, Review, ReviewDuty, Stage, StoryEvent
from .revision import Revision
from .search import NamePinyin, SearchEntry, SearchWaiting
from .section import Section
from .states import Genre, Status
from .tag import Tag, TaggedArticle
from .term import Term, Waiver

__all__ = [
    "STAGES",
    "AppendOnlyError",
    "Article",
    "ArticleQuerySet",
    "Byline",
    "Comment",
    "Contributor",
    "Correction",
    "GateError",
    "Genre",
    "LoosePicture",
    "MistakeReport",
    "NamePinyin",
    "Photo",
    "Presence",
    "PreviewLink",
    "Review",
    "ReviewDuty",
    "Revision",
    "SearchEntry",
    "SearchWaiting",
    "Section",
    "Stage",
    "Status",
    "StoryEvent",
    "Tag",
    "TaggedArticle",
    "Term",
    "Waiver",
    "WorkingDraft",
]
