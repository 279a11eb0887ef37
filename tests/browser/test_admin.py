"""The newsroom's desk in a browser: a phone's width and a desktop's, by light and by dark."""

from __future__ import annotations

import datetime
import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Article, Contributor, Section
from articles.search import indexing
from communities.models import OpeningHours
from issues.models import Issue
from tests.factories import (
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_draft,
    make_issue,
    make_kind,
    make_page,
    make_photo,
    make_station,
    place,
    sign,
)
from tests.newsroom import make_login, picture

from .devices import DESKTOP, PHONE, Desk, admin, found_by_axe, without_sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = "渡口装了十二盏灯。\n## 摸黑的日子\n灯亮了，路就平了。"


@pytest.fixture
def desk(device) -> Desk:
    """Open a browser for somebody, by light or by dark."""

    def open_for(login: User | None = None, width: int = PHONE, scheme: str = "light") -> Page:
        return device(login, width, color_scheme=scheme)

    return open_for


def choose(page: Page, field: str, typed: str) -> None:
    """Choose from suggestions as a person does: open, type, tap the first."""
    box = page.locator(f"select[name='{field}'] + .select2")
    box.locator("[role=combobox]").click()
    search = page.locator(".select2-container--open .select2-search__field")
    search.fill(typed)
    found = page.locator(".select2-results__option--highlighted", has_text=typed)
    found.click()
    expect(page.locator(f"select[name='{field}'] option:checked", has_text=typed)).to_have_count(1)


def add_row(page: Page, rows: str) -> None:
    page.locator(f"#{rows}-group .add-row a").click()


def save(page: Page, button: str = "_save") -> None:
    # A story's form asks first whether the server answers.
    with page.expect_navigation():
        page.locator(f"button[name='{button}']").click()
    assert page.locator(".errorlist").all_inner_texts() == []


def test_correspondent_goes_on_a_phone_from_an_empty_form_to_a_story_in_review(desk, tmp_path):
    login = make_login("correspondent")
    make_contributor("阮青禾")
    make_contributor("蔺小舟")
    make_community("桂花社区", within=make_district())
    Section.objects.create(name="要闻", slug="yaowen")
    photos = [tmp_path / "灯.jpg", tmp_path / "桥.jpg"]
    for photo in photos:
        photo.write_bytes(picture().read())

    page = desk(login)
    page.goto(admin("index"))
    page.locator(f".default[href='{admin('articles_article_add')}']").click()
    page.fill("[name=headline]", "渡口添灯 夜路不黑")
    page.fill("[name=body]", BODY)
    page.check("[name=dateline]")
    page.fill("[name=credit_line]", "通讯员 阮青禾 摄影 蔺小舟")
    expect(page.locator("#photo-desk")).to_be_visible()
    page.set_input_files("#photo-desk [data-part=choose]", photos)
    captions = page.locator(".photo-card [data-field=caption]")
    expect(captions).to_have_count(2)
    for number, caption in enumerate(("渡口新灯", "桥头新灯")):
        captions.nth(number).fill(caption)
    page.select_option("[name=section]", label="要闻")
    choose(page, "communities", "桂花社区")
    save(page, "_submit")

    story = Article.objects.get()
    assert (story.headline, story.body, story.dateline) == (
        "渡口添灯 夜路不黑",
        BODY,
        True,
    )
    assert [str(line) for line in story.bylines.all()] == ["通讯员 阮青禾", "摄影 蔺小舟"]
    assert [photo.caption for photo in story.photos.all()] == ["渡口新灯", "桥头新灯"]
    assert [str(community) for community in story.communities.all()] == ["桂花社区"]
    assert (story.filed_by, story.status, str(story.section)) == (login, "submitted", "要闻")
    expect(page.locator(".messagelist")).to_contain_text("渡口添灯")


def test_row_is_removed_again_before_it_is_saved(desk):
    page = desk(make_login("administrator"))
    page.goto(admin("issues_issue_add"))
    page.fill("[name=date]", "2026-03-03")
    page.fill("[name=number]", "12")
    add_row(page, "pages")
    page.fill("[name=pages-0-name]", "社区")
    page.locator("#pages-0 .inline-deletelink").click()
    save(page)
    assert not Issue.objects.get().pages.exists()


