"""What the search page is asked besides words: by what the stories are narrowed."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Byline, Contributor, Section
from articles.search.filters import Filters
from articles.search.query import Query
from communities.models import Community

# Before each level of the tree below the district, in a list that can only be flat.
INDENT = "\u3000"
LARGEST_KEY = 2**63 - 1


class SearchForm(forms.Form):
    """Words and filters, all in the address: what was searched can be kept, sent and opened again.

    A filter that cannot be read is left out, and the page says so.
    """

    q = forms.CharField(label=_("Words"), required=False)
    section = forms.TypedChoiceField(label=_("Section"), required=False, empty_value=None)
    community = forms.TypedChoiceField(label=_("Community"), required=False, empty_value=None)
    contributor = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY)
    since = forms.DateField(label=_("From day"), required=False)
    until = forms.DateField(label=_("To day"), required=False)

    def __init__(self, asked: QueryDict, *, at: datetime.datetime | None = None) -> None:
        """Take the sections and communities there are (two queries)."""
        super().__init__(asked)
        self.at = at or timezone.now()
        # Read apart from the form: nothing that can be typed here is an error.
        self.query = Query.read(asked.get("q", ""))
        self.sections = {one.slug: one for one in Section.objects.all()}
        self.communities = {one.slug: one for one in Community.objects.all().in_tree_order()}
        self._offer("section", _("All sections"), [(k, s.name) for k, s in self.sections.items()])
        self.fields["section"].coerce = self.sections.get  # type: ignore[attr-defined]
        self._offer("community", _("All communities"), self._tree())
        self.fields["community"].coerce = self.communities.get  # type: ignore[attr-defined]
        self.is_valid()

    def _offer(self, name: str, all_of_them: Any, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", all_of_them), *choices]  # type: ignore[attr-defined]

    def _tree(self) -> list[tuple[str, str]]:
        depths: dict[int | None, int] = {None: -1}
        choices = []
        for slug, place in self.communities.items():
            depths[place.pk] = depths.get(place.parent_id, -1) + 1
            choices.append((slug, INDENT * depths[place.pk] + place.name))
        return choices

    def clean_contributor(self) -> Contributor | None:
        """Return the person; who has no published story is not known to the public."""
        key = self.cleaned_data["contributor"]
        if key is None:
            return None
        theirs = Byline.objects.filter(
            Exists(Article.objects.published(self.at).order_by().filter(pk=OuterRef("article"))),
            contributor=OuterRef("pk"),
        )
        person = Contributor.objects.filter(Exists(theirs), pk=key).first()
        if person is None:
            raise ValidationError(_("There is no such person."), code="unknown")
        return person

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last day lies before the first."))
        return self.cleaned_data

    @property
    def filters(self) -> Filters:
        """The filters that could be read."""
        names = ("section", "community", "contributor", "since", "until")
        return Filters(**{name: self.cleaned_data.get(name) for name in names})

    @property
    def left_out(self) -> bool:
        """Whether a filter could not be read."""
        return bool(set(self.errors) - {"q"})

    def address(self, query: Query | None = None, **changes: Any) -> str:
        """Return the address of this search, or of one that differs.

        Args:
            query: other words.
            changes: other filters, or `page`; None takes one out.

        """
        filters = self.filters
        asked = {
            "q": (query or self.query).text,
            "section": filters.section and filters.section.slug,
            "community": filters.community and filters.community.slug,
            "contributor": filters.contributor and filters.contributor.pk,
            "since": filters.since,
            "until": filters.until,
            **changes,
        }
        words = urlencode({name: str(value) for name, value in asked.items() if value})
        return f"{reverse('articles:search')}?{words}"
