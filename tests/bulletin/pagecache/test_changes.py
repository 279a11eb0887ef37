"""What moves the content's version, and what does not."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from articles.models import Article, Photo, Section, Status, gate
from bulletin.models import ContentChange
from bulletin.pagecache import changes
from bulletin.pagecache.version import content_number, next_moment
from communities.models import OpeningHours, ServiceStation
from issues.models import Placement, Stage
from tests.factories import (
    LONG_AFTER,
    MORNING,
    SHANGHAI,
    make_activity,
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_draft,
    make_issue,
    make_kind,
    make_page,
    make_photo,
    make_section,
    make_station,
    place,
    sign,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def moved():
    """Return a function that says whether the version has moved since it was last asked."""
    last = [content_number("default")]

    def ask() -> bool:
        before, last[0] = last[0], content_number("default")
        return before != last[0]

    return ask


def test_every_watched_table_has_its_trigger_after_migrating_and_again():
    for _ in range(2):
        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                    "WHERE tgname = %s",
                    [changes.NAME],
                )
            else:
                cursor.execute("SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'")
            found = {table for (table,) in cursor.fetchall()}
        assert {one.table for one in changes.WATCHED} <= found


def test_trigger_that_somebody_dropped_comes_back(moved):
    table = Section._meta.db_table
    name = f"{changes.NAME}_{table}_insert" if connection.vendor == "sqlite" else changes.NAME
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}")
        )
    make_section("要闻")
    assert not moved()
    call_command("migrate", verbosity=0)
    make_section("民生")
    assert moved()


def test_published_story_and_all_that_belongs_to_it_move_the_version(moved):
    story = make_article()
    assert moved()
    Article.objects.filter(pk=story.pk).move(headline="巷口的灯亮了")
    assert moved()
    sign(story, make_contributor())
    assert moved()
    photo = make_photo(story)
    assert moved()
    with gate.opened():
        Photo.objects.filter(pk=photo.pk).update(caption="夜路不黑")
    assert moved()
    story.tags.add("路灯")
    assert moved()
    story.communities.add(make_community(within=make_district()))
    assert moved()
    Article.objects.filter(pk=story.pk).move(
        status=Status.WITHDRAWN, withdrawn_at=MORNING, withdrawal_reason="照片用错了。"
    )
    assert moved()


def test_story_that_waits_for_its_hour_moves_the_version_when_it_is_approved(moved):
    make_article(publish_at=LONG_AFTER)
    assert moved()


def test_drafts_move_nothing(moved):
    draft = make_draft()
    community, contributor = make_community(within=make_district()), make_contributor()
    moved()
    Article.objects.filter(pk=draft.pk).move(source="区报")
    sign(draft, contributor)
    make_photo(draft)
    draft.communities.add(community)
    assert not moved()


def test_places_and_activities_move_the_version(moved):
    community = make_community(within=make_district())
    station = make_station(community=community, kind=make_kind())
    assert moved()
    ServiceStation.objects.filter(pk=station.pk).update(phone="010-5550100")
    assert moved()
    OpeningHours.objects.create(station=station, weekday=1, opens_at="09:00", closes_at="17:00")
    assert moved()
    make_activity(community=community)
    assert moved()
    station.delete()
    assert moved()


def test_planning_an_issue_moves_nothing_until_it_is_scheduled(moved):
    story = make_article()
    issue = make_issue(status=Stage.PLANNING, publish_at=None)
    moved()
    page = make_page(issue)
    placement = place(story, page)
    Placement.objects.filter(pk=placement.pk).update(position=7)
    assert not moved()


def test_issue_that_is_out_moves_the_version_with_its_pages(moved):
    issue = make_issue()
    assert moved()
    page = make_page(issue)
    assert moved()
    place(make_article(), page)
    assert moved()


def test_what_is_rolled_back_moves_nothing_and_the_next_change_is_seen(moved):
    section = make_section()
    moved()
    with transaction.atomic():
        Section.objects.filter(pk=section.pk).update(name="民生")
        transaction.set_rollback(True)
    assert not moved()
    with transaction.atomic():
        with transaction.atomic():
            Section.objects.filter(pk=section.pk).update(name="民生")
            transaction.set_rollback(True)
        Section.objects.filter(pk=section.pk).update(name="社区")
    assert moved()


def test_raw_sql_is_seen(moved):
    make_section()
    moved()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_section SET name = '民生'")
    assert moved()


def test_record_of_changes_stays_short(moved):
    if connection.vendor == "postgresql":
        many = 2 * changes.REMEMBERED - 1
        ContentChange.objects.all().delete()
        ContentChange.objects.bulk_create(
            ContentChange(transaction=number, number=number) for number in range(1, many + 1)
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(%s, %s)", [changes.SEQUENCE, many])
    moved()
    make_section("要闻")
    assert moved()
    make_section("民生")
    assert moved()
    assert ContentChange.objects.count() <= changes.REMEMBERED + 1


def test_next_moment_is_the_first_of_what_is_set():
    now = datetime.datetime(2024, 3, 4, 12, tzinfo=SHANGHAI)
    midnight = datetime.datetime(2024, 3, 5, tzinfo=SHANGHAI)
    hour = datetime.timedelta(hours=1)
    assert next_moment("default", now) == midnight
    make_article(publish_at=now - hour)
    make_draft(expires_at=now + hour)
    assert next_moment("default", now) == midnight
    make_article(expires_at=now + 3 * hour)
    assert next_moment("default", now) == now + 3 * hour
    make_article(publish_at=now + 2 * hour)
    assert next_moment("default", now) == now + 2 * hour
    make_issue(publish_at=now + hour)
    assert next_moment("default", now) == now + hour
    assert next_moment("default", now + 3 * hour) == midnight
