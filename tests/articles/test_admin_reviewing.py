"""The desk, the queues, the review screen, the revisions and the record sheet."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import commenting, publishing, reviews, revisions
from articles.comparison import compare_states
from articles.desk import day_of
from articles.models import Article, Comment, Review
from articles.stages import ReviewError
from tests.articles.desk import HOUR, NOW, advance, file_story, make_people, rewrite
from tests.factories import (
    make_community,
    make_district,
    make_issue,
    make_kind,
    make_page,
    make_section,
    make_station,
    place,
)
from tests.newsroom import client_of, make_login

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def story(people):
    return advance(file_story(people), people, "submitted")


def page_of(story, name="review", *args):
    return reverse(f"admin:articles_article_{name}", args=[story.pk, *args])


def decide(login, story, decision, note="", seen=None, stage="first"):
    sent = {"decision": decision, "stage": stage, "note": note}
    sent["seen"] = story.head.number if seen is None else seen
    return client_of(login).post(page_of(story), sent, follow=True)


class TestDesk:
    def test_reviewers_find_their_queue_with_its_age_and_what_is_overdue(self, story, people):
        story.deadline = NOW - HOUR
        story.save()
        (queue,) = day_of(people.first, NOW).queues
        assert (queue.stage, queue.count, queue.oldest, queue.overdue) == ("first", 1, NOW, 1)
        shown = client_of(people.first).get(INDEX).content.decode()
        assert reverse("admin:articles_article_queue", args=["first"]) in shown

    def test_writers_find_what_came_back_with_the_reason(self, story, people):
        reviews.send_back(story, stage="first", by=people.first, note="请补时间。", at=NOW)
        shown = client_of(people.writer).get(INDEX).content.decode()
        assert "请补时间。" in shown
        assert day_of(people.writer).returned == [story]
        assert day_of(people.first).returned == []

    def test_each_role_finds_its_own_work(self, story, people):
        draft = file_story(people, "没写完的")
        approved = advance(file_story(people, "等签发的"), people, "approved")
        day = day_of(people.writer)
        assert (day.drafts, day.under_way, day.to_publish) == ([draft], [story], [])
        assert day_of(people.editor).to_publish == [approved]

    def test_issue_editors_find_what_the_issues_lack(self, people):
        issue = make_issue(datetime.date(2999, 1, 1), status="planning")
        page = make_page(issue, "A03", editor="顾行")
        place(file_story(people, "还没审的"), page)
        shown = client_of(people.editor).get(INDEX).content.decode()
        assert "还没审的" in shown
        assert _("Page %(page)s has no lead.") % {"page": "A03"} in shown
        assert _("Page %(page)s has no proof-reader.") % {"page": "A03"} in shown
        assert _("Page %(page)s has no page editor.") % {"page": "A03"} not in shown
        assert reverse("admin:issues_issue_schedule", args=[issue.pk]) in shown

    def test_managers_find_the_stations_nobody_has_checked(self, people):
        keeper = make_login("community_manager")
        mine = make_community(within=make_district())
        mine.managers.add(keeper)
        kind = make_kind()
        make_station("久未核对站", community=mine, kind=kind)
        today = timezone.localdate()
        make_station("刚核对站", community=mine, kind=kind, checked_on=today)
        shown = client_of(keeper).get(INDEX).content.decode()
        assert "久未核对站" in shown
        assert "刚核对站" not in shown

    def test_queries_do_not_grow_with_the_work(self, people):
        def queries(address):
            client = client_of(people.first)
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            return len(captured)

        addresses = (INDEX, reverse("admin:articles_article_queue", args=["first"]))
        section = make_section("要闻")
        advance(file_story(people, "一", section=section), people, "submitted")
        few = [queries(address) for address in addresses]
        for n in range(20):
            advance(file_story(people, f"又一{n}", section=section), people, "submitted")
        assert [queries(address) for address in addresses] == few

    def test_queue_is_for_its_reviewers(self, story, people):
        address = reverse("admin:articles_article_queue", args=["first"])
        assert "渡口添灯" in client_of(people.first).get(address).content.decode()
        assert client_of(people.second).get(address).status_code == 403
        unknown = reverse("admin:articles_article_queue", args=["fourth"])
        assert client_of(people.first).get(unknown).status_code == 404


class TestDeciding:
    def test_pass_leads_on_to_the_next_story(self, story, people):
        following = advance(file_story(people, "下一篇"), people, "submitted")
        page = decide(people.first, story, "pass", note="可以。")
        assert page.redirect_chain[-1][0] == page_of(following)
        review = Review.objects.get()
        assert (review.by, review.stage, review.note) == (people.first, "first", "可以。")
        story.refresh_from_db()
        assert story.status == "first_passed"

    @pytest.mark.parametrize(
        ("decision", "status"), [("return", "returned"), ("decline", "discarded")]
    )
    def test_turning_down_needs_a_reason_that_the_writer_reads(
        self, decision, status, story, people
    ):
        page = decide(people.first, story, decision)
        assert _("Say why the story is returned: its writer reads it.") in page.content.decode()
        assert not Review.objects.exists()
        decide(people.first, story, decision, note="数字待核。")
        story.refresh_from_db()
        assert story.status == status
        shown = client_of(people.writer).get(page_of(story, "change")).content.decode()
        assert "数字待核。" in shown

    def test_text_that_changed_meanwhile_is_shown_and_the_remark_kept(self, story, people):
        seen = story.head.number
        rewrite(story, people.editor, "渡口添了七盏灯。")
        page = decide(people.first, story, "pass", note="可以。", seen=seen)
        shown = page.content.decode()
        assert (
            _("The text has changed since you opened it; what is new in it is marked below.")
            in shown
        )
        assert "可以。" in shown
        assert "渡口添了<del>六</del><ins>七</ins>盏灯。" in shown
        assert not Review.objects.exists()

    def test_whoever_wrote_it_is_told_and_has_no_button(self, people):
        people.first.groups.add(*people.writer.groups.all())
        story = file_story(people, filed_by=people.first)
        reviews.submit(story, by=people.first, at=NOW)
        shown = client_of(people.first).get(page_of(story)).content.decode()
        assert _("Nobody reviews what they wrote: your name is on this text.") in shown
        assert 'value="pass"' not in shown
        decide(people.first, story, "pass")
        story.refresh_from_db()
        assert story.status == "submitted"

    @pytest.mark.parametrize("who", ["writer", "second", "final", "editor"])
    def test_others_may_look_and_not_decide(self, who, story, people):
        login = getattr(people, who)
        shown = client_of(login).get(page_of(story)).content.decode()
        assert 'name="decision"' not in shown
        assert decide(login, story, "pass").status_code == 403
        story.refresh_from_db()
        assert story.status == "submitted"

    @pytest.mark.parametrize("sent", [{}, {"decision": "approve", "stage": "first", "seen": 1}])
    def test_made_up_decisions_are_refused(self, sent, story, people):
        assert client_of(people.first).post(page_of(story), sent).status_code == 403


class TestScreen:
    def test_marks_what_changed_since_the_text_was_judged(self, story, people):
        reviews.send_back(story, stage="first", by=people.first, note="数字待核。", at=NOW)
        rewrite(story, people.writer, "渡口添了八盏灯。")
        reviews.submit(story, by=people.writer, at=NOW)
        shown = client_of(people.first).get(page_of(story)).content.decode()
        assert "渡口添了<del>六</del><ins>八</ins>盏灯。" in shown
        sides = client_of(people.first).get(page_of(story) + "?show=sides").content.decode()
        assert "渡口添了<del>六</del>盏灯。" in sides
        assert "渡口添了<ins>八</ins>盏灯。" in sides

    def test_working_copy_is_compared_with_the_published_text(self, story, people):
        advance(story, people, "public")
        copy = publishing.revise(story, by=people.editor)
        rewrite(copy, people.editor, "渡口添了七盏灯。", correction_note="误作六盏。")
        shown = client_of(people.first).get(page_of(copy)).content.decode()
        assert "渡口添了<del>六</del><ins>七</ins>盏灯。" in shown

    def test_what_is_in_the_text_is_escaped(self, story, people):
        rewrite(story, people.editor, "<script>alert(1)</script>")
        shown = client_of(people.first).get(page_of(story)).content.decode()
        assert "<script>alert(1)" not in shown
        assert "&lt;script&gt;alert(1)" in shown


class TestComments:
    def test_comment_is_tied_to_its_passage(self, story, people):
        sent = {"text": "几盏？", "quote": "六盏灯", "field": "body"}
        client_of(people.first).post(page_of(story, "comment"), sent)
        comment = Comment.objects.get()
        assert (comment.by, comment.quote, comment.revision) == (people.first, "六盏灯", story.head)
        shown = client_of(people.writer).get(page_of(story)).content.decode()
        assert '<mark>六盏灯</mark><a class="reference" href="#comment-1">[1]</a>' in shown

    def test_passage_that_a_change_cuts_is_marked_in_its_parts(self, story, people):
        commenting.add_comment(story, by=people.first, text="？", quote="添了六盏")
        old = {**story.head.content, "body": "渡口添七盏灯。"}
        (body,) = [
            field
            for field in compare_states(old, story.head.content, story.comments.all())
            if field.name == "body"
        ]
        marked = [run.text for run in body.paragraphs[0] if run.comments]
        assert "".join(marked) == "添了六盏"

    @pytest.mark.parametrize(
        "sent",
        [{"text": " "}, {"text": "？", "quote": "没有的话"}, {"text": "？", "quote": "灯" * 501}],
    )
    def test_what_makes_no_sense_comes_back_as_typed(self, sent, story, people):
        page = client_of(people.first).post(page_of(story, "comment"), sent)
        assert page.status_code == 200
        assert page.context["refused"]
        assert not Comment.objects.exists()
        if sent["text"].strip():
            assert sent["text"] in page.content.decode()

    def test_is_settled_and_reopened_by_those_it_concerns(self, story, people):
        comment = commenting.add_comment(story, by=people.first, text="？")
        address = page_of(story, "settle", comment.pk)
        assert client_of(make_login("reporter")).post(address).status_code == 404
        client_of(people.writer).post(address)
        comment.refresh_from_db()
        assert comment.resolved_by == people.writer
        client_of(people.first).post(address)
        comment.refresh_from_db()
        assert comment.resolved_at is None

    def test_story_nobody_has_saved_takes_none(self, people):
        fresh = Article.objects.create(headline="题", body="文", filed_by=people.writer)
        with pytest.raises(ReviewError):
            commenting.add_comment(fresh, by=people.writer, text="？")


class TestRevisions:
    def test_are_listed_with_what_was_judged_and_any_two_compared(self, story, people):
        rewrite(story, people.editor, "渡口添了七盏灯。")
        rewrite(story, people.editor, "渡口添了八盏灯。")
        client = client_of(people.editor)
        shown = client.get(page_of(story, "revisions")).content.decode()
        assert "渡口添了<del>七</del><ins>八</ins>盏灯。" in shown
        shown = client.get(page_of(story, "revisions") + "?old=1&new=3").content.decode()
        assert "渡口添了<del>六</del><ins>八</ins>盏灯。" in shown

    def test_one_is_restored_and_makes_a_new_one(self, story, people):
        rewrite(story, people.editor, "渡口添了七盏灯。")
        story.refresh_from_db()
        address = page_of(story, "restore", 1)
        client_of(people.editor).post(address, {"base": story.head.number})
        story.refresh_from_db()
        assert (story.body, story.head.number) == ("渡口添了六盏灯。", 3)

    def test_restoring_meets_what_was_saved_meanwhile(self, story, people):
        rewrite(story, people.editor, "渡口添了七盏灯。")
        client_of(people.final).post(page_of(story, "restore", 1), {"base": 1})
        story.refresh_from_db()
        assert story.body == "渡口添了七盏灯。"

    def test_nobody_restores_what_they_may_not_edit(self, story, people):
        rewrite(story, people.editor, "渡口添了七盏灯。")
        address = page_of(story, "restore", 1)
        assert client_of(people.writer).post(address, {"base": 2}).status_code == 403
        assert client_of(people.writer).get(page_of(story, "revisions")).status_code == 200


class TestRecord:
    def test_sheet_says_who_wrote_and_who_passed_what_text_when(self, story, people):
        commenting.add_comment(story, by=people.first, text="几盏？", quote="六盏灯", at=NOW)
        advance(story, people, "public")
        shown = client_of(people.first).get(page_of(story, "record")).content.decode()
        for login in (people.writer, people.first, people.second, people.final, people.editor):
            assert login.username in shown
        assert story.head.text_digest[:8] in shown
        assert "几盏？" in shown

    def test_two_person_rule_shows_on_every_record(self, story, people, settings):
        settings.REVIEW_PERSONS = 2
        reviews.pass_review(story, stage="first", by=people.first, at=NOW)
        shown = client_of(people.first).get(page_of(story, "record")).content.decode()
        assert _("two-person rule") in shown

    def table(self, login, **asked):
        response = client_of(login).get(reverse("admin:articles_article_records"), asked)
        text = b"".join(response.streaming_content)
        assert text.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))

    def test_table_holds_the_steps_of_a_period(self, story, people):
        advance(story, people, "first_passed")
        rows = self.table(people.first, first="2026-03-04", last="2026-03-04")
        assert [row[4] for row in rows[1:]] == ["writer", "first"]
        assert self.table(people.first, first="2026-03-05", last="2026-03-06")[1:] == []

    def test_table_runs_nothing_in_a_spreadsheet(self, people):
        story = file_story(people, "=HYPERLINK(1)")
        advance(story, people, "submitted")
        (row,) = self.table(people.first, first="2026-03-04", last="2026-03-04")[1:]
        assert row[2] == "'=HYPERLINK(1)"

    @pytest.mark.parametrize("role", ["correspondent", "reporter", "community_manager"])
    def test_table_is_for_those_who_review(self, role):
        address = reverse("admin:articles_article_records")
        assert client_of(make_login(role)).get(address).status_code == 403

    def test_days_that_make_no_sense_are_not_found(self, people):
        address = reverse("admin:articles_article_records")
        assert client_of(people.first).get(address, {"first": "gestern"}).status_code == 404


def test_revision_of_a_story_is_counted_from_its_own(people):
    story = file_story(people)
    assert revisions.is_on_record(story)
