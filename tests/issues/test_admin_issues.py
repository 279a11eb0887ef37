"""Issues in the admin: an issue, its pages, the stories on them in order."""

import datetime
import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from articles.publishing import Standing
from issues import scheduling
from issues.models import Issue, Page, Placement, Stage, gate
from tests.factories import LONG_AFTER, make_article, make_issue, make_section
from tests.newsroom import as_shown, client_of, errors_of, make_login, with_row

pytestmark = pytest.mark.django_db

ADD = reverse("admin:issues_issue_add")
DAY = datetime.date(2026, 3, 3)


@pytest.fixture
def client():
    return client_of(make_login("issue_editor"))


@pytest.fixture
def page():
    return Page.objects.create(issue=Issue.objects.create(date=DAY), code="A03")


def change(row):
    return reverse(f"admin:issues_{row._meta.model_name}_change", args=[row.pk])


def make_story(headline):
    return make_article(headline, publish_at=None)


def test_issue_is_made_with_its_pages_in_the_order_of_their_codes(client):
    sent = as_shown(client.get(ADD)) | {"date": "2026-03-03", "number": 12}
    for code in ("B01", "a02", "Ａ10", "A01"):
        sent = with_row(sent, "pages", code=code, name="要闻", editor="顾行")
    response = client.post(ADD, sent)
    assert response.status_code == 302, errors_of(response)
    assert [page.code for page in Issue.objects.get().pages.all()] == ["A01", "A02", "A10", "B01"]


def test_page_moves_with_its_code(client, page):
    Page.objects.create(issue=page.issue, code="A05", position=Page.place_of("A05"))
    sent = as_shown(client.get(change(page))) | {"code": "A07"}
    assert client.post(change(page), sent).status_code == 302
    assert [found.code for found in page.issue.pages.all()] == ["A05", "A07"]


def test_status_and_hour_are_no_fields_of_the_form(client):
    sent = as_shown(client.get(ADD)) | {"date": "2026-03-03", "number": 12}
    forged = {"status": "scheduled", "publish_at_0": "2026-03-03", "publish_at_1": "06:00"}
    assert client.post(ADD, sent | forged).status_code == 302
    issue = Issue.objects.get()
    assert (issue.status, issue.publish_at) == ("planning", None)


def test_date_and_number_that_are_taken_are_refused_at_their_fields(client):
    Issue.objects.create(date=DAY, number=12)
    page = client.post(ADD, as_shown(client.get(ADD)) | {"date": "2026-03-03", "number": 12})
    assert errors_of(page) == {
        "date": [_("There is an issue of this date already.")],
        "number": [_("There is an issue of this number already.")],
    }


@pytest.mark.parametrize("wrong", ["第一版", "A", "A 03", "ABC1", "A0301", "A-1", "9999"])
def test_impossible_page_code_is_refused_at_its_field(wrong, client):
    sent = with_row(as_shown(client.get(ADD)), "pages", code=wrong)
    page = client.post(ADD, sent)
    assert errors_of(page) == {"pages-0-code": [_("A page code looks like A03, B2 or 4.")]}
    assert not Issue.objects.exists()


def test_page_code_twice_is_refused_at_the_second_and_beside_the_issue_too(client, page):
    twice = _("The issue already has a page of this code.")
    sent = as_shown(client.get(change(page.issue)))
    sent = with_row(sent, "pages", code="a03")
    assert errors_of(client.post(change(page.issue), sent)) == {"pages-1-code": [twice]}
    add = reverse("admin:issues_page_add")
    alone = as_shown(client.get(add)) | {"issue": page.issue.pk, "code": "A03"}
    assert errors_of(client.post(add, alone)) == {"code": [twice]}


def test_page_of_a_locked_issue_is_shown_and_leads_to_the_unlocking(client, page):
    Placement.objects.create(page=page, article=make_story("渡口"))
    scheduling.lock(page.issue, by=User.objects.get())
    shown = client.get(change(page)).content.decode()
    assert reverse("admin:issues_issue_schedule", args=[page.issue.pk]) in shown
    assert "渡口" in shown
    assert 'name="code"' not in shown
    assert 'name="placements-0-role"' not in shown
    assert client.get(reverse("admin:issues_page_delete", args=[page.pk])).status_code == 403


