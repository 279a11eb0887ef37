"""Questions about stories."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from articles.listing import Listing, ListingQuery, Place
from communities.models import Activity, Community, ServiceStation
from communities.together import TogetherQuerySet

from . import gate
from .photo import Photo
from .review import ReviewDuty, Stage
from .section import Section
from .states import GUARDED, READY, Genre, Status

if TYPE_CHECKING:
    from .article import Article
    from .contributor import Contributor
    from .tag import Tag

PER_PAGE = 20
# Where a story stands that waits for a review.
AWAITS: dict[str, Status] = {
    Stage.FIRST: Status.SUBMITTED,
    Stage.SECOND: Status.FIRST_PASSED,
    Stage.FINAL: Status.SECOND_PASSED,
}


class ArticleQuerySet(TogetherQuerySet["Article"]):
    """Questions about stories. What the public sees is decided in `published` and nowhere else."""

    def update(self, **kwargs: Any) -> int:
        """Change columns that are neither the gate's nor a text's.

        A change of many texts at once would leave no revision of any.

        Raises:
            articles.models.gate.GateError: for any other column.

        """
        gate.refuse(name for name in kwargs if {name, f"{name}_id"} & GUARDED)
        return super().update(**kwargs)

    def move(self, **kwargs: Any) -> int:
        """Change the columns the gate guards: for the verbs of this app, and for nobody else."""
        with gate.opened():
            return self.update(**kwargs)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Make many stories, all of them drafts.

        Raises:
            articles.models.gate.GateError: when one would be born past the reviews.

        """
        stories: list[Any] = list(objs)
        for story in stories:
            gate.refuse(story.changed_behind_the_gate())
        gate.refuse(GUARDED.intersection(kwargs.get("update_fields") or ()))
        return super().bulk_create(stories, *args, **kwargs)

    def published(self, at: datetime.datetime | None = None) -> ArticleQuerySet:
        """Stories the public can open at a moment (now, if none is given), the newest first."""
        return self.filter(status=Status.APPROVED, publish_at__lte=at or timezone.now()).order_by(
            "-publish_at", "-pk"
        )

    def photo_news(self) -> ArticleQuerySet:
        """Photo news that has a picture to show."""
        return self.of_genre(Genre.PHOTO).illustrated()

    def withdrawn(self, at: datetime.datetime | None = None) -> ArticleQuerySet:
        """Stories the public could open once, and whose addresses say now that they cannot."""
        return self.filter(status=Status.WITHDRAWN, publish_at__lte=at or timezone.now())

    def current(self, at: datetime.datetime | None = None) -> ArticleQuerySet:
        """Leave out notices that have expired: they can still be opened, but lead nobody astray."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at or timezone.now()))

    def expired(self, at: datetime.datetime | None = None) -> ArticleQuerySet:
        """Notices whose time is over."""
        return self.filter(expires_at__lte=at or timezone.now())

    def timed_between(self, begin: datetime.datetime, end: datetime.datetime) -> ArticleQuerySet:
        """Approved stories whose hour lies in a span (its end left out), the earliest first."""
        return self.filter(
            status=Status.APPROVED, publish_at__gte=begin, publish_at__lt=end
        ).order_by("publish_at", "pk")

    def unapproved(self) -> ArticleQuerySet:
        """Stories that are not approved: few beside an archive.

        The queues' index is asked only where a question says this in its own words: SQLite does not
        see that a draft is not approved.
        """
        return self.exclude(status=Status.APPROVED)

    def awaiting(self, stage: str) -> ArticleQuerySet:
        """Stories that wait for a review (a `Stage`), the one that has waited longest first."""
        return self.unapproved().filter(status=AWAITS[stage]).order_by("stage_since", "pk")

    def ready(self) -> ArticleQuerySet:
        """Stories that have passed a review or all, the latest first: what pages are planned with.

        The change of a published story is none: it stands where that story stands.
        """
        return self.filter(status__in=READY, revises__isnull=True).order_by("-stage_since", "-pk")

    def for_reviewer(self, user: User | AnonymousUser, stage: str) -> ArticleQuerySet:
        """Of the stories that wait for a review, those it is this reviewer's duty to look at.

        Whoever has no duty of their own at a stage looks at everything that is nobody else's.
        """
        duties = ReviewDuty.objects.filter(stage=stage)
        wanted = Q(pk__in=[])
        mine = list(duties.filter(user=user.pk).select_related("section", "community"))
        for duty in mine:
            wanted |= self._matching(duty)
        if not mine:
            taken = Q(pk__in=[])
            for duty in duties.select_related("section", "community"):
                taken |= self._matching(duty)
            wanted = ~taken
        return self.filter(wanted)

    def _matching(self, duty: ReviewDuty) -> Q:
        """Return the condition under which a story is a duty's; an empty Q would match nothing."""
        wanted = Q(pk__isnull=False)
        if duty.section_id:
            wanted &= Q(section=duty.section_id) | Q(column=duty.section_id)
        if duty.community:
            links = self.model.communities.through.objects.filter(
                article=OuterRef("pk"), community__in=Community.objects.within(duty.community)
            )
            wanted &= Q(Exists(links))
        return wanted

    def in_section(self, section: Section) -> ArticleQuerySet:
        """Stories of a section, or of a standing column."""
        if section.kind == Section.Kind.SECTION:
            return self.filter(section=section)
        return self.filter(column=section)

    def about(self, community: Community) -> ArticleQuerySet:
        """Stories that name a place or a place in it, each once."""
        links = self.model.communities.through.objects.filter(
            article=OuterRef("pk"), community__in=Community.objects.within(community)
        )
        return self.filter(Exists(links))

    def about_station(self, station: ServiceStation) -> ArticleQuerySet:
        """Stories that name a service station."""
        return self.filter(stations=station)

    def signed_by(self, contributor: Contributor) -> ArticleQuerySet:
        """Stories with a person's name under them."""
        return self.filter(Exists(contributor.bylines.filter(article=OuterRef("pk"))))

    def tagged_with(self, tag: Tag) -> ArticleQuerySet:
        """Stories filed under a word."""
        return self.filter(Exists(tag.tagged.filter(content_object=OuterRef("pk"))))

    def about_activity(self, activity: Activity) -> ArticleQuerySet:
        """Stories that tell of an activity."""
        return self.filter(activities=activity)

    def of_genre(self, *genres: Genre) -> ArticleQuerySet:
        """Stories of one or more genres."""
        return self.filter(genre__in=genres)

    def illustrated(self) -> ArticleQuerySet:
        """Stories that have a picture."""
        return self.filter(Exists(Photo.objects.filter(article=OuterRef("pk"))))

    def editable_by(self, user: User | AnonymousUser) -> ArticleQuerySet:
        """Stories a member of the newsroom may see in the admin: all, or those they filed."""
        if user.has_perm("articles.edit_any_article"):
            return self
        return self.filter(filed_by=user.pk)

    def with_bylines(self) -> ArticleQuerySet:
        """Fetch the bylines along (one query)."""
        return self.prefetch_related("bylines")

    def for_lists(self) -> ArticleQuerySet:
        """Fetch what a list of stories shows: section, column, bylines, photos (one query more)."""
        return self.select_related("section", "column").along("bylines", "photos")

    def for_feeds(self) -> ArticleQuerySet:
        """Fetch what a feed prints of its stories (two queries more)."""
        # The checker knows no prefetching of taggit's manager.
        return (
            self.for_lists()
            .along("communities", "corrections")
            .prefetch_related(  # type: ignore[misc]
                "tags"
            )
        )

    def with_everything(self) -> ArticleQuerySet:
        """Fetch all that other systems are told of a story (two queries more)."""
        placements: Any = self.model._meta.get_field("placements").related_model
        pages = Prefetch("placements", placements.objects.select_related("page__issue"))
        # The checker knows no prefetching of taggit's manager.
        return (
            self.for_lists()
            .along("communities", "stations", "corrections", pages)
            .prefetch_related("tags")  # type: ignore[misc]
        )

    def for_page(self) -> ArticleQuerySet:
        """Fetch all that a story's own page shows, of a story that is not public yet."""
        return self.with_everything().along(Prefetch("activities", Activity.objects.public()))

    def listing(self, place: str = "", per_page: int = PER_PAGE) -> Listing[Article]:
        """Return one page of a list in publication order.

        Args:
            place: where the page begins, as `Listing.older` and `Listing.newer` give it.
            per_page: how many stories.

        Raises:
            articles.listing.PlaceError: when `place` is not such a text.

        """
        return self.listing_query(place, per_page).listing()

    def listing_query(self, place: str = "", per_page: int = PER_PAGE) -> ListingQuery[Article]:
        """Return the query of such a page, to be fetched together with others."""
        return ListingQuery.of(self, Place.read(place), per_page)
