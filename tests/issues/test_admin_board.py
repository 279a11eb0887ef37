"""The board in the admin: what it shows, who may move, what it costs to ask again."""

import datetime
import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article
from bulletin.roles import Role as Roles
from issues.models import Move, Page, Placement, Role
from tests.factories import make_article, make_page, make_photo, place
from tests.issues.planning import NOW, bring_to, place_of, plan
from tests.newsroom import client_of, make_login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def editor():
    return make_login("issue_editor", first_name="叶知秋")


@pytest.fixture
def desk(editor):
    return client_of(editor)


@pytest.fixture
def page():
    page = plan("渡口添灯", "巷口议事")
    make_page(page.issue, "A02", "社区", editor="顾行", proof="")
    return page


@pytest.fixture
def issue(page):
    return page.issue


@pytest.fixture
def story():
    return ready("河堤补道")


def ready(headline, **overrides):
    return make_article(headline, **{"publish_at": None, "stage_since": NOW, **overrides})


def address(issue, name="board"):
    return reverse(f"admin:issues_issue_{name}", args=[issue.pk])


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def send(client, issue, *, as_script=True, **sent):
    headers = {"accept": "application/json"} if as_script else {"accept": "text/html"}
    return client.post(address(issue, "board_move"), sent, headers=headers)


def test_is_reached_from_the_issue_and_from_its_scheduling(issue, desk):
    for name in ("change", "schedule"):
        assert address(issue) in text(desk.get(address(issue, name)))


def test_shows_pages_stories_fullness_and_what_is_wrong(page, issue, story, desk):
    Page.objects.filter(code="A01").update(budget=10)
    Page.objects.filter(code="A02").update(budget=400)
    shown = text(desk.get(address(issue)))
    for words in ("渡口添灯", "巷口议事", "河堤补道", "/ 10 字", "超出", "还差 400 字"):
        assert words in shown
    for words in ("A02 版没有校对", "A02 版没有稿件", "A01 版没有图片"):
        assert words in shown


def test_says_of_a_story_in_the_tray_that_it_stands_in_another_issue(issue, story, desk):
    other = plan(date=NOW.date().replace(day=20), code="B02", number=9)
    place(story, other)
    assert "已排在 2026-03-20 第9期 B02 版（策划中）" in text(desk.get(address(issue)))


def test_move_is_made_and_said(page, issue, story, desk, editor):
    answer = send(desk, issue, story=story.pk, page=page.pk, role="feature", before="", lead="")
    assert (answer.status_code, answer.json()) == (
        200,
        {"said": ["已完成：把《河堤补道》排上 A01 版（一般）。"]},
    )
    assert (Move.objects.get().by, place_of("河堤补道").role) == (editor, Role.FEATURE)
    second = Page.objects.get(code="A02")
    send(desk, issue, story=story.pk, origin=page.pk, was="feature", page=second.pk, role="lead")
    assert (place_of("河堤补道").page, place_of("河堤补道").role) == (second, Role.LEAD)
    send(desk, issue, story=story.pk, origin=second.pk, was="lead", page="")
    assert not Placement.objects.filter(article=story).exists()
    assert "把《河堤补道》从 A02 版撤下" in text(desk.get(address(issue)))


