"""The names of a page corrected after the locking: by whom, when, and what stays on record."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from bulletin.roles import Role as Roles
from issues.models import IssueEvent, LockedError, Page
from issues.page_staff import correct_staff
from issues.scheduling import ScheduleError
from tests.issues.planning import HOUR, NOW, ONE, bring_to, plan
from tests.newsroom import client_of, make_login

pytestmark = pytest.mark.django_db
WHY = "排版时报错了人。"
NAMES = {"editor": "顾行", "layout": "戴鸣", "proof": "孟晓"}


@pytest.fixture
def editor():
    return make_login("issue_editor", first_name="叶知秋")


@pytest.fixture
def page():
    return plan("渡口添灯", "巷口议事")


def names_of(page):
    return Page.objects.values_list("editor", "layout", "proof").get(pk=page.pk)


@pytest.mark.parametrize("stage", ["locked", "scheduled", "live"])
def test_names_are_corrected_and_what_they_were_is_kept(stage, page, editor):
    bring_to(page.issue, stage, editor)
    at = HOUR + ONE if stage == "live" else NOW
    event = correct_staff(page, **NAMES, by=editor, note=WHY, at=at)
    assert names_of(page) == ("顾行", "戴鸣", "孟晓")
    assert (page.layout, page.proof) == ("戴鸣", "孟晓")
    assert (event.kind, event.by, event.at, event.note) == ("staff", editor, at, WHY)
    assert event.details == {
        "page": "A01",
        "names": {"layout": ["", "戴鸣"], "proof": ["马文远", "孟晓"]},
    }


def test_planned_issue_is_changed_in_its_form(page, editor):
    with pytest.raises(ScheduleError):
        correct_staff(page, **NAMES, by=editor, note=WHY, at=NOW)


def test_reason_and_a_change_are_needed(page, editor):
    bring_to(page.issue, "locked", editor)
    with pytest.raises(ScheduleError):
        correct_staff(page, **NAMES, by=editor, note=" ", at=NOW)
    same = {"editor": "顾行 ", "layout": "", "proof": "马文远"}
    with pytest.raises(ScheduleError):
        correct_staff(page, **same, by=editor, note=WHY, at=NOW)
    assert IssueEvent.objects.filter(kind="staff").count() == 0
    page.proof = "孟晓"
    with pytest.raises(LockedError):
        page.save()


@pytest.mark.parametrize("role", [*(set(Roles.values) - {"issue_editor", "administrator"}), None])
def test_nobody_else_corrects_them(role, page, editor):
    bring_to(page.issue, "locked", editor)
    stranger = make_login(role, "stranger")
    with pytest.raises(PermissionDenied):
        correct_staff(page, **NAMES, by=stranger, note=WHY, at=NOW)
    where = reverse("admin:issues_issue_staff", args=[page.issue.pk, page.pk])
    client = client_of(stranger)
    assert client.get(where).status_code == 403
    assert client.post(where, {**NAMES, "note": WHY}).status_code == 403
    assert names_of(page) == ("顾行", "", "马文远")


class TestPage:
    @pytest.fixture(autouse=True)
    def _now(self, time_machine):
        time_machine.move_to(NOW, tick=False)

    @pytest.fixture
    def desk(self, editor):
        return client_of(editor)

    @pytest.fixture
    def where(self, page):
        return reverse("admin:issues_issue_staff", args=[page.issue.pk, page.pk])

    def test_is_reached_from_the_scheduling_once_the_issue_is_locked(
        self, page, editor, desk, where
    ):
        schedule = reverse("admin:issues_issue_schedule", args=[page.issue.pk])
        assert where not in desk.get(schedule).content.decode()
        bring_to(page.issue, "locked", editor)
        assert where in desk.get(schedule).content.decode()
        assert [desk.get(where).context["form"][role].value() for role in NAMES] == [
            "顾行",
            "",
            "马文远",
        ]
        done = desk.post(where, {**NAMES, "note": WHY}, follow=True)
        assert done.redirect_chain[-1][0] == schedule
        record = done.content.decode().split('id="record"')[1]
        for words in (WHY, "A01", "马文远 → 孟晓", "— → 戴鸣", "叶知秋"):
            assert words in record

    def test_missing_reason_is_told_and_nothing_typed_is_lost(self, page, editor, desk, where):
        bring_to(page.issue, "locked", editor)
        refused = desk.post(where, {**NAMES, "note": ""})
        assert list(refused.context["form"].errors) == ["note"]
        assert 'value="戴鸣"' in refused.content.decode()
        too_long = desk.post(where, {**NAMES, "proof": "孟" * 61, "note": WHY})
        assert list(too_long.context["form"].errors) == ["proof"]

    def test_of_a_planned_issue_says_so(self, page, desk, where):
        refused = desk.post(where, {**NAMES, "note": WHY})
        assert len(refused.context["form"].non_field_errors()) == 1
        assert names_of(page) == ("顾行", "", "马文远")

    def test_of_another_issue_is_not_found(self, page, editor, desk):
        other = plan("社论", date=None, number=8).issue
        assert (
            desk.get(reverse("admin:issues_issue_staff", args=[other.pk, page.pk])).status_code
            == 404
        )
