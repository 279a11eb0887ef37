"""What hangs on a place: the people to call there, the addresses it had before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .community import Community


class ContactPerson(models.Model):
    """Somebody to call in a place: a secretary, a grid worker, a mediator."""

    community: models.ForeignKey[Community, Community] = models.ForeignKey(
        "communities.Community",
        verbose_name=_("community"),
        related_name="people",
        on_delete=models.CASCADE,
    )
    role = models.CharField(
        _("what for"), max_length=40, help_text=_("e.g. 社区党委书记、网格员（1—3号楼）")
    )
    name = models.CharField(_("name"), max_length=40)
    phone = models.CharField(
        _("phone"), max_length=40, help_text=_("A number of the office, not a private one.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("person to call")
        verbose_name_plural = _("people to call")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.role} {self.name}"


class FormerAddress(models.Model):
    """An address name that a place had, or that a place merged into it had: it leads on."""

    slug = models.SlugField(_("address name"), max_length=80, unique=True)
    community: models.ForeignKey[Community, Community] = models.ForeignKey(
        "communities.Community",
        verbose_name=_("community"),
        related_name="former_addresses",
        on_delete=models.CASCADE,
    )

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug
