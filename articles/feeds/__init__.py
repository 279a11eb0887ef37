"""Feeds: stories for readers' own programs, in RSS 2.0 and Atom, with their whole text."""

from .addresses import FeedForm
from .feed import PaperFeed
from .stories import CommunityFeed, ContributorFeed, SectionFeed, StoryFeed, TagFeed, feed

__all__ = [
    "CommunityFeed",
    "ContributorFeed",
    "FeedForm",
    "PaperFeed",
    "SectionFeed",
    "StoryFeed",
    "TagFeed",
    "feed",
]
