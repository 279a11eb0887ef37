"""Where the places of a page lie, as its text says: district, subdistrict or town, community."""

from __future__ import annotations

import re
from collections import Counter

from communities.models import Community, Level
from communities.slugs import unique_slug

from . import naming
from .parsed import ParsedPage
from .places import ProposedPlace

BETWEEN_STREETS = (Level.SUBDISTRICT, Level.TOWN)
RANKS = {Level.SUBDISTRICT: 1, Level.TOWN: 1, Level.COMMUNITY: 2, Level.VILLAGE: 2}
# A station's kind by what its name contains; the first that fits.
STATION_KINDS = {
    "党群服务中心": "党群服务中心",
    "党群": "党群服务站",
    "文明实践": "新时代文明实践站",
    "医保": "医保经办点",
    "驿站": "驿站",
}


class BranchOfPlaces:
    """The branch of the tree that a page's text describes."""

    def __init__(self, parsed: ParsedPage) -> None:
        """Keep the texts of the page's stories."""
        self.stories = [
            ("\n".join([story.headline, story.kicker, *story.paragraphs]), story)
            for story in parsed.articles
        ]
        self.text = "\n".join(text for text, _story in self.stories)

    @staticmethod
    def rank(level: str) -> int:
        """Return how deep a level lies, so that larger places are made first."""
        return RANKS.get(Level(level), 0)

    def parent_of(self, place: ProposedPlace, made: list[Community]) -> Community | None:
        """Return what a place lies in, making the district when the text names one.

        A community printed right behind a subdistrict's name lies in it; so does one in a story
        that names a single subdistrict. Otherwise it hangs on the district until an editor knows.
        """
        if Level(place.level) in BETWEEN_STREETS:
            return self._district(place.name, made)
        streets = list(Community.objects.filter(level__in=BETWEEN_STREETS))
        for street in streets:
            if f"{street.name}{place.name}" in self.text:
                return street
        for text, story in self.stories:
            if place.name in story.communities and place.name in text:
                named = [street for street in streets if street.name in story.communities]
                if len(named) == 1:
                    return named[0]
        return self._district(place.name, made)

    def _district(self, name: str, made: list[Community]) -> Community | None:
        """Return the district printed before a name; else the only one; else the page's own."""
        printed = self._printed_before(name)
        districts = {place.name: place for place in Community.objects.filter(level=Level.DISTRICT)}
        if printed in districts:
            return districts[printed]
        if not printed and len(districts) == 1:
            return next(iter(districts.values()))
        printed = printed or self._printed_before("")
        if not printed:
            return None
        if printed not in districts:
            slug = unique_slug(printed, Community.objects.all())
            made.append(Community.objects.create(name=printed, level=Level.DISTRICT, slug=slug))
            return made[-1]
        return districts[printed]

    def _printed_before(self, name: str) -> str:
        """Return the district most often printed right before a name, or "" for none.

        The name of a district is cut at its shortest: what stands before it in the sentence is
        not known, so the form found most often in the whole text wins.
        """
        district = rf"[\u4e00-\u9fff]{{1,5}}{naming.DISTRICT}"
        found = re.findall(rf"({district}){re.escape(name)}", self.text)
        tails = Counter(
            word[-length:]
            for word in found
            for length in (2, 3, 4)
            if len(word) >= length and _may_begin(word[-length:])
        )
        every = Counter({tail: self.text.count(tail) for tail in tails})
        if not every:
            return ""
        most = max(every.values())
        return max((tail for tail, count in every.items() if count >= most * 0.9), key=len)

    def community_of_station(self, name: str) -> Community | None:
        """Return the community a station's name begins with, or the one its story is about."""
        for community in Community.objects.filter(level__in=(Level.COMMUNITY, Level.VILLAGE)):
            if name.startswith((community.name, community.name.removesuffix("社区"))):
                return community
        for _text, story in self.stories:
            if name in story.stations:
                found = Community.objects.filter(
                    name__in=story.communities, level__in=(Level.COMMUNITY, Level.VILLAGE)
                )
                by_name = {community.name: community for community in found}
                return next((by_name[n] for n in story.communities if n in by_name), None)
        return None

    @staticmethod
    def kind_of_station(name: str) -> str:
        """Return the kind a station's name tells."""
        return next((kind for word, kind in STATION_KINDS.items() if word in name), name[-4:])


def _may_begin(name: str) -> bool:
    """Whether a name may begin so: not with a conjunction or a preposition."""
    return name[0] not in naming.GRAMMAR and naming.NOT_FIRST.match(name) is None