def test_page_form_that_was_open_when_the_issue_was_locked_is_told_and_loses_nothing(client, page):
    Placement.objects.create(page=page, article=make_story("渡口"))
    sent = as_shown(client.get(change(page))) | {"name": "社区新闻", "placements-0-DELETE": "on"}
    scheduling.lock(page.issue, by=User.objects.get())
    again = client.post(change(page), sent)
    assert errors_of(again) == {"": [str(gate.LOCKED_MESSAGE)]}
    assert 'value="社区新闻"' in again.content.decode()
    assert page.placements.count() == 1


def test_page_is_not_moved_into_a_locked_issue(client, page):
    locked = make_issue(datetime.date(2026, 3, 4), number=8, status="locked")
    sent = as_shown(client.get(change(page))) | {"issue": locked.pk}
    assert errors_of(client.post(change(page), sent)) == {"issue": [str(gate.LOCKED_MESSAGE)]}
    added = as_shown(client.get(reverse("admin:issues_page_add")))
    refused = client.post(
        reverse("admin:issues_page_add"), added | {"issue": locked.pk, "code": "B01"}
    )
    assert errors_of(refused) == {"issue": [str(gate.LOCKED_MESSAGE)]}


def test_locked_issue_keeps_date_and_pages_and_still_takes_its_number(client, page):
    Placement.objects.create(page=page, article=make_story("渡口"))
    scheduling.lock(page.issue, by=User.objects.get())
    shown = client.get(change(page.issue))
    assert 'name="pages-0-code"' not in shown.content.decode()
    assert "disabled" in str(shown.context["adminform"].form["date"])
    hidden = dict(re.findall(r'name="(pages-[^"]+)" value="([^"]*)"', shown.content.decode()))
    response = client.post(change(page.issue), {"number": 12, **hidden})
    assert response.status_code == 302, errors_of(response)
    issue = Issue.objects.get()
    assert (issue.number, issue.date, issue.status) == (12, DAY, "locked")
    assert client.get(reverse("admin:issues_issue_delete", args=[issue.pk])).status_code == 403


@pytest.mark.parametrize("typed", [{"date": "2026-03-09"}, {"pages-0-DELETE": "on"}])
def test_issue_form_that_was_open_when_it_was_locked_is_told_and_loses_nothing(typed, client, page):
    Placement.objects.create(page=page, article=make_story("渡口"))
    sent = as_shown(client.get(change(page.issue))) | {"pages-0-name": "社区新闻", **typed}
    scheduling.lock(page.issue, by=User.objects.get())
    again = client.post(change(page.issue), sent)
    assert errors_of(again) == {"": [str(gate.LOCKED_MESSAGE)]}
    text = again.content.decode()
    assert 'value="社区新闻"' in text
    assert f'value="{typed.get("date", DAY)}"' in text
    assert list(Issue.objects.values_list("date", "pages__name")) == [(DAY, "")]


def test_columns_of_a_page_are_ticked(client, page):
    column = make_section("街巷快讯", kind="column")
    section = make_section("要闻")
    shown = client.get(change(page))
    offered = shown.context["adminform"].form["columns"].field.choices
    assert [value.value for value, _label in offered] == [column.pk]
    assert client.post(change(page), as_shown(shown) | {"columns": [column.pk]}).status_code == 302
    assert list(page.columns.all()) == [column]
    assert section not in page.columns.all()


def test_list_tells_a_live_issue_from_one_that_waits(client):
    waiting = make_issue(datetime.date(2026, 3, 3), publish_at=LONG_AFTER)
    live = make_issue(datetime.date(2026, 3, 4), number=8)
    address = reverse("admin:issues_issue_changelist")
    shown = client.get(address).content.decode()
    assert str(Stage.LIVE.label) in shown
    for stage, issue in (("scheduled", waiting), ("live", live)):
        found = client.get(address, {"stage": stage}).context["cl"].result_list
        assert list(found) == [issue]
    assert client.get(address, {"stage": "nonsense"}).context["cl"].result_count == 2


