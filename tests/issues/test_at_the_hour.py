"""An issue and its stories appear at their hour, by the clock alone and in the same instant."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from issues import appearing, scheduling
from issues.models import Issue, IssueEvent, Placement, Role
from issues.scheduling import ScheduleError
from tests.factories import (
    make_article,
    make_community,
    make_district,
    make_issue,
    make_page,
    make_section,
    place,
)
from tests.issues.planning import DAY, HOUR, NEW_YORK, NOW, ONE, SECOND, bring_to, place_of, plan
from tests.newsroom import client_of, make_login
from tests.reading import headlines

pytestmark = pytest.mark.django_db
MILLISECOND = datetime.timedelta(milliseconds=1)


@pytest.fixture
def editor():
    return make_login("issue_editor")


@pytest.fixture
def issue(editor):
    """Scheduled, with a page and two stories that belong to a section and a place."""
    community = make_community(within=make_district())
    page = plan("渡口添灯", "巷口议事", code="A03")
    for story in Article.objects.all():
        story.section = make_section(f"版块{story.pk}")
        story.save()
        story.communities.add(community)
    return bring_to(page.issue, "scheduled", editor)


def everywhere(client, issue):
    """Return whether each place the public looks at shows the issue, or its story."""
    story = Article.objects.get(headline="渡口添灯")
    page = issue.pages.get()
    pages = {
        "home": "/",
        "issues": reverse("issues:issues"),
        "issue": issue.get_absolute_url(),
        "page": page.get_absolute_url(),
        "story": story.get_absolute_url(),
        "section": story.section.get_absolute_url(),
        "community": story.communities.get().get_absolute_url(),
    }
    found = {}
    for name, address in pages.items():
        response = client.get(address)
        text = response.content.decode()
        shown = issue.get_absolute_url() in text if name == "issues" else "渡口添灯" in text
        found[name] = response.status_code == 200 and shown
    return found


def test_everything_appears_in_the_same_instant_and_nothing_is_written(client, issue, time_machine):
    before = Issue.objects.values().get()
    for moment, shown in (
        (HOUR - SECOND, False),
        (HOUR, True),
        (HOUR + SECOND, True),
    ):
        time_machine.move_to(moment, tick=False)
        assert set(everywhere(client, issue).values()) == {shown}, moment
        assert issue.is_live() is shown
        assert Issue.objects.live().exists() is shown
    assert Issue.objects.values().get() == before
    assert not Article.objects.exclude(publish_at=HOUR).exists()


def test_server_that_was_down_at_the_hour_shows_it_when_it_is_up(client, issue, time_machine):
    time_machine.move_to(HOUR - ONE, tick=False)
    assert not any(everywhere(client, issue).values())
    time_machine.move_to(HOUR + datetime.timedelta(days=3), tick=False)
    assert all(everywhere(client, issue).values())
    assert Article.objects.get(headline="渡口添灯").publish_at == HOUR


def test_taken_off_the_schedule_it_never_appears(client, issue, editor, time_machine):
    scheduling.unschedule(issue, by=editor, note="改版", at=NOW)
    time_machine.move_to(HOUR + ONE, tick=False)
    assert not any(everywhere(client, issue).values())


def test_second_before_the_hour_it_can_still_be_stopped_and_at_the_hour_not(issue, editor):
    with pytest.raises(ScheduleError):
        scheduling.unschedule(issue, by=editor, note="改版", at=HOUR)
    scheduling.unschedule(issue, by=editor, note="改版", at=HOUR - SECOND)


@pytest.mark.parametrize("what", ["issue", "page", "home"])
def test_clock_that_runs_on_while_a_page_is_made_parts_no_issue_from_its_stories(
    what, client, issue, time_machine, monkeypatch
):
    """Whoever asks in the very instant sees the whole issue or nothing of it."""
    address = {
        "issue": issue.get_absolute_url(),
        "page": issue.pages.get().get_absolute_url(),
        "home": "/",
    }[what]
    now, seen = timezone.now, set()
    for early in range(9):
        ticks = iter(range(1000))
        time_machine.move_to(HOUR - early * MILLISECOND, tick=False)
        with monkeypatch.context() as patched:
            patched.setattr(timezone, "now", lambda ticks=ticks: now() + next(ticks) * MILLISECOND)
            response = client.get(address)
        text = response.content.decode()
        there = issue.get_absolute_url() in text and response.status_code == 200
        assert there is ("渡口添灯" in text), early
        seen.add(there)
    assert seen == {True, False}


def test_web_first_and_held_stories_at_the_hour(client, issue, editor, time_machine):
    held, first = place_of("渡口添灯"), place_of("巷口议事")
    appearing.hold(held, by=editor, note="先见报", at=NOW)
    appearing.web_first(first, by=editor, publish_at=HOUR - ONE, at=NOW)
    time_machine.move_to(HOUR - ONE, tick=False)
    assert client.get(first.article.get_absolute_url()).status_code == 200
    assert client.get(first.page.get_absolute_url()).status_code == 404
    time_machine.move_to(HOUR, tick=False)
    assert headlines(client.get(first.page.get_absolute_url()).content.decode()) == ["巷口议事"]
    assert client.get(held.article.get_absolute_url()).status_code == 404
    appearing.release(held, by=editor)
    assert client.get(held.article.get_absolute_url()).status_code == 200


def test_story_on_the_web_first_does_not_name_the_page_that_waits(
    client, issue, editor, time_machine
):
    first = place_of("巷口议事")
    appearing.web_first(first, by=editor, publish_at=HOUR - ONE, at=NOW)
    time_machine.move_to(HOUR - ONE, tick=False)
    shown = client.get(first.article.get_absolute_url()).content.decode()
    assert first.page.get_absolute_url() not in shown
    time_machine.move_to(HOUR, tick=False)
    shown = client.get(first.article.get_absolute_url()).content.decode()
    assert first.page.get_absolute_url() in shown


def test_desk_leaves_out_what_an_issue_brings_and_shows_how_far_it_is(issue, editor, time_machine):
    alone = make_article("没有上版的稿子", publish_at=None)
    planned = make_issue(DAY + datetime.timedelta(days=1), number=8, status="planning")
    place(make_article("排进下期的稿子", publish_at=None), make_page(planned))
    time_machine.move_to(NOW, tick=False)
    desk = client_of(editor)
    shown = desk.get(reverse("admin:index"))
    assert shown.context["day"].to_publish == [alone]
    stages = [row.stage() for row, _lacks in shown.context["issues_in_preparation"]]
    assert stages == ["scheduled", "planning"]
    time_machine.move_to(HOUR, tick=False)
    shown = desk.get(reverse("admin:index"))
    stages = [row.stage() for row, _lacks in shown.context["issues_in_preparation"]]
    assert stages == ["live", "planning"]


def test_list_of_stories_tells_planned_from_printed(issue, editor, time_machine):
    desk = client_of(editor)
    address = reverse("admin:articles_article_changelist")
    time_machine.move_to(NOW, tick=False)
    planned = _("%(page)s (planned)") % {"page": "3.5 A03"}
    assert planned in desk.get(address).content.decode()
    time_machine.move_to(HOUR, tick=False)
    shown = desk.get(address).content.decode()
    assert "3.5 A03" in shown
    assert planned not in shown


class TestClocksThatChange:
    """New York goes forward on 8 March 2026 (2:00 becomes 3:00) and back on 1 November."""

    @pytest.fixture(autouse=True)
    def _new_york(self, settings):
        settings.TIME_ZONE = "America/New_York"

    def page(self, day):
        page = plan("渡口添灯", date=day)
        make_page(make_issue(day - datetime.timedelta(days=40), number=8), "A09")
        return page

    def send(self, issue, editor, day, hour):
        sent = {
            "deed": "schedule",
            "schedule-publish_at_0": day,
            "schedule-publish_at_1": hour,
        }
        return client_of(editor).post(
            reverse("admin:issues_issue_schedule", args=[issue.pk]), sent, follow=True
        )

    @pytest.mark.parametrize(
        ("day", "hour", "utc"),
        [
            ("2026-03-08", "01:59", "2026-03-08 06:59"),
            ("2026-03-08", "03:00", "2026-03-08 07:00"),
            ("2026-11-01", "00:59", "2026-11-01 04:59"),
            ("2026-11-01", "02:00", "2026-11-01 07:00"),
        ],
    )
    def test_hour_is_read_by_the_newsrooms_clock(
        self, day, hour, utc, client, editor, time_machine
    ):
        issue = self.page(datetime.date.fromisoformat(day)).issue
        moment = datetime.datetime.fromisoformat(f"{utc}+00:00")
        time_machine.move_to(moment - 12 * ONE, tick=False)
        scheduling.lock(issue, by=editor)
        self.send(issue, editor, day, hour)
        issue.refresh_from_db()
        assert issue.publish_at == moment
        local = moment.astimezone(NEW_YORK)
        assert (f"{local:%Y-%m-%d}", f"{local:%H:%M}") == (day, hour)
        for shift, status in ((-SECOND, 404), (0 * SECOND, 200), (SECOND, 200)):
            time_machine.move_to(moment + shift, tick=False)
            assert client.get(issue.get_absolute_url()).status_code == status
            assert Article.objects.published().exists() is (status == 200)

    @pytest.mark.parametrize(
        ("day", "hour", "said"),
        [
            ("2026-03-08", "02:30", "skipped"),
            ("2026-03-08", "02:00", "skipped"),
            ("2026-11-01", "01:00", "twice"),
            ("2026-11-01", "01:59", "twice"),
        ],
    )
    def test_hour_that_is_no_moment_or_two_is_refused_in_words(
        self, day, hour, said, editor, time_machine
    ):
        issue = self.page(datetime.date.fromisoformat(day)).issue
        time_machine.move_to(f"{day} 00:00:00+00:00", tick=False)
        scheduling.lock(issue, by=editor)
        answer = self.send(issue, editor, day, hour)
        form = {deed.name: form for deed, form in answer.context["deeds"]}["schedule"]
        field = form.fields["publish_at"]
        assert form.errors["publish_at"] == [str(field.error_messages[said])]
        text = answer.content.decode()
        assert f'value="{day}"' in text
        assert f'value="{hour}"' in text
        issue.refresh_from_db()
        assert (issue.status, IssueEvent.objects.count()) == ("locked", 1)

    def test_hours_between_are_true_hours(self, editor, time_machine):
        """Twelve hours from the evening before the change lie at another time of the clock."""
        issue = self.page(datetime.date(2026, 3, 8)).issue
        evening = datetime.datetime(2026, 3, 7, 20, 0, tzinfo=NEW_YORK)
        time_machine.move_to(evening, tick=False)
        scheduling.lock(issue, by=editor)
        scheduling.schedule(
            issue, by=editor, publish_at=datetime.datetime(2026, 3, 8, 8, 0, tzinfo=NEW_YORK)
        )
        time_machine.shift(11 * ONE - SECOND)
        assert not issue.is_live()
        time_machine.shift(SECOND)
        assert issue.is_live()
        assert Placement.objects.public().count() == 1


def test_lead_of_a_live_issue_leads_home(client, issue, time_machine):
    make_article("网上的新稿", publish_at=HOUR + ONE)
    time_machine.move_to(HOUR + 2 * ONE, tick=False)
    assert headlines(client.get("/").content.decode())[0] == "渡口添灯"
    assert place_of("渡口添灯").role == Role.LEAD
