"""What the form asks while a story is typed, and what it is answered."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from articles import reviews
from articles.checks import check
from articles.models import Article, Waiver
from tests.factories import make_community, make_district, make_draft
from tests.newsroom import as_shown, client_of, make_login

pytestmark = pytest.mark.django_db
RECOGNISE = reverse("admin:articles_article_recognise")
WAIVE = reverse("admin:articles_article_waive")
ADD = reverse("admin:articles_article_add")
BODY = "走进柳堤社区，，180平方米的阅览室开了。"


@pytest.fixture
def writer():
    return make_login("correspondent", "writer")


def ask(login, address=RECOGNISE, **content):
    client = client_of(login)
    return client.post(address, json.dumps(content), content_type="application/json")


def test_a_new_storys_text_is_read(writer):
    place = make_community("柳堤社区", within=make_district("临澄区"))
    answer = ask(writer, article=None, texts={"headline": "灯", "body": BODY}).json()
    assert answer["offers"]["communities"] == [
        {"pk": place.pk, "name": "柳堤社区", "detail": "临澄区", "into": "communities"}
    ]
    assert answer["offers"]["figures"] == [{"number": "180", "unit": "平方米", "what": "阅览室"}]
    [problem] = answer["problems"]
    assert (problem["field"], problem["quote"], problem["suggestion"]) == ("body", "，，", "，")
    assert (problem["before"], problem["after"]) == ("走进柳堤社区", "180平方米的阅览室")


def test_what_is_chosen_is_not_offered(writer):
    place = make_community("柳堤社区", within=make_district("临澄区"))
    chosen = {"communities": [place.pk]}
    answer = ask(writer, article=None, texts={"body": BODY}, chosen=chosen).json()
    assert answer["offers"]["communities"] == []


def test_a_warning_let_pass_is_marked(writer):
    story = make_draft(body=BODY, filed_by=writer)
    sent = {"article": story.pk, "texts": {"body": BODY}}
    [problem] = ask(writer, **sent).json()["problems"]
    assert problem["reason"] == ""
    answer = ask(writer, WAIVE, **sent, key=problem["key"], reason="原话如此")
    assert answer.json() == {"key": problem["key"], "reason": "原话如此", "by": "writer"}
    [again] = ask(writer, **sent).json()["problems"]
    assert (again["reason"], again["by"]) == ("原话如此", "writer")


def test_a_warning_on_text_that_is_not_saved_yet_is_let_pass(writer):
    story = make_draft(body="灯亮了。", filed_by=writer)
    sent = {"article": story.pk, "texts": {"body": "灯亮了。。"}}
    [problem] = ask(writer, **sent).json()["problems"]
    ask(writer, WAIVE, **sent, key=problem["key"], reason="原话如此")
    assert Waiver.objects.get().article == story


def test_without_a_reason_it_says_so(writer):
    story = make_draft(body=BODY, filed_by=writer)
    sent = {"article": story.pk, "texts": {"body": BODY}, "key": check(story)[0].key}
    answer = ask(writer, WAIVE, **sent, reason=" ")
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert not Waiver.objects.exists()


@pytest.mark.parametrize("address", [RECOGNISE, WAIVE])
def test_anothers_story_is_closed(writer, address):
    story = make_draft(body=BODY, filed_by=make_login("reporter", "other"))
    answer = ask(writer, address, article=story.pk, texts={"body": BODY}, key="a", reason="b")
    assert answer.status_code == 403
    assert not Waiver.objects.exists()


def test_who_files_no_stories_is_not_answered():
    manager = make_login("community_manager")
    assert ask(manager, article=None, texts={"body": BODY}).status_code == 403


def test_an_expired_login_is_said_in_json(client):
    answer = client.post(RECOGNISE, "{}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (401, "login")


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"texts": 1}', '{"texts": {"body": 1}}', '{"texts": null}']
)
def test_what_is_no_text_is_refused(writer, body):
    answer = client_of(writer).post(RECOGNISE, body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "chosen", [1, {"communities": "x", "tags": 3, "credit_line": 4}, {"communities": [None, "a"]}]
)
def test_a_strange_choice_is_none(writer, chosen):
    answer = ask(writer, article=None, texts={"body": BODY}, chosen=chosen)
    assert answer.status_code == 200


def test_nothing_is_read_by_get(writer):
    assert client_of(writer).get(RECOGNISE).status_code == 405


def test_reasons_given_before_a_story_is_saved_are_kept_with_it(writer):
    [problem] = ask(writer, article=None, texts={"body": BODY}).json()["problems"]
    client = client_of(writer)
    sent = as_shown(client.get(ADD))
    sent |= {"headline": "阅览室开了", "body": BODY}
    sent["waivers"] = json.dumps({problem["key"]: "原话如此"})
    client.post(ADD, sent)
    [kept] = Waiver.objects.all()
    assert kept.article == Article.objects.get()
    assert (kept.key, kept.reason, kept.by) == (problem["key"], "原话如此", writer)


def test_a_form_with_errors_keeps_the_reasons(writer):
    client = client_of(writer)
    sent = as_shown(client.get(ADD)) | {"headline": "", "body": BODY, "waivers": '{"a": "好"}'}
    shown = client.post(ADD, sent).content.decode()
    assert 'name="waivers"' in shown
    assert "{&quot;a&quot;: &quot;好&quot;}" in shown


def test_warnings_never_stand_in_the_way_of_saving_or_submitting(writer):
    client = client_of(writer)
    sent = as_shown(client.get(ADD)) | {"headline": "的的，，", "body": BODY, "_submit": "1"}
    client.post(ADD, sent)
    assert Article.objects.get().status == "submitted"


def test_a_reviewer_lets_a_warning_pass_on_the_review_page(writer):
    story = make_draft(body=BODY, filed_by=writer)
    reviews.submit(story, by=writer)
    reviewer = make_login("first_reviewer", "reviewer")
    client = client_of(reviewer)
    page = reverse("admin:articles_article_review", args=[story.pk])
    address = reverse("admin:articles_article_waive_at_review", args=[story.pk])
    assert address in client.get(page).content.decode()
    client.post(address, {"key": check(story)[0].key, "reason": "原话如此"})
    shown = client.get(page).content.decode()
    assert "原话如此" in shown
    assert address not in shown
    assert Waiver.objects.get().by == reviewer


def test_who_only_reads_the_review_page_lets_nothing_pass(writer):
    story = make_draft(body=BODY, filed_by=writer)
    reviews.submit(story, by=writer)
    client = client_of(writer)
    page = client.get(reverse("admin:articles_article_review", args=[story.pk]))
    address = reverse("admin:articles_article_waive_at_review", args=[story.pk])
    assert page.status_code == 200
    assert address not in page.content.decode()
    sent = {"key": check(story)[0].key, "reason": "原话如此"}
    assert client.post(address, sent).status_code == 403
    assert not Waiver.objects.exists()
