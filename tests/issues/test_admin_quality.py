"""The pages of the proof record and of its report: what they say, offer and refuse."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from articles.models import Correction
from bulletin.roles import Role as Roles
from issues import proofing, quality
from issues.models import ProofError
from tests.factories import (
    MORNING,
    THAT_DAY,
    UNRELEASED,
    make_article,
    make_issue,
    make_page,
    place,
)
from tests.newsroom import client_of, make_login

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
LOGGERS = ("issue_editor", "final_reviewer", "administrator")


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(MORNING + DAY, tick=False)


@pytest.fixture
def editor():
    return make_login("issue_editor", first_name="叶知秋")


@pytest.fixture
def desk(editor):
    return client_of(editor)


@pytest.fixture
def story():
    return make_article("渡口添灯", body="镇干郡走进桂花社区，" + "灯" * 990)


@pytest.fixture
def page(story):
    page = make_page(make_issue(), name="要闻")
    place(story, page)
    return page


def address(issue):
    return reverse("admin:issues_issue_quality", args=[issue.pk])


def sent(page, story, **values):
    given = {"deed": "note", "where": f"{page.pk}-{story.pk}", "wrong": "干郡", "right": "干部"}
    today = {"kind": "words", "found_on": (THAT_DAY + DAY).isoformat()}
    return {**given, **today, **values}


def note(page, editor, **values):
    given = {"wrong": "干郡", "right": "干部", "kind": "words", "by": editor}
    return proofing.note_error(page, **{**given, **values})


def errors(response):
    return {
        name: [str(one) for one in told] for name, told in response.context["note"].errors.items()
    }


class TestRecord:
    def test_error_is_noted_with_four_answers_and_the_rate_is_told(self, page, story, editor, desk):
        shown = desk.get(address(page.issue))
        assert shown.context["note"].initial["found_by"] == "叶知秋"
        done = desk.post(address(page.issue), sent(page, story), follow=True)
        error = ProofError.objects.get()
        assert (error.page, error.story, error.by) == (page, story, editor)
        assert (error.wrong, error.right, error.weight) == ("干郡", "干部", 1)
        text = done.content.decode()
        for words in ("干郡", "干部", "10.00", "超过万分之三", quality.RULE):
            assert words in text

    def test_words_that_do_not_stand_there_are_questioned_and_kept_when_ticked(
        self, page, story, desk
    ):
        typed = sent(page, story, wrong="镇于部", note="读者寄来剪报")
        asked = desk.post(address(page.issue), typed)
        assert list(errors(asked)) == ["wrong"]
        text = asked.content.decode()
        for words in ("镇于部", "读者寄来剪报", 'type="checkbox" name="sure"'):
            assert words in text
        assert not ProofError.objects.exists()
        desk.post(address(page.issue), {**typed, "sure": "on"})
        assert ProofError.objects.get().wrong == "镇于部"

    def test_page_without_a_story_is_taken_as_it_is(self, page, desk, story):
        desk.post(address(page.issue), sent(page, story, where=str(page.pk), wrong="要文"))
        assert (ProofError.objects.get().story, ProofError.objects.get().page) == (None, page)

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"where": ""}, "where"),
            ({"where": "9-9"}, "where"),
            ({"wrong": ""}, "wrong"),
            ({"right": "干郡"}, "right"),
            ({"kind": "punctuation"}, "weight"),
            ({"kind": "nonsense"}, "kind"),
            ({"weight": "0"}, "weight"),
            ({"weight": "多"}, "weight"),
            ({"found_on": "2999-01-01"}, "found_on"),
            ({"found_on": ""}, "found_on"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(self, values, field, page, story, desk):
        refused = desk.post(address(page.issue), sent(page, story, note="剪报", **values))
        assert list(errors(refused)) == [field]
        assert "剪报" in refused.content.decode()
        assert not ProofError.objects.exists()

    def test_error_is_struck_out_with_a_reason_and_stays_to_be_read(self, page, editor, desk):
        error = note(page, editor)
        strike = {"deed": "strike", "error": error.pk}
        refused = desk.post(address(page.issue), {**strike, f"strike-{error.pk}-note": ""})
        assert len(refused.context["lines"][0][1].errors["note"]) == 1
        done = desk.post(
            address(page.issue), {**strike, f"strike-{error.pk}-note": "重复登记"}, follow=True
        )
        assert done.context["quality"].total.errors == 0
        text = done.content.decode()
        assert "重复登记" in text
        assert "干郡" in text
        again = desk.post(
            address(page.issue), {**strike, f"strike-{error.pk}-note": "再划"}, follow=True
        )
        assert len(list(again.context["messages"])) == 1
        assert error.strike.note == "重复登记"

    def test_public_correction_stands_beside_and_is_taken_over_with_one_tap(
        self, page, story, editor, desk
    ):
        correction = Correction.objects.create(
            article=story, text="应为干部。", revision=story.head, by=editor, at=MORNING
        )
        assert "应为干部。" in desk.get(address(page.issue)).content.decode()
        taken = {"deed": "take", "correction": correction.pk}
        desk.post(address(page.issue), taken)
        assert ProofError.objects.get().correction == correction
        shown = desk.get(address(page.issue))
        assert shown.context["corrections"] == []
        again = desk.post(address(page.issue), taken, follow=True)
        assert len(list(again.context["messages"])) == 1
        assert ProofError.objects.count() == 1

    @pytest.mark.parametrize("stage", UNRELEASED)
    def test_issue_that_is_not_live_names_no_story_and_takes_no_error(self, stage, story, desk):
        page = make_page(make_issue(**UNRELEASED[stage]))
        place(story, page)
        shown = desk.get(address(page.issue)).content.decode()
        assert "渡口添灯" not in shown
        assert desk.post(address(page.issue), sent(page, story)).status_code == 403
        assert not ProofError.objects.exists()

    def test_nonsense_is_refused(self, page, editor, desk):
        other = note(make_page(make_issue(THAT_DAY - DAY, number=8)), editor)
        for values, answer in (
            ({}, 403),
            ({"deed": "print"}, 403),
            ({"deed": "strike", "error": "x"}, 404),
            ({"deed": "strike", "error": "9" * 30}, 404),
            ({"deed": "strike", "error": other.pk}, 404),
            ({"deed": "take", "correction": "0"}, 404),
        ):
            assert desk.post(address(page.issue), values).status_code == answer
        assert desk.put(address(page.issue)).status_code == 405

    @pytest.mark.parametrize("role", [*Roles.values, None])
    def test_is_for_those_who_answer_for_the_paper(self, role, page, story):
        client = client_of(make_login(role, "somebody"))
        may = role in LOGGERS
        assert client.get(address(page.issue)).status_code == (200 if may else 403)
        answer = client.post(address(page.issue), sent(page, story))
        assert answer.status_code == (302 if may else 403)
        assert ProofError.objects.exists() is may
        where = reverse("admin:issues_issue_quality_report")
        for one in (where, *(f"{where[:-1]}.{kind}" for kind in ("xlsx", "csv"))):
            assert client.get(one).status_code == (200 if may else 403)
        assert (where in client.get(reverse("admin:index")).content.decode()) is may

    def test_who_may_only_read_is_offered_nothing(self, page, story, editor):
        reader = make_login(None, "auditor")
        every = editor.groups.get().permissions.all()
        reader.user_permissions.set(every.filter(codename="view_prooferror"))
        client = client_of(reader)
        note(page, editor)
        shown = client.get(address(page.issue)).content.decode()
        assert "干郡" in shown
        assert 'method="post"' not in shown.split('id="content-main"')[1]
        assert client.post(address(page.issue), sent(page, story)).status_code == 403

    def test_is_reached_from_the_issue(self, page, desk):
        form = desk.get(reverse("admin:issues_issue_change", args=[page.issue.pk]))
        assert address(page.issue) in form.content.decode()

    @pytest.mark.parametrize("count", [1, 30])
    def test_costs_the_same_with_much_on_record(self, count, page, story, editor, desk):
        for number in range(count):
            place(make_article(f"第{number}篇"), page)
            make_page(page.issue, f"A{number + 2:02}")
            note(page, editor, wrong=f"{number}", story=story)
            Correction.objects.create(
                article=story, text=f"{number}", revision=story.head, by=editor, at=MORNING
            )
        with CaptureQueriesContext(connection) as queries:
            desk.get(address(page.issue))
        assert len(queries) == 10


class TestReport:
    where = "/admin/issues/issue/quality"
    asked = {"first": "2024-03-01", "last": "2024-03-31"}

    @pytest.fixture
    def month(self, page, editor):
        note(page, editor)
        note(
            page, editor, kind="punctuation", wrong="，", right="。", weight=quality.Decimal("0.1")
        )
        clean = make_issue(THAT_DAY - DAY, number=6)
        place(make_article("巷口议事", body="字" * 500), make_page(clean))
        return [clean, page.issue]

    def test_says_each_issues_rate_in_figures_and_words(self, month, desk):
        shown = desk.get(f"{self.where}/", self.asked)
        text = shown.content.decode()
        rows = text.split("<tbody>")[1]
        for issue in month:
            assert address(issue) in rows
        order = ["0.00", "未超过万分之三", "11.00", "超过万分之三"]
        places = [rows.index(f">{words}<") for words in order]
        assert places == sorted(places)
        assert quality.RULE in text

    def test_spreadsheets_say_the_same(self, month, desk):
        expected = [
            [str(month[0]), 500, 0, 0, 0, "未超过万分之三"],
            [str(month[1]), 1000, 2, 1.1, 11, "超过万分之三"],
        ]
        answer = desk.get(f"{self.where}.xlsx", self.asked)
        sheet = load_workbook(io.BytesIO(answer.content)).active
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        assert rows[1:3] == expected
        assert rows[3][1:4] == [1500, 2, 1.1]
        answer = desk.get(f"{self.where}.csv", self.asked)
        assert 'filename="quality-2024-03-01-2024-03-31.csv"' in answer["Content-Disposition"]
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [line[0] for line in lines[1:3]] == [str(issue) for issue in month]
        assert lines[2][1:] == ["1000", "2", "1.1", "11.00", "超过万分之三"]

    def test_odd_questions_are_answered(self, desk):
        odd = {"first": "2024-03-31", "last": "2024-03-01"}
        shown = desk.get(f"{self.where}/", odd)
        assert list(shown.context["form"].errors) == ["last"]
        assert desk.get(f"{self.where}/", {"first": "x"}).status_code == 200
        for kind in ("xlsx", "csv"):
            assert desk.get(f"{self.where}.{kind}", odd).status_code == 404

    @pytest.mark.parametrize("count", [1, 20])
    def test_costs_the_same_for_many_issues(self, count, month, editor, desk):
        for number in range(count):
            issue = make_issue(THAT_DAY + DAY * (number + 1), number=50 + number)
            note(make_page(issue), editor)
        with CaptureQueriesContext(connection) as queries:
            desk.get(f"{self.where}/", self.asked)
        assert len(queries) == 7
