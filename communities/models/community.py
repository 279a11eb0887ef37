"""The tree of places: district, subdistrict or town, community or village."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from communities.addresses import path_to

from .picture_field import PictureField
from .position import Positioned
from .rendered import Rendered
from .stories import Stories

if TYPE_CHECKING:
    from .activity_queryset import ActivityQuerySet
    from .station import ServiceStationQuerySet


class Level(models.TextChoices):
    """Administrative levels below a city, as the Ministry of Civil Affairs names them."""

    DISTRICT = "district", _("district")
    SUBDISTRICT = "subdistrict", _("subdistrict")
    TOWN = "town", _("town")
    COMMUNITY = "community", _("community")
    VILLAGE = "village", _("village")

    @property
    def allowed_parents(self) -> tuple[Level, ...]:
        """The levels a place of this level may lie in."""
        return ALLOWED_PARENTS[self]

    @property
    def holds_others(self) -> bool:
        """Whether a place of any level may lie in a place of this one."""
        return any(self in parents for parents in ALLOWED_PARENTS.values())


ALLOWED_PARENTS: dict[Level, tuple[Level, ...]] = {
    Level.DISTRICT: (),
    Level.SUBDISTRICT: (Level.DISTRICT,),
    Level.TOWN: (Level.DISTRICT,),
    # Right below the district: until an editor knows the subdistrict, or where there is none.
    Level.COMMUNITY: (Level.SUBDISTRICT, Level.TOWN, Level.DISTRICT),
    Level.VILLAGE: (Level.TOWN, Level.SUBDISTRICT, Level.DISTRICT),
}
DEPTH = 3
# A map with more names than this can be read by nobody.
NAMES_ON_MAP = 300


class CommunityQuerySet(models.QuerySet["Community"]):
    """Questions about places."""

    def named(self, name: str) -> CommunityQuerySet:
        """Places with this name or other name."""
        return self.filter(Q(name=name) | Q(other_name=name))

    def within(self, community: Community) -> CommunityQuerySet:
        """A place and everything below it, in one condition (the tree is never deeper)."""
        if not Level(community.level).holds_others:
            # Said plainly, so that PostgreSQL knows how many stories name the one place.
            return self.filter(pk=community.pk)
        return self.filter(
            Q(pk=community.pk) | Q(parent=community.pk) | Q(parent__parent=community.pk)
        )

    def managed_by(self, user: User | AnonymousUser) -> CommunityQuerySet:
        """The places somebody keeps: those they were given, and what lies in them."""
        if user.has_perm("communities.manage_every_place"):
            return self
        given = Community.managers.through.objects.filter(user=user.pk).values("community")
        return self.filter(Q(pk__in=given) | Q(parent__in=given) | Q(parent__parent__in=given))

    def seen_by(self, user: User | AnonymousUser) -> CommunityQuerySet:
        """The places somebody is shown in the newsroom: all, or those they keep."""
        if user.has_perm("communities.see_every_place"):
            return self
        return self.managed_by(user)

    def with_parents(self) -> CommunityQuerySet:
        """Fetch the places above in the same query."""
        return self.select_related("parent__parent")

    def below_the_district(self) -> CommunityQuerySet:
        """Everything that residents choose from: subdistricts, towns, communities, villages."""
        return self.exclude(level=Level.DISTRICT)

    def right_below_the_district(self) -> CommunityQuerySet:
        """Of those, what lies in no other of them."""
        return self.below_the_district().filter(
            Q(parent__isnull=True) | Q(parent__level=Level.DISTRICT)
        )

    def names_on_map(self, around: Positioned | None = None) -> list[tuple[str, str, str, str]]:
        """What a map is read by: (name, level, longitude, latitude), the larger places first.

        Args:
            around: a place or station: only what lies within some five kilometres of it; nothing
                where it has no position.

        """
        return names_in_order(self.rows_on_map(around))

    def rows_on_map(self, around: Positioned | None = None) -> QuerySet[Any, Any]:
        """Return the query of `names_on_map`, to be fetched together with others."""
        rows = self.filter(longitude__isnull=False).below_the_district()
        if around is not None:
            if around.longitude is None or around.latitude is None:
                return self.none()
            near = Decimal("0.05")
            rows = rows.filter(
                longitude__range=(around.longitude - near, around.longitude + near),
                latitude__range=(around.latitude - near, around.latitude + near),
            )
        columns = ("name", "level", "longitude", "latitude")
        return rows.order_by("position", "pk").values_list(*columns)[:NAMES_ON_MAP]

    def in_tree_order(self) -> list[Community]:
        """Every place with its children following it: one query, depth first.

        Each place gets `children_shown`, the list of places directly below it.
        """
        return in_tree(self.order_by("position", "pk"))


def names_in_order(rows: Iterable[Any]) -> list[tuple[str, str, str, str]]:
    """Return the names that `CommunityQuerySet.rows_on_map` finds, the larger places first."""
    larger = (Level.SUBDISTRICT, Level.TOWN)
    texts = [
        (name, level, f"{longitude:.6f}", f"{latitude:.6f}")
        for name, level, longitude, latitude in rows
    ]
    return sorted(texts, key=lambda one: one[1] not in larger)


def in_tree(rows: Iterable[Community]) -> list[Community]:
    """Return places in the order of the tree, as `CommunityQuerySet.in_tree_order` does.

    Args:
        rows: places in their own order.

    """
    places = list(rows)
    by_parent: dict[int | None, list[Community]] = {}
    present = {place.pk for place in places}
    for place in places:
        above = place.parent_id if place.parent_id in present else None
        by_parent.setdefault(above, []).append(place)

    def walk(parent: int | None) -> list[Community]:
        found: list[Community] = []
        for place in by_parent.get(parent, []):
            place.children_shown = by_parent.get(place.pk, [])
            found += [place, *walk(place.pk)]
        return found

    return walk(None)


class Community(Rendered, Positioned):
    """A place people say they live in, or the larger place it lies in."""

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(
        _("address name"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Made from the name's pinyin when left empty; stays when the name changes."),
    )
    other_name = models.CharField(
        _("other name"),
        max_length=60,
        blank=True,
        help_text=_("A short or former name that stories may use."),
    )
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("lies in"),
        related_name="children",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    intro = models.TextField(_("introduction"), blank=True)
    address = models.CharField(_("street address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    image = PictureField(
        _("picture"),
        upload_to="communities/",
        width_field="width",
        height_field="height",
        max_length=200,
        blank=True,
    )
    width = models.PositiveIntegerField(editable=False, null=True)
    height = models.PositiveIntegerField(editable=False, null=True)
    alt = models.CharField(
        _("description for those who cannot see it"),
        max_length=200,
        blank=True,
        help_text=_("What the picture shows, in one sentence."),
    )
    managers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("community managers"),
        related_name="managed_communities",
        blank=True,
        help_text=_("Who keeps the stations of this place and of the places in it."),
    )

    objects = CommunityQuerySet.as_manager()

    children_shown: list[Community]

    class Meta(Positioned.Meta):
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        ordering = ["position", "pk"]
        permissions = [
            ("see_every_place", _("Can see all communities and stations")),
            ("manage_every_place", _("Can manage all communities and stations")),
        ]
        constraints = [
            *Positioned.Meta.constraints,
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="communities_community_name_in_parent",
                violation_error_message=_("There is already a place of this name there."),
            ),
            models.CheckConstraint(
                name="communities_community_district_on_top",
                condition=Q(level=Level.DISTRICT, parent__isnull=True)
                | (~Q(level=Level.DISTRICT) & Q(parent__isnull=False)),
                violation_error_message=_(
                    "A district lies in nothing; every other place lies in a larger one."
                ),
            ),
            models.CheckConstraint(
                name="communities_community_picture_described",
                condition=Q(image="") | ~Q(alt=""),
                violation_error_message=_("Say what the picture shows."),
            ),
            models.CheckConstraint(
                name="communities_community_has_slug",
                condition=~Q(slug=""),
                violation_error_message=_("An address name is needed."),
            ),
        ]
        indexes = [
            *Rendered.Meta.indexes,
            models.Index(fields=["parent", "position", "id"], name="community_in_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The place's page on the public site."""
        return path_to("communities:community", self.slug)

    def clean(self) -> None:
        """Refuse a parent of the wrong level, which also keeps the tree free of circles.

        Raises:
            ValidationError: at `parent`, naming the levels that fit.

        """
        if not self.level or self.parent is None:
            return
        allowed = Level(self.level).allowed_parents
        if self.parent.level not in allowed:
            fitting = str(_(" or ")).join(str(level.label) for level in allowed) or str(
                _("nothing")
            )
            raise ValidationError(
                {
                    "parent": ValidationError(
                        _("A %(level)s lies in %(fitting)s."),
                        code="wrong_level",
                        params={"level": Level(self.level).label, "fitting": fitting},
                    )
                }
            )

    def check_level(self, level: Level) -> None:
        """Refuse a level that what lies here cannot lie in: for whoever changes it (one query).

        Args:
            level: the place's next level.

        Raises:
            ValidationError: naming what has to be moved first.

        """
        for child in self.children.all():
            if level not in Level(child.level).allowed_parents:
                raise ValidationError(
                    _("%(child)s cannot lie in %(into)s. Move it first."),
                    code="level",
                    params={"child": child.name, "into": level.label},
                )

    @property
    def parents(self) -> list[Community]:
        """The places above, the largest first (fetch them with `with_parents`)."""
        above: list[Community] = []
        place = self.parent
        while place is not None and len(above) < DEPTH:
            above.insert(0, place)
            place = place.parent
        return above

    def stories(self) -> Stories:
        """Published stories about this place and the places in it, the newest first.

        Asked through the reverse relation, so that places never import stories.
        """
        return self.articles.model.objects.published().current().about(self)

    def photo_stories(self) -> Stories:
        """Published photo news from this place and the places in it, the newest first."""
        return self.stories().photo_news()

    def neighbours(self) -> CommunityQuerySet:
        """The other places that lie in the same larger place; none for a district."""
        if self.parent_id is None:
            return Community.objects.none()
        return Community.objects.filter(parent=self.parent_id).exclude(pk=self.pk)

    def children_summed_up(self) -> CommunityQuerySet:
        """The places right below, each with its number of stations as `station_count`."""
        return self.children.annotate(station_count=Count("stations", distinct=True))

    @property
    def picture(self) -> Community | None:
        """The picture as templates print one; None where there is none."""
        return self if self.image else None

    caption = credit = focus_classes = ""

    def stations_within(self) -> ServiceStationQuerySet:
        """The stations of this place and of the places in it."""
        return self.stations.model.objects.within(self)

    def activities_within(self) -> ActivityQuerySet:
        """The public activities of this place, of the places in it and of their stations."""
        return self.activities.model.objects.public().at_community(self)