def test_editor_publishes_an_approved_story_on_a_phone_and_sees_it_live(desk):
    story = make_article("渡口添灯", publish_at=None)
    page = desk(make_login("issue_editor"))
    page.goto(admin("articles_article_changelist"))
    page.get_by_role("link", name="渡口添灯").click()
    page.locator(f"a[href='{admin('articles_article_publication', story.pk)}']").click()
    page.locator("section[aria-labelledby='deed-publish'] button").click()
    page.locator(f"a[href='{story.get_absolute_url()}']").click()
    expect(page.locator("h1").first).to_contain_text("渡口添灯")
    story.refresh_from_db()
    assert story.is_public()


def test_selected_stories_are_submitted_from_the_list_on_a_phone(desk):
    login = make_login("correspondent")
    for name in ("渡口添灯", "巷口添灯"):
        make_draft(name, filed_by=login)
    page = desk(login)
    page.goto(admin("articles_article_changelist"))
    expect(page.locator(".actions")).to_be_hidden()
    expect(page.locator(".action-select")).to_have_count(2)
    for box in page.locator(".action-select").all():
        box.check()
    page.select_option("[name=action]", "submit_stories")
    page.locator(".actions button").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert set(Article.objects.values_list("status", flat=True)) == {"submitted"}


def test_issue_editor_makes_an_issue_with_a_page_and_puts_stories_on_it(desk):
    today = datetime.date.today()  # noqa: DTZ011 - the day the editor has in mind
    for name in ("渡口添灯", "巷口议事", "桥头义诊"):
        make_article(name)
    indexing.rebuild()
    page = desk(make_login("issue_editor"))
    page.goto(admin("issues_issue_add"))
    page.fill("[name=date]", today.isoformat())
    page.fill("[name=number]", "12")
    add_row(page, "pages")
    page.fill("[name=pages-0-code]", "a03")
    page.fill("[name=pages-0-name]", "社区")
    save(page, "_continue")
    page.locator("#pages-0 h3 a").click()
    rows = (("渡口添灯", "lead", "2"), ("巷口议事", "feature", ""), ("桥头义诊", "brief", "1"))
    for number, (name, role, position) in enumerate(rows):
        add_row(page, "placements")
        choose(page, f"placements-{number}-article", name)
        page.select_option(f"[name=placements-{number}-role]", role)
        page.fill(f"[name=placements-{number}-position]", position)
    save(page)

    printed = Issue.objects.get().pages.get()
    assert (printed.code, printed.name) == ("A03", "社区")
    assert list(printed.placements.values_list("article__headline", "role")) == [
        ("桥头义诊", "brief"),
        ("渡口添灯", "lead"),
        ("巷口议事", "feature"),
    ]
    page.goto(admin("issues_issue_change", printed.issue_id))
    page.locator(".panel a.button.default").click()
    for deed in ("lock", "publish"):
        with page.expect_navigation():
            page.locator(f"[aria-labelledby=deed-{deed}] button").click()
    page.goto(printed.get_absolute_url())
    expect(page.locator("main")).to_contain_text("渡口添灯")


def test_mistakes_are_shown_at_their_fields_and_nothing_typed_is_lost(desk):
    page = desk(make_login("correspondent"))
    page.goto(admin("articles_article_add"))
    page.fill("[name=body]", BODY)
    page.fill("[name=kicker]", "引题留着")
    page.fill("[name=credit_line]", "通讯员 卢新燕")
    newcomer = page.locator("[name=new_people][value=卢新燕]")
    newcomer.check()
    page.locator("button[name=_save]").click()
    expect(page.locator(".errornote:visible")).to_be_visible()
    expect(page.locator(".field-headline .errorlist")).to_be_visible()
    expect(newcomer).to_be_checked()
    expect(page.locator("[name=body]")).to_have_value(BODY)
    expect(page.locator("[name=kicker]")).to_have_value("引题留着")
    expect(page.locator("[name=credit_line]")).to_have_value("通讯员 卢新燕")
    described = page.locator("[name=headline]").get_attribute("aria-describedby")
    expect(page.locator(f"#{described.split()[0]}")).to_be_visible()
    assert not Article.objects.exists()


def test_half_typed_day_is_not_lost_in_silence(desk):
    page = desk(make_login("final_reviewer"))
    page.goto(admin("articles_article_add"))
    page.fill("[name=headline]", "渡口添灯")
    page.fill("[name=body]", BODY)
    page.locator("[name=deadline_0]").press_sequentially("1")
    page.locator("button[name=_save]").click()
    expect(page.locator("[name=deadline_0]")).to_be_focused()
    assert not Article.objects.exists()


