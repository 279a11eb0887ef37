"""A reader reports a mistake in the browser, and finds the answer."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import mistakes, reviews
from articles.models import MistakeReport, Status
from bulletin.site_record import SiteRecord
from tests.articles.desk import NOW, advance, file_story, make_people, rewrite
from tests.factories import HIDDEN, make_article
from tests.newsroom import client_of
from tests.reading import links, tight, words

pytestmark = pytest.mark.django_db

SECOND = datetime.timedelta(seconds=1)
DAY = datetime.timedelta(days=1)
TEXT = "灯是六盏，不是五盏。"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def story():
    return make_article("渡口添灯", body="渡口添了**五**盏灯。")


def address(story):
    return f"{story.get_absolute_url()}mistake/"


def opened(client, story):
    """Open the form and return the mark it carries."""
    return client.get(address(story)).context["form"].mark


def fill(client, story, clock, *, after=10 * SECOND, headers=None, **fields):
    sent = {"opened": opened(client, story), "text": TEXT, "website": "", **fields}
    clock.shift(after)
    return client.post(address(story), sent, headers=headers)


def test_report_arrives_and_its_reader_is_given_an_address(client, story, clock):
    response = fill(client, story, clock, quote="五盏灯", contact="138 0000 0000")
    report = MistakeReport.objects.get()
    assert (report.article, report.quote, report.text) == (story, "五盏灯", TEXT)
    assert report.contact == "138 0000 0000"
    assert (response.status_code, response.url) == (303, f"/mistakes/{report.token}/")
    page = client.get(response.url)
    html = page.content.decode()
    assert f"http://testserver/mistakes/{report.token}/" in words(html)
    assert TEXT in tight(html)
    assert "13800000000" not in tight(html)
    assert "<h1>已经收到，谢谢您</h1>" in "".join(html.split())
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "no-referrer"
    assert client.get("/mistakes/nobody/").status_code == 404


def test_pages_set_no_cookie_and_are_kept_by_nobody(client, story, clock):
    answers = [client.get(address(story)), fill(client, story, clock, text="")]
    done = fill(client, story, clock)
    for answer in [*answers, done, client.get(done.url)]:
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answers[0]["X-Robots-Tag"]
    with CaptureQueriesContext(connection) as queries:
        client.get(address(story))
    assert len(queries) == 2  # the story; the masthead


def test_story_leads_to_the_form_and_the_form_takes_words_along(client, story):
    assert address(story) in links(client.get(story.get_absolute_url()).content.decode())
    form = client.get(address(story), {"quote": '<b>"五盏\x00灯'}).content.decode()
    assert "&lt;b&gt;&quot;五盏灯</textarea>" in form
    assert "<h1>发现错误？告诉我们</h1>" in form


@pytest.mark.parametrize("hidden", HIDDEN)
def test_story_the_public_does_not_see_has_no_form(hidden, client):
    hidden_story = make_article(**HIDDEN[hidden])
    assert client.get(address(hidden_story)).status_code == 404
    assert client.post(address(hidden_story), {"text": TEXT}).status_code == 404


# What was sent, and what is said of it; all that was typed comes back.
REFUSED = {
    "nothing": ({"text": " \r\n"}, "请写明哪里错了"),
    "too much": ({"text": "错" * 501}, "不要超过500字，现在有501字"),
    "a long passage": ({"quote": "字" * 501}, "最多摘500字"),
    "no phone": ({"contact": "微信同号"}, "请填电话号码或邮箱"),
    "no mail": ({"contact": "lin@小区"}, "邮箱地址不对"),
    "too fast": ({"after": 2 * SECOND}, "太快了"),
    "too slow": ({"after": DAY + SECOND}, "打开得太久了"),
    "no mark": ({"opened": ""}, "打开得太久了"),
    "a made-up mark": ({"opened": "WzEsMF0:x:y"}, "打开得太久了"),
    "a program": ({"website": "https://example.org"}, "程序自动填写"),
    "another site": ({"headers": {"Sec-Fetch-Site": "cross-site"}}, "不是从本页发出"),
    "another origin": ({"headers": {"Origin": "https://example.org"}}, "不是从本页发出"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refusal_says_why_and_keeps_what_was_typed(what, client, story, clock):
    given, said = REFUSED[what]
    typed = {"quote": "五盏灯", "contact": "lin@example.org"} | given
    response = fill(client, story, clock, **typed)
    html = response.content.decode()
    assert response.status_code == 422
    assert said in tight(html)
    shown = response.context["form"]
    assert {name: shown[name].value() for name in ("quote", "contact", "text")} == {
        name: typed.get(name, TEXT).replace("\r\n", "\n") for name in ("quote", "contact", "text")
    }
    assert not MistakeReport.objects.exists()
    # The form as it came back is taken, once what was wrong is put right.
    clock.shift(5 * SECOND)
    again = client.post(address(story), {"text": TEXT, "opened": shown.mark})
    assert again.status_code == 303


def test_mark_of_another_story_is_none(client, story, clock):
    mark = opened(client, make_article("另一篇"))
    assert fill(client, story, clock, opened=mark).status_code == 422


def test_over_the_limit_says_when_and_whom_to_call(client, story, clock, settings):
    settings.SITE_RECORD = SiteRecord(phone="0000-5550110")
    for n in range(5):
        assert fill(client, story, clock, text=f"第{n}处。").status_code == 303
    response = fill(client, story, clock)
    html = response.content.decode()
    assert response.status_code == 429
    assert int(response["Retry-After"]) == 3600 - 50
    assert "2026年3月4日10:01以后再试" in tight(html)
    assert "tel:0000-5550110" in links(html.split('<form method="post"')[0])
    assert response.context["form"]["text"].value() == TEXT
    assert MistakeReport.objects.count() == 5


def test_from_report_to_published_correction(client, clock):
    """A reader reports; the desk answers, corrects, publishes; the reader's page says so."""
    people = make_people()
    story = advance(file_story(people, body="渡口添了五盏灯。"), people, "public")
    place = fill(client, story, clock, quote="五盏灯", contact="lin@example.org").url
    report = MistakeReport.objects.get()
    desk = client_of(people.editor)
    opened_at = f"/admin/articles/mistakereport/{report.pk}/change/"
    day = desk.get("/admin/").content.decode()
    assert "/admin/articles/mistakereport/?status__exact=open" in links(day)
    page = desk.get(opened_at).content.decode()
    assert '<mark>五盏灯</mark><a class="reference" href="#comment-1">[1]</a>' in page
    assert "lin@example.org" in page
    desk.post(opened_at, {"verb": "answer", "answer": "已去现场核实，会更正。"})
    assert "已去现场核实，会更正。" in tight(client.get(place).content.decode())
    copy_at = desk.post(opened_at, {"verb": "begin_correction"}).url
    report.refresh_from_db()
    copy = report.working_copy
    assert copy_at == f"/admin/articles/article/{copy.pk}/change/"
    assert "编辑部正在准备更正" in tight(client.get(place).content.decode())
    rewrite(copy, people.editor, "渡口添了六盏灯。", correction_note="灯是六盏，原文误作五盏。")
    reviews.submit(copy, by=people.editor)
    advance(copy, people, "approved")
    desk.post(f"/admin/articles/article/{copy.pk}/publication/", {"deed": "publish"})
    report.refresh_from_db()
    assert (report.status, report.correction) == ("corrected", story.corrections.get())
    found = tight(client.get(place).content.decode())
    assert "灯是六盏，原文误作五盏。" in found
    assert "您指出的错误已经更正" in found
    assert "正在准备更正" not in found
    # The desk sees what became of the passage, and nothing is left to do.
    page = desk.get(opened_at).content.decode()
    assert "<del>五</del><ins>六</ins>" in page
    assert 'name="verb"' not in page
    assert desk.get("/admin/").context["day"].readers.count == 0


