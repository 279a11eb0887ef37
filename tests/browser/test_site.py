"""The public site in a browser: for everyone, at every width, by light and by dark."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from articles.models import Article, MistakeReport
from articles.search import indexing
from communities.models import Amenity
from issues.models import Role
from tests.factories import (
    MORNING,
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_issue,
    make_kind,
    make_page,
    make_photo,
    make_section,
    make_station,
    place,
    sign,
)

from .devices import PATIENCE, found_by_axe, resize

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Pixels; 320 is also 1280 at 400 %, 640 is 1280 at 200 %.
WIDTHS = (320, 390, 640, 768, 1280, 1920)
LONG = "从“等一等”到“马上办”，一张议事长桌怎样把老旧小区加装电梯的难题一件一件谈成了"
BODY = """第一段说的是这样一件事，“他说：‘好。’”〔2024〕3号文件里写着1,234,567.89元。

## 灯是怎么来的

[图2]

> 从前是“等一等”，现在是“马上办”。

- 记下来
- 办下去，见[办法](https://example.org/a)

| 项目 | 数量 | 金额（元） | 经办人 | 备注 |
|---|---|---|---|---|
| 路灯 | 3盏 | 12,600.00 | 何田 | 分四段施工，每段不超过两天，停电前一天贴通知 |

电话0000-5550112，编号12345678901234567890123456789012345678901234567890。"""


@pytest.fixture
def site() -> dict[str, str]:
    """Make one of every kind of page, with the longest that a page has to hold."""
    section = make_section("基层治理", intro="街头巷尾的大事小事。")
    for name in ("要闻", "民生服务", "文明实践", "平安建设"):
        make_section(name)
    column = make_section("街巷快讯", kind="column")
    street = make_community("桥头街道", within=make_district(), level="subdistrict", intro="桥头。")
    community = make_community(within=street, address="桂花路1号", phone="0000-5550100")
    station = make_station(
        community=community,
        kind=make_kind(),
        address="桂花路3号（老粮站东侧）",
        phone="0000-5550101",
    )
    station.amenities.add(Amenity.objects.create(name="微波炉", slug="weibolu"))
    person = make_contributor(community=community, bio="写了十年街巷。")
    lead = make_article(
        LONG,
        kicker="桂花社区：民事民议、民事民办",
        deck="三年里开了四十一次会",
        body=BODY,
        dateline=True,
        section=section,
        column=column,
        source="《青禾晚报》",
        unread_credit="图片由受访者提供",
    )
    make_photo(lead, 900, 600, caption="议事长桌边。", credit="何田 摄")
    make_photo(lead, 600, 900, caption="新装的电梯。", credit="何田 摄")
    lead.communities.add(community)
    lead.stations.add(station)
    lead.tags.add("加装电梯", "协商议事")
    sign(lead, make_contributor("阿依古丽·买买提"), "全媒体记者")
    page, second = make_page(make_issue(number=128), editor="顾一帆", proof="何田"), None
    second = make_page(page.issue, "A02", "社区")
    place(lead, page, Role.LEAD)
    for n in range(24):
        genre, role = [("story", Role.FEATURE), ("photo", Role.PHOTO), ("brief", Role.BRIEF)][n % 3]
        story = make_article(
            f"桂花社区：巷口添了{n}盏灯 夜路不再黑",
            genre=genre,
            section=section,
            column=column if n % 2 else None,
        )
        sign(story, person)
        story.communities.add(community)
        story.stations.add(station)
        story.tags.add("协商议事")
        if genre == "photo":
            make_photo(story, 900, 600, caption="灯下的巷子。", credit="林小舟 摄")
        if n < 9:
            place(story, page, role)
    indexing.rebuild()
    return {
        "home": "/",
        "article": lead.get_absolute_url(),
        "section": section.get_absolute_url(),
        "older stories": f"{section.get_absolute_url()}?from=before-1709512200000000-9",
        "contributor": person.get_absolute_url(),
        "tag": lead.tags.get(name="协商议事").get_absolute_url(),
        "communities": reverse("communities:communities"),
        "community": community.get_absolute_url(),
        "community without news": make_community("河湾社区", within=street).get_absolute_url(),
        "stations": reverse("communities:stations"),
        "station": station.get_absolute_url(),
        "issues": reverse("issues:issues"),
        "issue": page.issue.get_absolute_url(),
        "page": page.get_absolute_url(),
        "page without stories": second.get_absolute_url(),
        "accessibility": reverse("accessibility"),
        "offline": reverse("offline"),
        "mistake": reverse("articles:mistake", args=[lead.pk]),
        "mistake, answered": _answered_report(lead).get_absolute_url(),
        "search": "/search/?q=桂花社区&since=2024-01-01",
        "search without hits": "/search/?q=火星 路灯",
        "not found": "/nowhere/",
    }


def _answered_report(story: Article) -> MistakeReport:
    return MistakeReport.objects.create(
        article=story,
        revision=story.approved_revision,
        token="t" * 43,
        quote=BODY[:60],
        text="写的是三盏，\n实际是四盏。" * 9,
        at=MORNING,
        status="answered",
        answer="谢谢您，已去现场数过。" * 9,
        answered_at=MORNING,
    )


Opener = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, live_server) -> Iterator[Opener]:
    """Return a function that opens an address in a window of some width; errors end the test."""
    picture = io.BytesIO()
    Image.new("RGB", (90, 60), "#888").save(picture, "JPEG")
    errors: list[str] = []
    contexts = {}

    def give_picture(route: Route) -> None:
        route.fulfill(body=picture.getvalue(), content_type="image/jpeg")

    def visit(address: str, width: int = 1280, scheme: str = "light") -> Page:
        if (width, scheme) not in contexts:
            context = browser.new_context(
                viewport={"width": width, "height": 800},
                color_scheme=scheme,
                service_workers="block",
            )
            # What tests upload lies in a folder of its own, which the server does not serve.
            context.route("**/media/**", give_picture)
            window = context.new_page()
            window.set_default_timeout(PATIENCE)
            window.on(
                "console",
                lambda said: (
                    errors.append(said.text)
                    if said.type == "error" and "404" not in said.text
                    else None
                ),
            )
            window.on("pageerror", lambda error: errors.append(str(error)))
            contexts[width, scheme] = window
        window = contexts[width, scheme]
        window.goto(f"{live_server.url}{address}")
        return window

    yield visit
    for window in contexts.values():
        window.context.close()
    assert errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_are_accessible(width, scheme, site, visit):
    found = {
        kind: problems
        for kind, address in site.items()
        if (problems := found_by_axe(visit(address, width, scheme)))
    }
    assert found == {}


@pytest.mark.parametrize("colours", ["strong", "night"])
def test_care_edition_is_accessible_at_its_largest(colours, site, visit):
    """At 320 pixels and twice the size, on every page; the narrowest screen has it hardest."""
    window = visit("/", 320)
    window.evaluate(
        """(colours) => localStorage.setItem("bulletin.care",
            JSON.stringify({ on: true, size: 4, colours }))""",
        colours,
    )
    problems = {}
    for kind, address in site.items():
        found = found_by_axe(visit(address, 320))
        needed = window.evaluate("document.documentElement.scrollWidth")
        if found or needed > 320:
            problems[kind] = (needed, found)
    assert problems == {}


def test_empty_site_is_accessible(live_server, visit):
    for address in ("/", "/communities/", "/stations/", "/issues/"):
        assert found_by_axe(visit(address)) == []


def test_pages_do_not_scroll_sideways(site, visit):
    wide = {}
    for kind, address in site.items():
        window = visit(address)
        for width in WIDTHS:
            resize(window, width, 800)
            needed = window.evaluate("document.documentElement.scrollWidth")
            if needed > width:
                wide[kind, width] = needed
    assert wide == {}


def test_pages_can_be_navigated_with_a_thumb(site, visit):
    small = {}
    for kind, address in site.items():
        low = visit(address, 390).evaluate(
            """() => [...document.querySelectorAll("nav a, footer a")]
                .filter((link) => link.getBoundingClientRect().height < 44)
                .map((link) => link.textContent.trim())"""
        )
        if low:
            small[kind] = low
    assert small == {}


def test_keyboard_reaches_the_text_first(site, visit):
    window = visit(site["article"])
    window.keyboard.press("Tab")
    skip = window.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    window.keyboard.press("Enter")
    expect(window.locator("#main")).to_be_focused()


def test_text_is_set_for_reading(site, visit):
    window = visit(site["article"], 1920)
    line = window.evaluate(
        """() => {
            const text = getComputedStyle(document.querySelector(".text > p"));
            const em = parseFloat(text.fontSize);
            return {size: em, characters: parseFloat(text.width) / em,
                    leading: parseFloat(text.lineHeight) / em,
                    indent: parseFloat(text.textIndent) / em};
        }"""
    )
    assert line["size"] == 18
    assert line["characters"] <= 38
    assert line["leading"] == pytest.approx(1.8)
    assert line["indent"] == 2


def test_lead_leads(site, visit):
    """The lead's headline is the largest of the page and stands first, on any screen."""
    for width in (390, 1280):
        sizes = visit(site["home"], width).evaluate(
            """() => [...document.querySelectorAll("main .headline")]
                .map((head) => parseFloat(getComputedStyle(head).fontSize))"""
        )
        assert sizes[0] == max(sizes)
        assert sizes[0] > max(sizes[1:])


def test_dark_and_light_differ_in_paper_alone(site, visit):
    papers = {
        scheme: visit(site["home"], 1280, scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    }
    assert papers["light"] != papers["dark"]


def test_reader_follows_a_story_and_comes_back(site, visit):
    window = visit(site["home"])
    window.get_by_role("link", name=LONG).click()
    expect(window.locator("h1")).to_have_text(LONG)
    window.get_by_role("link", name="阿依古丽·买买提").click()
    expect(window.locator("h1")).to_have_text("阿依古丽·买买提")
    window.locator(".masthead .paper-name a").click()
    expect(window.locator("h1.paper-name")).to_have_count(1)
