"""Places that are merged or get another address: what led to them leads on, nothing is lost.

`articles` and whoever else points at places need not be known here: the rows that point are found
through the model's reverse relations.
"""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ManyToManyRel, ManyToOneRel
from django.utils.translation import gettext_lazy as _

from communities import naming
from communities.models import Community, FormerAddress, Level


@transaction.atomic
def lead_on(community: Community, *, old_slug: str) -> None:
    """Let an address a place had lead to the one it has.

    Args:
        community: the place, saved under its new address name.
        old_slug: the address name it had.

    """
    FormerAddress.objects.filter(slug=community.slug).delete()
    if old_slug and old_slug != community.slug:
        FormerAddress.objects.update_or_create(slug=old_slug, defaults={"community": community})


@transaction.atomic
def merge(community: Community, *, into: Community, by: User) -> Community:
    """Merge a place into another: what names or lies in it moves, its address leads on.

    Args:
        community: the place that ends; it is deleted.
        into: the place that goes on; what it says of itself stays.
        by: who merges; only whoever keeps every place may.

    Returns:
        The place that goes on.

    Raises:
        ValidationError: codes "not_kept", "same", "inside", "level" (what lies in the one may not
            lie in the other) and "names" (stations or places of the same name on both sides).

    """
    if not by.has_perm("communities.manage_every_place"):
        raise ValidationError(_("Only whoever keeps all places merges them."), code="not_kept")
    # In the order of their keys, so that two who merge the same places do not wait for each other.
    rows = Community.objects.select_for_update().filter(pk__in={community.pk, into.pk})
    locked = {row.pk: row for row in rows.order_by("pk")}
    if len(locked) < 2:
        raise ValidationError(_("A place cannot be merged into itself."), code="same")
    ending, lasting = locked[community.pk], locked[into.pk]
    _refuse_what_does_not_fit(ending, lasting)
    with naming.changing(ending, lasting):
        _join(ending, lasting)
    return lasting


def _join(ending: Community, lasting: Community) -> None:
    """Move what belongs to a place to another, and let its address lead there."""
    for relation in Community._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToManyRel):
            _move_links(relation, ending, lasting)
        elif isinstance(relation, ManyToOneRel) and not relation.related_model._meta.auto_created:
            field = relation.field.name
            pointing = cast(Any, relation.related_model)._base_manager
            pointing.filter(**{field: ending.pk}).update(**{field: lasting.pk})
    lasting.managers.add(*ending.managers.all())
    slug = ending.slug
    ending.delete()
    FormerAddress.objects.create(slug=slug, community=lasting)


def _refuse_what_does_not_fit(ending: Community, lasting: Community) -> None:
    if Community.objects.within(ending).filter(pk=lasting.pk).exists():
        raise ValidationError(
            _("%(into)s lies in %(name)s; it cannot take it in."),
            code="inside",
            params={"into": lasting.name, "name": ending.name},
        )
    for child in ending.children.all():
        if Level(lasting.level) not in Level(child.level).allowed_parents:
            raise ValidationError(
                _("%(child)s cannot lie in %(into)s. Move it first."),
                code="level",
                params={"child": child.name, "into": lasting.name},
            )
    stations = ending.stations.filter(name__in=lasting.stations.values("name"))
    children = ending.children.filter(name__in=lasting.children.values("name"))
    twice = [*stations.values_list("name", flat=True), *children.values_list("name", flat=True)]
    if twice:
        raise ValidationError(
            _("Both places have: %(names)s. Rename or remove one of each first."),
            code="names",
            params={"names": "、".join(twice)},
        )


def _move_links(relation: ManyToManyRel, ending: Community, lasting: Community) -> None:
    """Let what names the one place name the other, once where it named both."""
    field = cast(Any, relation.field)
    links = cast(Any, relation.through)._base_manager
    place, thing = field.m2m_reverse_field_name(), field.m2m_field_name()
    both = links.filter(**{place: lasting.pk}).values_list(thing, flat=True)
    links.filter(**{place: ending.pk, f"{thing}__in": list(both)}).delete()
    links.filter(**{place: ending.pk}).update(**{place: lasting.pk})