def test_two_pages_exchange_their_codes_and_keep_their_stories(client, page):
    other = Page.objects.create(issue=page.issue, code="A04", position=104)
    Placement.objects.create(page=page, article=make_story("渡口"))
    Placement.objects.create(page=other, article=make_story("巷口"))
    sent = as_shown(client.get(change(page.issue)))
    sent |= {"pages-0-code": sent["pages-1-code"], "pages-1-code": sent["pages-0-code"]}
    response = client.post(change(page.issue), sent)
    assert response.status_code == 302, errors_of(response)
    now = {found.code: found.placements.get().article.headline for found in Page.objects.all()}
    assert now == {"A04": "渡口", "A03": "巷口"}


def test_stories_are_put_on_a_page_in_order_and_then_moved(client, page):
    stories = [make_story(name) for name in ("渡口", "巷口", "桥头")]
    sent = as_shown(client.get(change(page)))
    for story, role in zip(stories, ("lead", "feature", "brief"), strict=True):
        sent = with_row(sent, "placements", article=story.pk, role=role, position="")
    assert client.post(change(page), sent).status_code == 302
    sent = as_shown(client.get(change(page))) | {"placements-2-position": 1}
    assert client.post(change(page), sent).status_code == 302
    rows = page.placements.values_list("position", "article__headline", "role")
    assert list(rows) == [(1, "桥头", "brief"), (2, "渡口", "lead"), (3, "巷口", "feature")]


def test_second_lead_and_same_story_twice_are_refused_at_their_fields(client, page):
    story, other = make_story("渡口"), make_story("巷口")
    sent = as_shown(client.get(change(page)))
    sent = with_row(sent, "placements", article=story.pk, role="lead", position=1)
    sent = with_row(sent, "placements", article=other.pk, role="lead", position=2)
    sent = with_row(sent, "placements", article=story.pk, role="brief", position=3)
    page_again = client.post(change(page), sent)
    assert errors_of(page_again) == {
        "placements-1-role": [_("A page has one lead.")],
        "placements-2-article": [_("The story already stands on this page.")],
    }
    assert not page.placements.exists()


def test_rows_of_a_page_say_which_stories_readers_would_not_see(client, page):
    draft = Article.objects.create(headline="还没写完", body="文")
    for position, story in enumerate((make_story("渡口"), draft), start=1):
        Placement.objects.create(page=page, article=story, position=position)
    shown = client.get(change(page)).content.decode()
    label = '<span class="standing standing-{0}">{1}</span> {2}'
    for standing, headline in ((Standing.UNTIMED, "渡口"), (Standing.DRAFT, "还没写完")):
        assert label.format(standing.value, standing.label, headline) in shown


def test_draft_is_marked_where_a_story_is_chosen(client):
    Article.objects.create(headline="渡口添灯", body="文")
    names = {"app_label": "issues", "model_name": "placement", "field_name": "article"}
    found = client.get(reverse("admin:autocomplete"), {**names, "term": "渡口"}).json()["results"]
    told = _("%(headline)s (%(standing)s)")
    assert [row["text"] for row in found] == [
        told % {"headline": "渡口添灯", "standing": Standing.DRAFT.label}
    ]


def test_deleting_an_issue_says_what_goes_along(page):
    Placement.objects.create(page=page, article=make_story("渡口"))
    client = client_of(make_login("issue_editor"))
    shown = client.get(reverse("admin:issues_issue_delete", args=[page.issue.pk]))
    assert [count for _name, count in shown.context["model_count"]] == [1, 1, 1]
    client.post(reverse("admin:issues_issue_delete", args=[page.issue.pk]), {"post": "yes"})
    assert not Issue.objects.exists()
    assert Article.objects.count() == 1
