"""Places and stations as residents meet them."""

import datetime

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.finder_views import STATIONS_PER_PAGE
from communities.models import Amenity, OpeningHours
from tests.factories import (
    HIDDEN,
    make_article,
    make_community,
    make_district,
    make_kind,
    make_photo,
    make_station,
)
from tests.reading import headlines, links, tight, words

pytestmark = pytest.mark.django_db

STATIONS = reverse("communities:stations")


def read(client, thing) -> str:
    response = client.get(thing.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def tree():
    """A district with two subdistricts, one of them with a community."""
    district = make_district("青禾区")
    street = make_community("桥头街道", within=district, level="subdistrict", position=1)
    other = make_community("河湾街道", within=district, level="subdistrict", position=2)
    community = make_community("桂花社区", within=street)
    return {"district": district, "street": street, "other": other, "community": community}


def about(*places, headline="巷口装上三盏灯", **overrides):
    story = make_article(headline, **overrides)
    story.communities.set(places)
    return story


class TestCommunity:
    def test_shows_its_news_and_that_of_the_places_in_it(self, client, tree):
        about(tree["community"], headline="社区的事")
        about(tree["street"], headline="街道的事")
        about(tree["other"], headline="别处的事")
        assert headlines(read(client, tree["community"])) == ["社区的事"]
        assert headlines(read(client, tree["street"])) == ["街道的事", "社区的事"]
        assert headlines(read(client, tree["district"])) == ["别处的事", "街道的事", "社区的事"]

    def test_shows_a_story_once_however_many_places_it_names(self, client, tree):
        about(*tree.values(), headline="全区的事")
        assert headlines(read(client, tree["district"])) == ["全区的事"]

    @pytest.mark.parametrize("why", HIDDEN)
    def test_hides_what_is_not_published_from_every_place_above(self, why, client, tree):
        about(tree["community"], headline="不该登的稿子", **HIDDEN[why])
        for name in ("community", "street", "district"):
            assert "不该登的稿子" not in read(client, tree[name])

    def test_without_news_says_so_and_leads_up(self, client, tree):
        html = read(client, tree["community"])
        assert '<p class="empty">' in html
        assert tree["street"].get_absolute_url() in links(html)
        assert tree["district"].get_absolute_url() in links(html)

    def test_shows_the_stations_and_places_in_it(self, client, tree):
        station = make_station(community=tree["community"], kind=make_kind())
        elsewhere = make_station("河湾驿站", community=tree["other"], kind=station.kind)
        html = read(client, tree["street"])
        assert station.get_absolute_url() in links(html)
        assert elsewhere.get_absolute_url() not in links(html)
        assert tree["community"].get_absolute_url() in links(html)
        inside = html.split('id="inside"')[1].split("</section>")[0]
        assert links(inside) == [tree["community"].get_absolute_url()]

    def test_says_how_to_reach_it(self, client, tree):
        tree["street"].address, tree["street"].phone = "桥头路1号", "0000-5550100"
        tree["street"].save()
        html = read(client, tree["street"])
        assert "桥头路1号" in words(html)
        assert "tel:0000-5550100" in links(html)

    def test_unknown_place_is_not_found(self, client):
        assert client.get("/communities/none/").status_code == 404

    def test_place_in_the_list_that_nobody_gave_out_is_not_found(self, client, tree):
        address = tree["street"].get_absolute_url()
        assert client.get(address, {"from": "before-x"}).status_code == 404

    def test_older_news_is_a_step_away(self, client, tree):
        for n in range(21):
            about(tree["community"], headline=f"第{n}篇")
        html = read(client, tree["street"])
        onward = next(link for link in links(html) if link.startswith("?from="))
        older = client.get(tree["street"].get_absolute_url() + onward).content.decode()
        assert headlines(older) == ["第0篇"]


def test_index_lists_places_under_the_larger_ones(client, tree):
    address = reverse("communities:communities")
    html = client.get(address).content.decode()
    main = html.split("<main")[1].split("</main>")[0]
    assert links(main) == [
        tree[name].get_absolute_url() for name in ("district", "street", "community", "other")
    ]


def test_index_names_places_right_below_the_district(client):
    district = make_district()
    community = make_community(within=district)
    html = client.get(reverse("communities:communities")).content.decode()
    assert community.get_absolute_url() in links(html)


def test_index_without_places_says_so(client):
    html = client.get(reverse("communities:communities")).content.decode()
    assert _("No community is listed yet; the newsroom adds them.") in html


class TestStations:
    @pytest.fixture
    def stations(self, tree):
        kinds = make_kind("驿站"), make_kind("医保经办点")
        return [
            make_station(name, community=tree["community"], kind=kinds[n % 2])
            for n, name in enumerate(["甲驿站", "乙经办点", "丙驿站"])
        ]

    def shown(self, client, **query):
        response = client.get(STATIONS, query)
        assert response.status_code == 200
        main = response.content.decode().split("<main")[1].split("</main>")[0]
        beside = (STATIONS, reverse("communities:open_data"))
        found = [link for link in links(main) if link.startswith("/stations/")]
        return [link for link in found if link not in beside]

    def test_are_listed_by_name(self, client, stations):
        by_name = sorted(stations, key=lambda station: station.name)
        assert self.shown(client) == [station.get_absolute_url() for station in by_name]

    def test_of_one_kind(self, client, stations):
        wanted = {stations[0].get_absolute_url(), stations[2].get_absolute_url()}
        assert set(self.shown(client, kind=stations[0].kind.slug)) == wanted

    @pytest.mark.parametrize("query", [{"kind": "none"}, {"from": "none"}, {"kind": "\0"}])
    def test_of_an_unknown_kind_or_place_are_not_found(self, client, stations, query):
        assert client.get(STATIONS, query).status_code == 404

    def test_none_at_all_says_so(self, client):
        html = client.get(STATIONS).content.decode()
        assert _("No station is listed yet; the newsroom adds them.") in html

    def test_none_of_a_kind_says_so(self, client, stations):
        make_kind("书屋", slug="shuwu")
        html = client.get(STATIONS, {"kind": "shuwu"}).content.decode()
        assert _("There is no station of this kind yet.") in html

    def test_every_one_is_met_once(self, client, tree):
        kind = make_kind()
        count = 2 * STATIONS_PER_PAGE + 1
        wanted = {
            make_station(
                f"驿站{n}", slug=f"yizhan-{n:03}", community=tree["community"], kind=kind
            ).get_absolute_url()
            for n in range(count)
        }
        met, query = [], ""
        for _page in range(3):
            html = client.get(STATIONS + query).content.decode()
            met += [link for link in links(html) if link.startswith("/stations/yizhan")]
            query = next((link for link in links(html) if "from=" in link), "")
        assert query == ""
        assert len(met) == count
        assert set(met) == wanted


class TestStation:
    @pytest.fixture
    def station(self, tree):
        station = make_station(
            community=tree["community"],
            kind=make_kind("驿站"),
            address="桂花路3号",
            phone="0000-5550123",
            description="走累了进来坐坐。",
            opened_on=datetime.date(2023, 5, 4),
        )
        station.amenities.add(Amenity.objects.create(name="微波炉", slug="weibolu"))
        for weekday in range(5):
            OpeningHours.objects.create(
                station=station,
                weekday=weekday,
                opens_at=datetime.time(8, 30),
                closes_at=datetime.time(12),
            )
        return station

    def test_says_where_when_and_what(self, client, station, tree):
        html = read(client, station)
        text = words(html)
        for said in (
            "桂花路3号",
            "走累了进来坐坐。",
            "微波炉",
            "2023年5月4日",
            _("Fri"),
            "8:30–12:00",
        ):
            assert said in text
        assert "tel:0000-5550123" in links(html)
        for place in (tree["community"], tree["street"], tree["district"]):
            assert place.get_absolute_url() in links(html)

    def test_shows_the_stories_that_name_it(self, client, station, tree):
        make_article("该登的稿子").stations.add(station)
        about(tree["community"], headline="社区的稿子")
        assert headlines(read(client, station)) == ["该登的稿子"]

    @pytest.mark.parametrize("why", HIDDEN)
    def test_hides_what_is_not_published(self, why, client, station):
        make_article("不该登的稿子", **HIDDEN[why]).stations.add(station)
        assert "不该登的稿子" not in read(client, station)

    def test_without_stories_leads_to_the_communitys(self, client, station, tree):
        html = read(client, station)
        assert _("No story about this station has appeared yet.") in html
        said = _("News of %(name)s") % {"name": "桂花社区"}
        assert "".join(said.split()) in tight(html)

    def test_unknown_one_is_not_found(self, client):
        assert client.get("/stations/none/").status_code == 404


class TestCommunityAround:
    """What stands beside a community's news: people, neighbours, photo news, its parts."""

    def test_names_the_people_to_call(self, client, tree):
        tree["street"].people.create(role="网格员", name="宋玉芬", phone="0000-5550199")
        html = read(client, tree["street"])
        assert "网格员 宋玉芬 0000-5550199" in words(html)
        assert "tel:0000-5550199" in links(html)

    def test_leads_to_its_neighbours(self, client, tree):
        html = read(client, tree["street"])
        assert tree["other"].get_absolute_url() in links(html)
        assert 'id="neighbours"' not in read(client, tree["district"])

    def test_sums_up_the_places_in_it(self, client, tree):
        kind = make_kind()
        for name in ("甲驿站", "乙驿站"):
            make_station(name, community=tree["community"], kind=kind)
        assert "桂花社区 2个站点" in words(read(client, tree["street"]))

    def test_shows_photo_news_that_has_a_picture(self, client, tree):
        shown = about(tree["community"], headline="有图的", genre="photo")
        make_photo(shown)
        make_photo(about(tree["community"], headline="没登的", genre="photo", status="draft"))
        about(tree["community"], headline="没图的", genre="photo")
        html = read(client, tree["street"])
        section = html.split('class="place-photos"')[1].split("</section>")[0]
        assert headlines(section) == ["有图的"]
        assert "没登的" not in html

    def test_says_which_station_is_open(self, client, tree, time_machine):
        time_machine.move_to(datetime.datetime(2026, 3, 2, 1, 0, tzinfo=datetime.UTC))
        station = make_station(community=tree["community"], kind=make_kind())
        station.hours.create(weekday=0, opens_at=datetime.time(8), closes_at=datetime.time(12))
        assert "开放中，12:00关门" in words(read(client, tree["street"]))


class TestLatest:
    """The piece of a page that a browser asks for which remembers a community."""

    def test_holds_the_latest_news_and_leads_on(self, client, tree):
        for number in range(6):
            about(tree["community"], headline=f"第{number}篇")
        about(tree["community"], headline="没登的", status="draft")
        response = client.get(reverse("communities:latest", args=[tree["street"].slug]))
        html = response.content.decode()
        assert headlines(html) == ["第5篇", "第4篇", "第3篇", "第2篇"]
        assert tree["street"].get_absolute_url() in links(html)
        assert "<html" not in html
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies

    def test_follows_a_place_to_its_new_address(self, client, tree):
        tree["street"].former_addresses.create(slug="earlier")
        answer = client.get(reverse("communities:latest", args=["earlier"]))
        assert answer.status_code == 301
        assert answer.url == reverse("communities:latest", args=[tree["street"].slug])

    def test_of_no_place_is_not_found(self, client):
        assert client.get(reverse("communities:latest", args=["none"])).status_code == 404