def test_reader_of_a_withdrawn_story_still_finds_the_answer(client, story, clock):
    place = fill(client, story, clock).url
    editor = make_people().final
    mistakes.answer(MistakeReport.objects.get(), by=editor, text="本稿已撤。", at=NOW)
    type(story).objects.filter(pk=story.pk).move(
        status=Status.WITHDRAWN, withdrawn_at=NOW, withdrawal_reason="事实有误。"
    )
    assert "本稿已撤。" in tight(client.get(place).content.decode())


EVIL = '<script>alert("x")</script><img src=x onerror=1>'


def test_what_readers_write_is_shown_and_never_run(client, story, clock):
    place = fill(client, story, clock, text=EVIL, quote=EVIL).url
    report = MistakeReport.objects.get()
    people = make_people()
    mistakes.answer(report, by=people.editor, text=EVIL, at=NOW)
    desk = client_of(people.editor)
    for browser, page in (
        (client, place),
        (desk, "/admin/articles/mistakereport/"),
        (desk, f"/admin/articles/mistakereport/{report.pk}/change/"),
        (desk, f"/admin/articles/mistakereport/{report.pk}/history/"),
        (desk, "/admin/"),
    ):
        html = browser.get(page).content.decode()
        assert "<script>alert" not in html, page
        assert "<img src=x" not in html, page


def test_contact_and_others_reports_are_not_for_correspondents(client, clock):
    people = make_people()
    story = advance(file_story(people), people, "public")
    fill(client, story, clock, contact="lin@example.org")
    report = MistakeReport.objects.get()
    page = f"/admin/articles/mistakereport/{report.pk}/change/"
    own = client_of(people.writer)
    html = own.get(page).content.decode()
    assert TEXT in tight(html)
    assert "lin@example.org" not in html
    assert 'name="verb"' not in html
    assert own.post(page, {"verb": "answer", "answer": "好。"}).status_code == 403
    others = client_of(people.first)
    assert others.get(page).status_code == 302
    assert TEXT not in others.get("/admin/articles/mistakereport/").content.decode()
    found = client_of(User.objects.get(username="editor")).get(
        "/admin/articles/mistakereport/", {"q": "lin@example"}
    )
    assert list(found.context["cl"].result_list) == []
    report.refresh_from_db()
    assert report.status == "open"
