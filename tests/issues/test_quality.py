"""Proof quality: what errors count by the rule, the rates, and the verbs of the record."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from articles import publishing, revisions
from articles.models import AppendOnlyError, Article, Correction
from articles.usage import Period
from bulletin.roles import Role as Roles
from issues import proofing, quality
from issues.models import Page, ProofError, ProofErrorStrike, Stage, gate
from issues.proofing import ProofingError
from issues.quality import Rate
from tests.articles.desk import advance, file_story, make_people
from tests.factories import (
    MORNING,
    THAT_DAY,
    UNRELEASED,
    make_article,
    make_issue,
    make_page,
    make_photo,
    place,
)
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db
TEXT = "镇干郡走进桂花社区，" + "灯" * 989 + "。"  # 1000 characters
LATER = MORNING + datetime.timedelta(days=1)


@pytest.fixture
def editor():
    return make_login("issue_editor", first_name="叶知秋")


@pytest.fixture
def story():
    return make_article("渡口添灯", body=TEXT, kicker="便民", deck="六盏灯")


@pytest.fixture
def page(story):
    page = make_page(make_issue())
    place(story, page)
    return page


def note(page, editor, **values):
    given = {"wrong": "干郡", "right": "干部", "kind": "words", "by": editor, "at": LATER}
    return proofing.note_error(page, **{**given, **values})


class TestWeight:
    @pytest.mark.parametrize(
        ("kind", "wrong", "right", "counts"),
        [
            ("words", "镇干郡", "镇干部", "1"),
            ("words", "走进了社区", "走进社区", "1"),
            ("words", "走社区", "走进社区", "1"),
            ("words", "桂花小区", "海棠社区", "2"),
            ("words", "走进", "走进桂花社区", "2"),
            ("words", "走进", "走进了桂花社区的", "4"),
            ("words", "走 进", "走进 了", "1"),
            ("fact", "在冬至那天", "在立冬那天", "1"),
            ("transposed", "区社", "社区", "1"),
            ("figure", "11800", "118", "1"),
            ("numerals", "三月3日", "3月3日", "0.1"),
            ("foreign", "Comunnity", "Community", "1"),
            ("punctuation", "，", "。", None),
            ("layout", "正文空一格", "正文空两格", None),
            ("other", "甲", "乙", None),
        ],
    )
    def test_of_one_error_by_the_rule(self, kind, wrong, right, counts):
        once, double = (
            quality.weight_of(kind, wrong, right, prominent=prominent)
            for prominent in (False, True)
        )
        assert once == (None if counts is None else Decimal(counts))
        assert double == (None if counts is None else 2 * Decimal(counts))

    def test_same_error_counts_three_times_at_most(self, page, editor):
        for _time in range(5):
            note(page, editor)
        note(page, editor, wrong="走进了", right="走进")
        assert quality.quality_of(page.issue).total == Rate(1000, 6, Decimal(4))

    def test_numerals_count_one_at_most_in_an_issue_on_all_its_pages(self, page, editor):
        second = make_page(page.issue, "A02")
        for number in range(12):
            where = second if number % 2 else page
            note(where, editor, kind="numerals", wrong=f"{number}号", right="一号", at=LATER)
        found = quality.quality_of(page.issue)
        assert [rate.weight for _page, rate in found.pages] == [Decimal("0.5"), Decimal("0.5")]
        assert (found.total.errors, found.total.weight) == (12, Decimal(1))

    def test_struck_out_makes_room_for_the_next(self, page, editor):
        errors = [note(page, editor) for _time in range(4)]
        proofing.strike_out(errors[0], by=editor, note="重复登记。", at=LATER)
        found = quality.quality_of(page.issue)
        assert found.total == Rate(1000, 3, Decimal(3))
        assert [line.counts for line in found.lines] == [1, 1, 1, None]


class TestRate:
    @pytest.mark.parametrize(
        ("characters", "weight", "shown", "within"),
        [
            (10_000, "3", "3.00", True),
            (10_000, "3.1", "3.10", False),
            (99_999, "30", "3.01", False),  # 3.00003: over, and it has to look like it
            (20_000, "2", "1.00", True),
            (7_000, "0", "0.00", True),
            (0, "1", None, None),
        ],
    )
    def test_against_the_limit(self, characters, weight, shown, within):
        rate = Rate(characters, 1, Decimal(weight))
        assert rate.in_ten_thousandths == (None if shown is None else Decimal(shown))
        assert rate.is_within_limit is within
        assert rate.verdict

    def test_of_pages_and_issue(self, page, editor, story):
        second = make_page(page.issue, "A02")
        place(make_article("巷口议事", body="字" * 500), second)
        note(page, editor, story=story)
        note(second, editor, kind="fact", prominent=True)
        found = quality.quality_of(page.issue)
        assert [(row.code, rate) for row, rate in found.pages] == [
            ("A01", Rate(1000, 1, Decimal(1))),
            ("A02", Rate(500, 1, Decimal(2))),
        ]
        assert found.total == Rate(1500, 2, Decimal(3))
        assert found.total.in_ten_thousandths == Decimal("20.00")

    def test_of_a_period_counts_live_issues_of_its_days_alone(self, page, editor):
        note(page, editor)
        for number, fields in enumerate(UNRELEASED.values(), start=1):
            day = THAT_DAY + datetime.timedelta(days=number)
            hidden = make_issue(day, number=100 + number, **fields)
            place(make_article(f"未出版{number}"), make_page(hidden))
        clean = make_issue(THAT_DAY + datetime.timedelta(days=9), number=8)
        place(make_article("巷口议事", body="字" * 500), make_page(clean))
        outside = make_issue(THAT_DAY + datetime.timedelta(days=40), number=9)
        note(make_page(outside), editor)
        made = quality.report(Period(THAT_DAY, THAT_DAY + datetime.timedelta(days=20)))
        assert made.rows == [
            (page.issue, Rate(1000, 1, Decimal(1))),
            (clean, Rate(500, 0, Decimal(0))),
        ]
        assert made.total == Rate(1500, 1, Decimal(1))

    @pytest.mark.parametrize("count", [1, 40])
    def test_costs_the_same_for_many_issues_and_errors(self, count, page, editor):
        for number in range(count):
            issue = make_issue(THAT_DAY + datetime.timedelta(days=number + 1), number=50 + number)
            note(make_page(issue), editor)
            note(page, editor)
        period = Period(THAT_DAY, THAT_DAY + datetime.timedelta(days=60))
        with CaptureQueriesContext(connection) as of_period:
            quality.report(period)
        with CaptureQueriesContext(connection) as of_issue:
            quality.quality_of(page.issue)
        assert (len(of_period), len(of_issue)) == (3, 3)


class TestNoting:
    def test_keeps_what_when_who(self, page, editor, story):
        error = note(
            page,
            editor,
            story=story,
            wrong=" 干郡 ",
            found_on=THAT_DAY,
            found_by="读者来电",
            note="上午接到电话",
        )
        kept = ProofError.objects.get()
        assert kept == error
        assert (kept.issue, kept.page, kept.story) == (page.issue, page, story)
        assert (kept.wrong, kept.right, kept.weight) == ("干郡", "干部", Decimal(1))
        assert (kept.found_on, kept.found_by, kept.note) == (THAT_DAY, "读者来电", "上午接到电话")
        assert (kept.by, kept.at) == (editor, LATER)

    def test_takes_the_weight_that_is_given(self, page, editor):
        error = note(
            page, editor, kind="punctuation", wrong="，", right="。", weight=Decimal("0.1")
        )
        assert error.weight == Decimal("0.1")

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"kind": "punctuation"}, "weight"),
            ({"right": "干郡 "}, "right"),
            ({"found_on": THAT_DAY + datetime.timedelta(days=2)}, "found_on"),
        ],
    )
    def test_is_refused_at_the_field(self, values, field, page, editor):
        with pytest.raises(ProofingError) as refusal:
            note(page, editor, **values)
        assert refusal.value.field == field
        assert not ProofError.objects.exists()

    def test_of_a_story_that_stands_elsewhere_is_refused(self, page, editor):
        with pytest.raises(ProofingError, match="巷口议事"):
            note(page, editor, story=make_article("巷口议事"))

    @pytest.mark.parametrize("stage", UNRELEASED)
    def test_begins_when_the_issue_is_live(self, stage, editor):
        hidden = make_page(make_issue(**UNRELEASED[stage]))
        with pytest.raises(ProofingError):
            note(hidden, editor)

    @pytest.mark.parametrize("role", [*Roles.values, None])
    def test_is_for_those_who_answer_for_the_paper(self, role, page):
        login = make_login(role, "somebody")
        if role in ("issue_editor", "final_reviewer", "administrator"):
            error = note(page, login)
            proofing.strike_out(error, by=login, note="记重了。")
            return
        with pytest.raises(PermissionDenied):
            note(page, login)
        error = note(page, make_login("final_reviewer", "other"))
        with pytest.raises(PermissionDenied):
            proofing.strike_out(error, by=login, note="记重了。")
        with pytest.raises(PermissionDenied):
            proofing.take_over(
                Correction(article=error.story or make_article()), page.issue, by=login
            )


class TestRecord:
    def test_is_neither_changed_nor_deleted(self, page, editor):
        error = note(page, editor)
        strike = proofing.strike_out(error, by=editor, note="重复登记。")
        for row in (error, strike):
            for change in (row.save, row.delete, type(row).objects.all().delete):
                with pytest.raises(AppendOnlyError):
                    change()
            with pytest.raises(AppendOnlyError):
                type(row).objects.update(note="改")

    def test_keeps_its_issue_and_page(self, page, editor):
        note(page, editor)
        for row in (page, page.issue):
            with gate.opened(), pytest.raises(ProtectedError):
                row.delete()

    def test_is_struck_out_once_and_with_a_reason(self, page, editor):
        error = note(page, editor)
        with pytest.raises(ProofingError):
            proofing.strike_out(error, by=editor, note="  ")
        proofing.strike_out(error, by=editor, note="重复登记。")
        with pytest.raises(ProofingError):
            proofing.strike_out(error, by=editor, note="重复登记。")
        assert ProofErrorStrike.objects.get().note == "重复登记。"
        assert not ProofError.objects.standing().exists()

    @pytest.mark.parametrize("values", [{"wrong": ""}, {"right": ""}, {"weight": 0}])
    def test_holds_no_half_row(self, values, page, editor):
        row = {"wrong": "甲", "right": "乙", "kind": "fact", "weight": 1, **values}
        with pytest.raises(IntegrityError), transaction.atomic():
            ProofError.objects.create(
                issue=page.issue, page=page, found_on=THAT_DAY, by=editor, at=LATER, **row
            )


class TestPassage:
    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("干郡", True),
            ("镇干郡走进 桂花社区", True),
            ("六盏灯", True),
            ("便民", True),
            ("夜里的渡口", True),
            ("干部", False),
            ("", True),
        ],
    )
    def test_stands_in_what_is_printed_of_a_story(self, words, found, story):
        photo = make_photo(story, caption="夜里的渡口")
        revision = revisions.record(story, by=None, at=MORNING)
        Article.objects.filter(pk=story.pk).move(approved_revision=revision)
        story.refresh_from_db()
        assert photo.caption
        assert proofing.stands_in(story, words) is found

    def test_in_bold_or_in_a_link_is_found_as_it_is_read(self):
        story = make_article(body="**镇干**郡走进[桂花](https://example.org/)社区。")
        assert proofing.stands_in(story, "镇干郡走进桂花社区")


class TestCorrection:
    @pytest.fixture
    def people(self):
        return make_people()

    @pytest.fixture
    def corrected(self, people):
        """A story that was printed with an error, and corrected on the web since."""
        story = file_story(people, body="开头一句。\n\n渡口添了六盏灯，大家都说好。")
        advance(story, people, "public")
        copy = publishing.revise(story, by=people.second)
        with gate.opened():
            copy.body = "开头一句。\n\n渡口添了七盏灯，大家都说好。"
            copy.correction_note = "灯的数目有误，应为七盏。"
            copy.filed_by = people.writer
            copy.save()
        revisions.record(copy, by=people.writer)
        advance(copy, people, "approved")
        publishing.publish(copy, by=people.editor)
        story.refresh_from_db()
        return story

    @pytest.fixture
    def issue(self, corrected):
        page = make_page(make_issue())
        place(corrected, page)
        return page.issue

    def test_becomes_an_error_with_the_words_it_changed(self, issue, corrected, people):
        (correction,) = proofing.corrections_of(issue)
        error = proofing.take_over(correction, issue, by=people.editor)
        assert (error.wrong, error.right) == ("渡口添了六盏灯，大家都", "渡口添了七盏灯，大家都")
        assert (error.kind, error.weight, error.story) == ("fact", Decimal(1), corrected)
        assert error.note == "灯的数目有误，应为七盏。"
        assert proofing.corrections_of(issue) == []
        with pytest.raises(ProofingError):
            proofing.take_over(correction, issue, by=people.editor)
        proofing.strike_out(error, by=people.editor, note="不是差错，是补充。")
        assert proofing.corrections_of(issue) == [correction]

    def test_words_that_were_printed_are_found_though_they_are_corrected(self, corrected):
        assert proofing.stands_in(corrected, "六盏灯")
        assert proofing.stands_in(corrected, "七盏灯")
        assert not proofing.stands_in(corrected, "八盏灯")

    def test_of_a_story_elsewhere_is_not_this_issues(self, corrected, people):
        other = make_issue(number=8)
        correction = corrected.corrections.get()
        assert proofing.corrections_of(other) == []
        with pytest.raises(ProofingError):
            proofing.take_over(correction, other, by=people.editor)

    def test_without_a_text_to_compare_keeps_its_own_words(self, page, story, editor):
        correction = Correction.objects.create(
            article=story, text="图片说明有误。", revision=story.head, by=editor, at=MORNING
        )
        error = proofing.take_over(correction, page.issue, by=editor)
        assert error.wrong == "图片说明有误。"
        assert error.right

    @pytest.mark.parametrize(
        ("old", "new", "wrong", "right"),
        [
            ("灯亮了。", "灯都亮了。", "灯亮了。", "灯都亮了。"),
            ("第一段。", "第一段。\n第二段。", None, "第二段。"),
            ("第一段。\n第二段。", "第一段。", "第二段。", None),
        ],
    )
    def testfirst_change_is_told_with_what_stands_around_it(self, old, new, wrong, right):
        found = proofing.first_change(old, new)
        for side, expected in zip(found, (wrong, right), strict=True):
            assert side
            assert expected is None or side == expected


def test_issue_that_is_planned_again_has_no_report(page, editor):
    note(page, editor)
    with gate.opened():
        type(page.issue).objects.update(status=Stage.PLANNING)
    assert quality.report(Period(THAT_DAY, THAT_DAY)).rows == []
    assert Page.objects.count() == 1