def test_body_is_comfortable_to_write_in_and_saving_stays_in_reach(desk):
    page = desk(make_login("correspondent"))
    page.goto(admin("articles_article_add"))
    size, height, line = page.locator("[name=body]").evaluate(
        "box => { const s = getComputedStyle(box);"
        " return [s.fontSize, box.offsetHeight, s.lineHeight].map(parseFloat) }"
    )
    assert size >= 17
    assert line / size == pytest.approx(1.8)
    assert height >= 350
    bar = page.locator(".submit-row")
    for place_on_page in (0, 600, 10_000):
        page.evaluate(f"scrollTo(0, {place_on_page})")
        expect(bar).to_be_in_viewport(ratio=1)


# Every kind of page there is


@pytest.fixture
def pages() -> dict[str, str]:
    """Make one of everything, and give the addresses of the admin's pages by name."""
    community = make_community(within=make_district(), longitude="117.4652", latitude="30.8215")
    station = make_station(community=community, kind=make_kind())
    OpeningHours.objects.create(station=station, weekday=0, opens_at="08:30", closes_at="12:00")
    story = make_article("从“等一等”到“马上办”，一张议事长桌怎样把加装电梯的难题谈成了")
    draft = make_draft("没写完的稿子")
    approved = make_article("等着签发的稿子", publish_at=None)
    sign(story, make_contributor(community=community))
    make_photo(story)
    story.communities.add(community)
    issue = make_issue()
    printed = make_page(issue)
    place(story, printed)
    planned = make_page(make_issue(None, number=8, status="planning", publish_at=None), "A02")
    placed = place(approved, planned)
    place(draft, planned)
    administrator = User.objects.get(groups__name="administrator")
    rows = {
        "articles_article": story,
        "articles_contributor": Contributor.objects.get(),
        "articles_section": Section.objects.create(name="要闻", slug="yaowen"),
        "issues_issue": issue,
        "issues_page": printed,
        "communities_community": community,
        "communities_servicestation": station,
        "communities_stationkind": station.kind,
        "auth_user": administrator,
        "auth_group": administrator.groups.get(),
    }
    found = {
        "index": admin("index"),
        "password": admin("password_change"),
        "draft": admin("articles_article_change", draft.pk),
        "new password": admin("auth_user_password_change", administrator.pk),
        "found nothing": admin("articles_article_changelist") + "?q=没有&status__exact=draft",
        "own group": admin("auth_group_add"),
        "new login": admin("auth_user_add"),
        "new tag": admin("articles_tag_add"),
        "new amenity": admin("communities_amenity_add"),
        "new story": admin("articles_article_add"),
        "publication": admin("articles_article_publication", story.pk),
        "approved": admin("articles_article_publication", approved.pk),
        "preview": admin("articles_article_preview", story.pk),
        "stories": admin("app_list", "articles"),
        "scheduling": admin("issues_issue_schedule", planned.issue_id),
        "live issue": admin("issues_issue_schedule", issue.pk),
        "story of an issue": admin("issues_issue_schedule_story", planned.issue_id, placed.pk),
        "put in": admin("issues_issue_put_in", planned.issue_id),
        "planned issue delete": admin("issues_issue_delete", planned.issue_id),
        "planned page delete": admin("issues_page_delete", planned.pk),
        "planned issue": admin("issues_issue_change", planned.issue_id),
        "planned page": admin("issues_page_change", planned.pk),
    }
    for name, row in rows.items():
        found[f"{name} list"] = admin(f"{name}_changelist")
        found[f"{name} form"] = admin(f"{name}_change", row.pk)
        found[f"{name} history"] = admin(f"{name}_history", row.pk)
        if name not in ("auth_group", "articles_article", "issues_issue", "issues_page"):
            found[f"{name} delete"] = admin(f"{name}_delete", row.pk)
    return found


def has_opened(page: Page) -> None:
    """Wait for what the scripts of a form put into it as it opens, where it is a story's."""
    if page.locator("#article_form #body-editor").count():
        expect(page.locator("#body-editor")).to_be_visible()
        expect(page.locator("#draft-line")).to_be_visible()
        if page.locator("[name=body]").input_value():
            expect(page.locator("#checking")).to_be_visible()


MAIN = [
    "index",
    "articles_article list",
    "new story",
    "articles_article form",
    "articles_article history",
    "draft",
    "publication",
    "approved",
    "articles_section delete",
    "issues_issue form",
    "issues_page form",
    "scheduling",
    "live issue",
    "story of an issue",
    "put in",
    "planned issue",
    "planned page",
    "communities_community list",
    "communities_servicestation form",
    "auth_user form",
    "password",
]


