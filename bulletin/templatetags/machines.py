"""What templates tell machines: search engines, other sites, reading programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles import structured_data
from articles.models import Article
from bulletin.templatetags.newspaper import canonical
from communities import place_facts
from communities.addresses import path_to, root_of
from communities.models import Community, ServiceStation
from communities.structured_data import script
from issues import structured_data as issues_data
from issues.models import Issue

register = template.Library()


def _root(context: Context) -> str:
    return root_of(context["request"])


def _directories() -> dict[str, tuple[str, str]]:
    return {
        "communities": (_("Communities"), path_to("communities:communities")),
        "stations": (_("Stations"), path_to("communities:stations")),
        "issues": (_("Past issues"), path_to("issues:issues")),
        "archive": (_("Past stories"), path_to("issues:archive")),
    }


@register.simple_tag(takes_context=True)
def site_facts(context: Context) -> SafeString:
    """Say what the whole site is."""
    return script(structured_data.site(_root(context)))


@register.simple_tag(takes_context=True)
def story_facts(context: Context, article: Article) -> SafeString:
    """Say what a story is."""
    return script(structured_data.story(article, _root(context)))


@register.simple_tag(takes_context=True)
def issue_facts(context: Context, issue: Issue) -> SafeString:
    """Say what an issue holds."""
    return script(issues_data.issue_facts(issue, _root(context)))


@register.simple_tag(takes_context=True)
def list_facts(context: Context, name: str, stories: Iterable[Article]) -> SafeString:
    """Say what a list of stories holds."""
    address = canonical(context)
    return script(structured_data.collection(name, address, stories, _root(context)))


@register.simple_tag(takes_context=True)
def breadcrumbs(context: Context, *steps: Any, here: str = "") -> SafeString:
    """Say where a page stands.

    Args:
        context: of the page.
        steps: from the front page (left out) to the page: things with an address, lists of them,
            or the name of a directory ("communities"); None is passed over.
        here: the name of the page itself, where it is no such thing.

    """
    way = [(context["site_name"], path_to("home"))]
    for step in steps:
        if isinstance(step, str) and step:
            way.append(_directories()[step])
        elif step:
            some = step if isinstance(step, list) else [step]
            way += [(str(one), one.get_absolute_url()) for one in some]
    if here:
        way.append((here, context["request"].path))
    return script(structured_data.way(way, _root(context)))


@register.simple_tag(takes_context=True)
def station_facts(context: Context, station: ServiceStation) -> SafeString:
    """Say what a station is, where and when it is open."""
    return script(place_facts.station(station, _root(context)))


@register.simple_tag(takes_context=True)
def community_facts(context: Context, community: Community) -> SafeString:
    """Say what a place is, and what it lies in."""
    return script(place_facts.community(community, _root(context)))
