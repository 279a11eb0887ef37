"""Merging a place into another, on a page beside the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, gettext_lazy

from communities import merging
from communities.models import Community

if TYPE_CHECKING:
    from communities.admin import CommunityAdmin


class MergeForm(forms.Form):
    """Which place takes another in."""

    into = forms.ModelChoiceField(
        Community.objects.none(),
        label=gettext_lazy("merge into"),
        help_text=gettext_lazy("The place that goes on; its name and address stay."),
    )

    def __init__(self, *args: object, place: Community, **kwargs: object) -> None:
        """Offer the places of the same level."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = cast(forms.ModelChoiceField, self.fields["into"])
        others = Community.objects.filter(level=place.level).exclude(pk=place.pk)
        field.queryset = others.select_related("parent")
        field.label_from_instance = lambda row: (  # type: ignore[method-assign, assignment]
            f"{row.name}（{row.parent.name}）" if row.parent else row.name
        )


def urls(site_admin: CommunityAdmin) -> list[URLPattern]:
    """Return the address of a place's merging."""

    def merge(request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("communities.manage_every_place"):
            raise PermissionDenied
        place = get_object_or_404(site_admin.get_queryset(request), pk=pk)
        form = MergeForm(request.POST or None, place=place)
        if request.method == "POST" and form.is_valid():
            name, into = place.name, form.cleaned_data["into"]
            try:
                merging.merge(place, into=into, by=cast(User, request.user))
            except ValidationError as refusal:
                form.add_error("into", refusal)
            else:
                said = gettext("%(name)s was merged into it.") % {"name": name}
                site_admin.log_change(request, into, said)
                done = gettext("%(name)s was merged into %(into)s; old addresses lead there.")
                messages.success(request, done % {"name": name, "into": into.name})
                return HttpResponseRedirect(
                    reverse("admin:communities_community_change", args=[into.pk])
                )
        return render(
            request,
            "admin/communities/community/merge.html",
            {
                **site_admin.admin_site.each_context(request),
                "title": gettext("Merge %(name)s into another place") % {"name": place.name},
                "opts": site_admin.opts,
                "place": place,
                "form": form,
                "stations": place.stations.count(),
                "children": list(place.children.all()),
            },
        )

    wrap = site_admin.admin_site.admin_view
    return [path("<int:pk>/merge/", wrap(merge), name="communities_community_merge")]