@pytest.fixture
def administrator() -> User:
    return make_login("administrator")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_main_pages_are_accessible_and_never_scroll_sideways(
    desk, administrator, pages, width, scheme
):
    page = desk(administrator, width, scheme)
    wrong = {}
    for name in MAIN:
        page.goto(pages[name])
        has_opened(page)
        if name == "new story":
            page.fill("[name=credit_line]", "通讯员 卢新燕")
            expect(page.locator(".person.is-new")).to_be_visible()
        problems = found_by_axe(page)
        if not without_sideways_scroll(page):
            problems.append("scrolls sideways")
        if problems:
            wrong[name] = problems
    assert wrong == {}


def test_every_page_keeps_the_policy_and_fits_a_phone(desk, administrator, pages):
    """What breaks the Content-Security-Policy is noticed by the desk when it closes."""
    page = desk(administrator)
    for name, address in pages.items():
        response = page.goto(address)
        assert response.status == 200, name
        assert "unsafe" not in response.headers["content-security-policy"]
        assert without_sideways_scroll(page), name


def test_parts_that_open_keep_the_policy_too(desk, administrator, pages):
    page = desk(administrator)
    page.goto(pages["articles_article list"])
    page.locator(".menu summary").click()
    expect(page.locator(".menu nav")).to_be_visible()
    assert found_by_axe(page) == []
    page.locator(".menu summary").click()
    page.locator(".filters summary").click()
    expect(page.locator("#changelist-filter")).to_be_visible()
    assert found_by_axe(page) == []
    assert without_sideways_scroll(page)
    page.goto(pages["draft"])
    page.locator("select[name=communities] + .select2 [role=combobox]").click()
    expect(page.locator(".select2-results__option").first).to_be_visible()
    assert without_sideways_scroll(page)
    page.goto(pages["articles_section form"])
    with page.expect_navigation():
        page.locator("form .submit-more .deletelink").click()
    page.go_back()
    expect(page.locator("form .submit-more .deletelink")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_login_page_is_accessible_with_and_without_a_mistake(desk, width, scheme, settings):
    page = desk(None, width, scheme)
    page.goto(admin("login"))
    expect(page.get_by_text(settings.SITE_NAME).first).to_be_visible()
    assert found_by_axe(page) == []
    page.fill("[name=username]", "nobody.here")
    page.fill("[name=password]", "wrong")
    page.locator("#login-form button").click()
    expect(page.locator(".errornote:visible")).to_be_visible()
    assert found_by_axe(page) == []
    assert without_sideways_scroll(page)


def test_targets_are_large_enough_for_a_thumb(desk, administrator, pages):
    page = desk(administrator)
    small = {}
    for name in ("index", "articles_article list", "new story", "issues_page form"):
        page.goto(pages[name])
        has_opened(page)
        heights = page.locator(
            "button, .button, .addlink, select:not(.admin-autocomplete), textarea, summary, "
            "input:not([type=hidden], [type=checkbox], [type=search]), .tick label, "
            ".select2-selection, .related-widget-wrapper-link, .action-checkbox, tbody th a"
        ).evaluate_all(
            "all => all.filter(one => one.checkVisibility() && one.offsetHeight < 43.5)"
            ".map(one => one.outerHTML.slice(0, 120))"
        )
        if heights:
            small[name] = heights
    assert small == {}


def test_headline_stands_across_the_card_on_a_phone(desk, administrator, pages):
    page = desk(administrator)
    page.goto(pages["articles_article list"])
    headline = page.get_by_role("link", name=re.compile("议事长桌"))
    expect(headline).to_be_visible()
    assert headline.bounding_box()["width"] > 250
    expect(page.locator("td.field-standing .standing").first).to_be_visible()
    label = page.locator("td.field-publish_at").first.evaluate(
        "cell => getComputedStyle(cell, '::before').content"
    )
    assert str(Article._meta.get_field("publish_at").verbose_name) in label


def test_theme_is_chosen_with_the_button_and_stays(desk, administrator, pages):
    page = desk(administrator, DESKTOP)
    page.goto(pages["index"])
    body = page.locator("body")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#header > .tools .theme-toggle").click()
    expect(body).not_to_have_css("background-color", light)
    page.goto(pages["articles_article list"])
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(body).not_to_have_css("background-color", light)