def test_refused_move_says_why_and_changes_nothing(page, issue, story, desk, editor):
    second = Page.objects.get(code="A02")
    send(
        client_of(make_login("issue_editor", "other", first_name="顾行")),
        issue,
        story=story.pk,
        page=second.pk,
        role="lead",
    )
    answer = send(desk, issue, story=story.pk, page=page.pk, role="feature")
    assert (answer.status_code, answer.json()["said"]) == (
        409,
        ["没有移动：顾行刚把《河堤补道》放到了 A02 版。"],
    )


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "必填"),
        ({"story": "9" * 30}, "这篇稿件已经不在了"),
        ({"page": "999999"}, "这一版已经不在了，请另选"),
        ({"origin": "999999"}, "它原来所在的版已经不在了"),
        ({"role": "nothing"}, "nothing"),
        ({"before": "x"}, "整数"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(sent, said, page, issue, story, desk):
    complete = {"story": story.pk, "page": page.pk, "role": "feature"} if sent else {}
    answer = send(desk, issue, **{**complete, **sent})
    assert answer.status_code == 409
    assert said in " ".join(answer.json()["said"])
    assert Move.objects.count() == 0


def test_form_without_script_moves_and_shows_what_is_wrong_at_its_field(page, issue, story, desk):
    asked = text(desk.get(address(issue, "board_move"), {"story": story.pk}))
    assert "河堤补道" in asked
    done = send(desk, issue, as_script=False, story=story.pk, page=page.pk, role="lead")
    assert (done.status_code, done.url) == (302, address(issue))
    assert "原来的头条《渡口添灯》改为一般稿件" in text(desk.get(address(issue)))
    refused = send(desk, issue, as_script=False, story=story.pk, page="999999", role="lead")
    assert "这一版已经不在了，请另选" in text(refused)
    assert desk.get(address(issue, "board_move")).status_code == 404


def test_form_without_script_knows_where_the_story_stands(page, issue, desk):
    story = Article.objects.get(headline="巷口议事")
    form = desk.get(address(issue, "board_move"), {"story": story.pk}).context["form"]
    assert form.initial == {
        "story": story.pk,
        "origin": page.pk,
        "was": "feature",
        "page": page.pk,
        "role": "feature",
    }


class TestRights:
    @pytest.mark.parametrize("role", Roles.values)
    def test_only_issue_editors_and_administrators_come_in(self, role, page, issue, story):
        client = client_of(make_login(role, f"as.{role}"))
        may = role in ("issue_editor", "administrator")
        for name in ("board", "board_state"):
            assert client.get(address(issue, name)).status_code == (200 if may else 403)
        answer = send(client, issue, story=story.pk, page=page.pk, role="feature")
        assert answer.status_code == (200 if may else 403)
        assert story.placements.exists() == may

    def test_whoever_may_only_look_is_told_so_and_moves_nothing(self, page, issue, story):
        guest = make_login(None, "guest")
        for name in ("view_issue", "view_page", "view_placement"):
            guest.user_permissions.add(Permission.objects.get(codename=name))
        client = client_of(guest)
        shown = text(client.get(address(issue)))
        assert "您可以看拼版台" in shown
        assert "渡口添灯" in shown
        assert "河堤补道" not in shown
        assert "移到…" not in shown
        assert send(client, issue, story=story.pk, page=page.pk).status_code == 403
        assert client.get(address(issue, "board_move"), {"story": story.pk}).status_code == 403

    def test_story_of_others_cannot_be_placed_by_its_number(self, page, issue, story):
        half = make_login(None, "half")
        for name in ("view_issue", "view_page", "view_placement", "change_page"):
            half.user_permissions.add(Permission.objects.get(codename=name))
        for verb in ("add", "change", "delete"):
            half.user_permissions.add(Permission.objects.get(codename=f"{verb}_placement"))
        answer = send(client_of(half), issue, story=story.pk, page=page.pk, role="feature")
        assert answer.status_code == 409
        assert "河堤补道" not in text(answer)
        assert not story.placements.exists()


@pytest.mark.parametrize("stage", ["locked", "scheduled", "live"])
def test_board_of_a_closed_issue_is_shown_and_says_so(stage, page, issue, story, desk, editor):
    place(ready("补白"), Page.objects.get(code="A02"), Role.LEAD)
    bring_to(issue, stage, editor)
    shown = text(desk.get(address(issue)))
    assert "这一期已经锁定，拼版台只能看，不能移动。" in shown
    assert 'class="grip"' not in shown
    answer = send(desk, issue, story=story.pk, page=page.pk, role="feature")
    assert (answer.status_code, answer.json()["said"]) == (
        409,
        ["这一期已经锁定；请先到它的“排期”页解锁。"],
    )


class TestAskingAgain:
    def ask(self, client, issue, etag="", **query):
        headers = {"if-none-match": etag} if etag else {}
        return client.get(address(issue, "board_state"), query, headers=headers)

    def test_says_only_that_nothing_has_changed(self, issue, story, desk):
        first = self.ask(desk, issue)
        assert f'data-version="{first["ETag"].strip(chr(34))}"' in text(desk.get(address(issue)))
        again = self.ask(desk, issue, first["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert "no-cache" in again["Cache-Control"]

    @pytest.mark.parametrize(
        "change",
        [
            lambda: Page.objects.filter(code="A02").update(proof="汤敏"),
            lambda: Placement.objects.filter(role="feature").update(role="photo"),
            lambda: ready("刚过审的"),
            lambda: make_photo(Article.objects.get(headline="渡口添灯"), credit=""),
            lambda: Article.objects.filter(headline="河堤补道").move(headline="河堤补好了"),
            lambda: Article.objects.filter(headline="渡口添灯").move(characters=3000),
        ],
    )
    def test_shows_every_change(self, change, issue, story, desk):
        first = self.ask(desk, issue)
        change()
        again = self.ask(desk, issue, first["ETag"])
        assert again.status_code == 200
        assert again["ETag"] != first["ETag"]

    def test_keeps_the_filters(self, issue, story, desk):
        ready("菜场换秤")
        shown = text(self.ask(desk, issue, text="河堤"))
        assert "河堤补道" in shown
        assert "菜场换秤" not in shown
        for odd in (
            {"section": "x"},
            {"days": "9"},
            {"page": "-1"},
            {"text": "\x00"},
            {"page": "9" * 30},
        ):
            assert self.ask(desk, issue, **odd).status_code == 200

    @pytest.mark.parametrize("count", [2, 60])
    def test_costs_the_same_with_many_stories(self, count, page, issue, desk):
        for number in range(count):
            make_photo(ready(f"备稿{number}"), credit="韩冬 摄")
            place(make_photo(ready(f"上版{number}"), credit="韩冬 摄").article, page)
        unchanged = self.ask(desk, issue)["ETag"]
        costs = {}
        for name, headers in (
            ("board", {}),
            ("board_state", {}),
            ("board_state", {"if-none-match": unchanged}),
        ):
            with CaptureQueriesContext(connection) as queries:
                answer = desk.get(address(issue, name), headers=headers)
            costs[name, answer.status_code] = len(queries)
        assert costs == {("board", 200): 22, ("board_state", 200): 20, ("board_state", 304): 12}

    def test_is_seen_a_minute_later_whatever_it_is(self, issue, story, desk, time_machine):
        first = self.ask(desk, issue)
        time_machine.move_to(NOW + datetime.timedelta(minutes=1), tick=False)
        assert self.ask(desk, issue, first["ETag"]).status_code == 200
