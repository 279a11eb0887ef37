"""The pages of an issue's scheduling: what they say, what they offer, what they do."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article
from bulletin.roles import Role as Roles
from issues import appearing, scheduling
from issues.models import Issue, IssueEvent, Placement, Stage, Web
from tests.factories import make_article, make_draft, make_page, place
from tests.issues.planning import HOUR, NOW, ONE, bring_to, place_of, plan
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
def issue():
    return plan("渡口添灯", "巷口议事").issue


def address(issue, name="schedule", *more):
    return reverse(f"admin:issues_issue_{name}", args=[issue.pk, *more])


def story_address(place):
    return address(place.page.issue, "schedule_story", place.pk)


def do(client, where, deed, **values):
    sent = {"deed": deed} | {f"{deed}-{name}": value for name, value in values.items()}
    return client.post(where, sent, follow=True)


def offered(client, where):
    return [deed.name for deed, _form in client.get(where).context["deeds"]]


def problems(response):
    """Return what stands at the forms of a page, by deed."""
    return {
        deed.name: [str(text) for texts in form.errors.values() for text in texts]
        for deed, form in response.context["deeds"]
        if form.errors
    }


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("planning", ["lock"]),
        ("locked", ["schedule", "publish", "unlock"]),
        ("scheduled", ["reschedule", "unschedule"]),
        ("live", []),
    ],
)
def test_each_stage_offers_what_can_be_done(stage, expected, issue, editor, desk, time_machine):
    bring_to(issue, stage, editor)
    if stage == "live":
        time_machine.move_to(HOUR, tick=False)
    assert offered(desk, address(issue)) == expected


def test_issue_goes_the_whole_way_and_the_record_is_read_newest_first(issue, desk, time_machine):
    where = address(issue)
    do(desk, where, "lock")
    do(desk, where, "schedule", publish_at_0="2026-03-05", publish_at_1="06:00")
    do(
        desk,
        where,
        "reschedule",
        publish_at_0="2026-03-05",
        publish_at_1="07:30",
        note="印厂晚点",
    )
    do(desk, where, "unschedule", note="头条要改")
    done = do(desk, where, "unlock", note="改头条")
    issue.refresh_from_db()
    assert (issue.status, issue.publish_at) == ("planning", None)
    told = re.findall(r"<li>\s*<p><strong>(.*?)</strong>", done.content.decode())
    order = ("unlocked", "unscheduled", "rescheduled", "scheduled", "locked")
    assert [line.lower() for line in told] == [
        str(IssueEvent.Kind(kind).label).lower() for kind in order
    ]
    text = done.content.decode()
    for word in ("印厂晚点", "头条要改", "改头条", "叶知秋", "6:00", "7:30"):
        assert word in text
    form = desk.get(reverse("admin:issues_issue_change", args=[issue.pk])).content.decode()
    assert form.index("改头条") < form.index("头条要改") < form.index("印厂晚点")
    assert address(issue) in form


def test_what_is_wrong_stands_page_by_page_and_leads_there(issue, desk):
    page = issue.pages.get()
    draft = make_draft("没写完")
    place(draft, page)
    empty = make_page(issue, "A02")
    text = desk.get(address(issue)).content.decode()
    wrong = text.split('id="wrongs"')[1].split("</section>")[0]
    assert wrong.index("A01") < wrong.index("没写完") < wrong.index("A02")
    for row, model in ((page, "page"), (empty, "page")):
        assert reverse(f"admin:issues_{model}_change", args=[row.pk]) in wrong
    assert reverse("admin:articles_article_change", args=[draft.pk]) in wrong
    refused = do(desk, address(issue), "lock")
    (lines,) = problems(refused).values()
    assert [("没写完" in line, "A02" in line) for line in lines] == [(True, False), (False, True)]
    assert Issue.objects.get().status == "planning"


def test_refused_hour_and_missing_reason_are_told_at_the_form_and_nothing_is_lost(
    issue, editor, desk
):
    bring_to(issue, "scheduled", editor)
    sent = {"publish_at_0": "2026-03-01", "publish_at_1": "06:00", "note": "印厂晚点"}
    refused = do(desk, address(issue), "reschedule", **sent)
    assert "2026年3月1日" in problems(refused)["reschedule"][0]
    text = refused.content.decode()
    assert 'value="2026-03-01"' in text
    assert "印厂晚点" in text
    missing = do(desk, address(issue), "reschedule", publish_at_0="2026-03-06")
    assert len(problems(missing)["reschedule"]) == 2
    issue.refresh_from_db()
    assert issue.publish_at == HOUR


def test_who_comes_too_late_is_told_and_changes_nothing(issue, editor, desk):
    bring_to(issue, "locked", editor)
    told = do(desk, address(issue), "lock")
    assert len(list(told.context["messages"])) == 1
    assert IssueEvent.objects.count() == 1


def test_unknown_deed_is_refused(issue, desk):
    assert desk.post(address(issue), {"deed": "print"}).status_code == 403
    assert desk.post(address(issue)).status_code == 403


@pytest.mark.parametrize("role", [*(set(Roles.values) - {"issue_editor", "administrator"}), None])
def test_strangers_see_none_of_it(role, issue, editor):
    bring_to(issue, "scheduled", editor)
    stranger = client_of(make_login(role, "stranger"))
    before = Issue.objects.values().get()
    for where in (address(issue), address(issue, "put_in"), story_address(place_of("渡口添灯"))):
        assert stranger.get(where).status_code == 403
        for deed in ("unschedule", "pull", "hold"):
            assert do(stranger, where, deed, note="改").status_code == 403
    assert Issue.objects.values().get() == before
    assert Placement.objects.count() == 2


def test_who_may_arrange_issues_but_not_schedule_them_reads_alone(issue, editor):
    reader = make_login(None, "layout")
    reader.user_permissions.set(
        permission
        for permission in editor.groups.get().permissions.all()
        if permission.codename != "schedule_issue"
    )
    desk = client_of(reader)
    assert offered(desk, address(issue)) == []
    assert offered(desk, story_address(place_of("渡口添灯"))) == []
    assert do(desk, address(issue), "lock").status_code == 403
    assert desk.get(address(issue, "put_in")).status_code == 403
    assert address(issue, "put_in") not in desk.get(address(issue)).content.decode()


class TestStory:
    def test_is_let_out_first_held_and_released(self, issue, editor, desk):
        bring_to(issue, "scheduled", editor)
        where = story_address(place_of("巷口议事"))
        assert offered(desk, where) == ["web_first", "hold", "pull"]
        do(desk, where, "web_first", publish_at_0="2026-03-04", publish_at_1="20:00")
        assert place_of("巷口议事").web == Web.FIRST
        assert str(Web.FIRST.label) in desk.get(address(issue)).content.decode()
        do(desk, where, "hold", note="先见报")
        assert place_of("巷口议事").web == Web.HELD
        assert offered(desk, where) == ["release", "web_first", "pull"]
        do(desk, where, "release")
        assert place_of("巷口议事").article.publish_at == HOUR

    def test_hour_after_the_issues_is_told_at_the_form(self, issue, editor, desk):
        bring_to(issue, "scheduled", editor)
        refused = do(
            desk,
            story_address(place_of("巷口议事")),
            "web_first",
            publish_at_0="2026-03-05",
            publish_at_1="08:00",
        )
        assert len(problems(refused)["web_first"]) == 1
        assert 'value="08:00"' in refused.content.decode()

    def test_is_pulled_and_the_page_leads_back(self, issue, editor, desk):
        bring_to(issue, "scheduled", editor)
        place = place_of("巷口议事")
        done = do(desk, story_address(place), "pull", note="核实中")
        assert done.redirect_chain[-1][0] == address(issue)
        assert "核实中" in done.content.decode()
        assert desk.get(story_address(place)).status_code == 404

    def test_public_one_can_only_be_pulled(self, issue, editor, desk, time_machine):
        bring_to(issue, "scheduled", editor)
        time_machine.move_to(HOUR, tick=False)
        assert offered(desk, story_address(place_of("巷口议事"))) == ["pull"]

    def test_of_another_issue_is_not_found(self, issue, desk):
        other = plan("社论", date=None, number=8).issue
        place = place_of("渡口添灯")
        assert desk.get(address(other, "schedule_story", place.pk)).status_code == 404

    @pytest.mark.parametrize("held", [True, False])
    def test_its_own_page_says_who_decides_its_hour(self, held, issue, editor, desk):
        bring_to(issue, "scheduled", editor)
        if held:
            appearing.hold(place_of("巷口议事"), by=editor, note="先见报")
        story = Article.objects.get(headline="巷口议事")
        shown = desk.get(reverse("admin:articles_article_publication", args=[story.pk]))
        names = {deed.name for deed, _form in shown.context["deeds"]}
        assert not names & {"publish", "schedule", "unschedule"}
        assert address(issue) in shown.content.decode()


class TestPutIn:
    def test_story_is_put_in_and_gets_the_hour(self, issue, editor, desk):
        bring_to(issue, "scheduled", editor)
        story = make_article("备用稿", publish_at=None)
        sent = {"article": story.pk, "page": issue.pages.get().pk, "role": "brief"}
        done = desk.post(address(issue, "put_in"), sent, follow=True)
        assert done.redirect_chain[-1][0] == address(issue)
        assert place_of("备用稿").article.publish_at == HOUR

    def test_what_may_not_stand_there_is_told_and_the_choice_stays(self, issue, editor, desk):
        bring_to(issue, "scheduled", editor)
        story = make_draft("没写完")
        sent = {
            "article": story.pk,
            "page": issue.pages.get().pk,
            "role": "brief",
            "note": "补一条",
        }
        refused = desk.post(address(issue, "put_in"), sent)
        assert "没写完" in refused.context["form"].non_field_errors()[0]
        assert "补一条" in refused.content.decode()
        assert f'<option value="{story.pk}" selected' in refused.content.decode()

    def test_page_of_another_issue_is_no_choice(self, issue, desk):
        other = plan("社论", date=None, number=8)
        story = make_article("备用稿", publish_at=None)
        sent = {"article": story.pk, "page": other.pk, "role": "brief"}
        assert "page" in desk.post(address(issue, "put_in"), sent).context["form"].errors

    def test_nothing_chosen_is_told_at_the_fields(self, issue, desk):
        refused = desk.post(address(issue, "put_in"), {"article": "", "role": "lead"})
        assert set(refused.context["form"].errors) == {"article", "page"}


def test_issue_with_a_record_is_not_deleted(issue, editor, desk):
    bring_to(issue, "locked", editor)
    scheduling.unlock(issue, by=editor, note="改头条")
    delete = reverse("admin:issues_issue_delete", args=[issue.pk])
    for answer in (desk.get(delete), desk.post(delete, {"post": "yes"})):
        assert answer.status_code == 200
    assert IssueEvent.objects.count() == 2


def test_locked_issues_are_not_deleted_from_the_list(issue, editor, desk):
    bring_to(issue, "locked", editor)
    sent = {"action": "delete_selected", "_selected_action": [issue.pk], "post": "yes"}
    answer = desk.post(reverse("admin:issues_issue_changelist"), sent)
    assert answer.status_code in (200, 403)
    assert Issue.objects.exists()


@pytest.mark.parametrize("count", [1, 60])
def test_page_costs_the_same_with_many_stories(count, issue, editor, desk):
    page = issue.pages.get()
    for n in range(count):
        place(make_article(f"第{n}篇", publish_at=None), page)
    bring_to(issue, "scheduled", editor)
    with CaptureQueriesContext(connection) as queries:
        desk.get(address(issue))
    assert len(queries) == 10


def test_live_issue_leads_to_the_paper(issue, editor, desk, time_machine):
    bring_to(issue, "scheduled", editor)
    assert issue.get_absolute_url() not in desk.get(address(issue)).content.decode()
    time_machine.move_to(HOUR + ONE, tick=False)
    text = desk.get(address(issue)).content.decode()
    assert issue.get_absolute_url() in text
    assert str(Stage.LIVE.label) in text
