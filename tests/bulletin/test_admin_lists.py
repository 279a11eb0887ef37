"""Lists that cost the same with three rows as with thirty, and can be searched and filtered."""

import datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import (
    Article,
    Byline,
    Contributor,
    MistakeReport,
    ReviewDuty,
    Section,
    Tag,
    Term,
)
from articles.search import indexing
from communities import admin_counting
from communities.models import (
    Activity,
    Amenity,
    Community,
    Holiday,
    Service,
    ServiceStation,
    StationKind,
)
from issues.models import Issue, Page, Pattern, Placement
from tests import factories
from tests.newsroom import client_of, make_login

pytestmark = pytest.mark.django_db


def make_article(n):
    section = Section.objects.create(name=f"版块{n}", slug=f"s{n}")
    filed_by = User.objects.create(username=f"u{n}")
    story = Article.objects.create(
        headline=f"稿件{n}", body="文", section=section, filed_by=filed_by
    )
    person = Contributor.objects.create(name=f"人{n}")
    Byline.objects.create(article=story, contributor=person, name=person.name, role="记者")
    return story


def make_community(n):
    above = Community.objects.create(name=f"区{n}", slug=f"d{n}", level="district")
    return Community.objects.create(
        name=f"街道{n}", slug=f"t{n}", level="subdistrict", parent=above
    )


def make_station(n):
    kind = StationKind.objects.create(name=f"类{n}", slug=f"k{n}")
    return ServiceStation.objects.create(
        name=f"站{n}", slug=f"z{n}", kind=kind, community=make_community(n)
    )


def make_activity(n):
    day = datetime.date(2026, 1, 1) + datetime.timedelta(days=n)
    return Activity.objects.create(
        title=f"活动{n}",
        kind="lecture",
        station=make_station(n),
        starts_on=day,
        starts_at=datetime.time(9),
        repeats="weekly",
        weekdays="2",
    )


def make_page(n):
    issue = Issue.objects.create(date=datetime.date(2026, 1, 1) + datetime.timedelta(days=n))
    page = Page.objects.create(issue=issue, code="A01")
    Placement.objects.create(page=page, article=make_article(n))
    return page


def make_person(n):
    return Contributor.objects.create(name=f"人{n}", community=make_community(n))


def make_duty(n):
    login = User.objects.create(username=f"d{n}")
    section = Section.objects.create(name=f"责任版块{n}", slug=f"r{n}")
    return ReviewDuty.objects.create(
        user=login, stage="first", section=section, community=make_community(n)
    )


def make_member(n):
    login = User.objects.create(username=f"m{n}")
    login.groups.add(Group.objects.create(name=f"组{n}"))
    return login


def make_holiday(n):
    day = datetime.date(2026, 1, 1) + datetime.timedelta(days=n)
    return Holiday.objects.create(name=f"假日{n}", first_on=day, last_on=day)


def make_report(n):
    story = factories.make_article(f"见报稿{n}")
    return MistakeReport.objects.create(
        article=story,
        revision=story.approved_revision,
        token=f"t{n}",
        text=f"错处{n}",
        at=factories.MORNING,
        status="answered",
        answered_by=User.objects.create(username=f"a{n}"),
        answered_at=factories.MORNING,
    )


MAKERS = {
    "articles_article": make_article,
    "articles_mistakereport": make_report,
    "articles_contributor": make_person,
    "articles_section": lambda n: Section.objects.create(name=f"栏{n}", slug=f"c{n}"),
    "articles_reviewduty": make_duty,
    "articles_term": lambda n: Term.objects.create(text=f"词{n}", kind=Term.Kind.SENSITIVE),
    "articles_tag": lambda n: Tag.objects.create(name=f"签{n}", slug=f"g{n}"),
    "issues_issue": make_page,
    "issues_page": make_page,
    "issues_pattern": lambda n: Pattern.objects.create(name=f"定例{n}", weekdays="25"),
    "communities_community": make_community,
    "communities_servicestation": make_station,
    "communities_activity": make_activity,
    "communities_stationkind": lambda n: StationKind.objects.create(name=f"类{n}", slug=f"k{n}"),
    "communities_amenity": lambda n: Amenity.objects.create(name=f"物{n}", slug=f"a{n}"),
    "communities_holiday": make_holiday,
    "communities_service": lambda n: Service.objects.create(name=f"事{n}", slug=f"s{n}"),
    "auth_user": make_member,
    "auth_group": make_member,
}


@pytest.fixture
def client():
    return client_of(make_login("administrator"))


def queries(client, model):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(reverse(f"admin:{model}_changelist"))
    assert response.status_code == 200
    return len(captured), response.context["cl"].result_count


@pytest.mark.parametrize("model", MAKERS)
def test_list_costs_the_same_with_three_rows_and_with_thirty(model, client):
    for n in range(3):
        MAKERS[model](n)
    few, before = queries(client, model)
    for n in range(3, 30):
        MAKERS[model](n)
    many, after = queries(client, model)
    assert after >= before + 27
    assert many == few


def test_every_list_of_the_admin_is_counted():
    assert {model._meta.label_lower.replace(".", "_") for model in admin.site._registry} == set(
        MAKERS
    )


@pytest.mark.parametrize(
    ("model", "query", "found"),
    [
        ("articles_article", {"q": "稿件2"}, ["稿件2"]),
        ("articles_article", {"q": "人1"}, ["稿件1"]),  # a name under the story
        ("articles_article", {"q": "没有这个"}, []),
        ("articles_article", {"status__exact": "approved"}, []),
        ("articles_article", {"genre__exact": "story"}, ["稿件2", "稿件1", "稿件0"]),
        ("communities_servicestation", {"q": "街道2"}, ["站2"]),
        ("communities_activity", {"q": "街道1"}, []),
        ("communities_activity", {"q": "站1", "when": "coming"}, ["活动1"]),
        ("communities_activity", {"when": "past"}, []),
        ("communities_community", {"level__exact": "district"}, ["区0", "区1", "区2"]),
        ("articles_contributor", {"q": "街道0"}, ["人0"]),
        ("articles_mistakereport", {"q": "见报稿2"}, ["错处2"]),
        ("articles_mistakereport", {"status__exact": "open"}, []),
        ("issues_issue", {"q": "2026-01-02"}, ["2026-01-02"]),
        ("issues_page", {"q": "2026-01"}, ["A01", "A01", "A01"]),
    ],
)
def test_list_is_searched_and_filtered(model, query, found, client):
    for n in range(3):
        MAKERS[model](n)
    response = client.get(reverse(f"admin:{model}_changelist"), query)
    assert [str(row) for row in response.context["cl"].result_list] == found


def test_logins_are_filtered_by_role(client):
    reporter = make_login("reporter")
    response = client.get(reverse("admin:auth_user_changelist"), {"role": "reporter"})
    assert list(response.context["cl"].result_list) == [reporter]


def test_row_names_its_columns_for_phones_and_marks_what_is_empty(client):
    Community.objects.create(name="甲区", slug="jia", level="district", phone="0000-1")
    page = client.get(reverse("admin:communities_community_changelist")).content.decode()
    label = Community._meta.get_field("phone").verbose_name
    assert f'data-label="{str(label).capitalize()}" class="field-phone">0000-1</td>' in page
    assert 'data-empty class="field-parent' in page


def test_index_and_menu_follow_the_working_day(client):
    apps = client.get(reverse("admin:index")).context["app_list"]
    assert [
        (app["app_label"], [model["object_name"] for model in app["models"]]) for app in apps
    ] == [
        (
            "articles",
            ["Article", "MistakeReport", "Contributor", "Section", "Tag", "Term", "ReviewDuty"],
        ),
        ("issues", ["Issue", "Page", "Pattern"]),
        (
            "communities",
            [
                *("Community", "ServiceStation", "Activity", "Holiday"),
                *("StationKind", "Amenity", "Service"),
            ],
        ),
        ("auth", ["User", "Group"]),
    ]


def test_index_offers_a_community_manager_places_alone():
    client = client_of(make_login("community_manager"))
    apps = client.get(reverse("admin:index")).context["app_list"]
    assert [app["app_label"] for app in apps] == ["communities"]


@pytest.mark.parametrize("counted", [3, 4])
def test_a_long_list_is_counted_no_further_than_anybody_leafs(counted, client, monkeypatch):
    monkeypatch.setattr(admin_counting, "COUNTED", counted)
    for n in range(4):
        Tag.objects.create(name=f"词{n}", slug=f"w{n}")
    client.force_login(User.objects.create_superuser("chief"))
    page = client.get(reverse("admin:articles_tag_changelist")).context
    assert page["cl"].result_count == counted
    html = client.get(reverse("admin:articles_tag_changelist")).content.decode()
    assert ("共 3 条以上" in html) == (counted == 3)
    # Nobody chooses all rows where their number is not known.
    assert ("action-counter" in html) == (counted == 4)


def stories_found(client, words):
    address = reverse("admin:articles_article_changelist")
    return {story.headline for story in client.get(address, {"q": words}).context["cl"].result_list}


def test_stories_are_found_wherever_they_stand():
    later = factories.MORNING + datetime.timedelta(days=40000)
    for headline, fields in {
        "路灯亮了": {"body": "巷口的桂花开了。"},
        "路灯要亮": {"body": "桂花。", "publish_at": later},
        "路灯没亮": {"publish_at": None},
    }.items():
        indexing.index([factories.make_article(headline, **fields).pk])
    draft = Article.objects.create(headline="路灯草稿", kicker="桂花巷", body="文")
    factories.sign(draft, factories.make_contributor("秦二"))
    Article.objects.create(headline="电梯草稿", body="文")
    client = client_of(make_login("administrator"))
    assert stories_found(client, "路灯") == {"路灯亮了", "路灯要亮", "路灯没亮", "路灯草稿"}
    assert stories_found(client, "桂花") == {"路灯亮了", "路灯要亮", "路灯草稿"}
    assert stories_found(client, "秦二") == {"路灯草稿"}
    assert stories_found(client, "月球") == set()
    assert len(stories_found(client, "　")) == 5


def plans_of(ask):
    """Return how the database goes about each question that is asked meanwhile."""
    with CaptureQueriesContext(connection) as queries:
        ask()
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        for query in queries:
            if '"articles_article"."status" = ' in query["sql"]:
                cursor.execute(explain + query["sql"].replace("%", "%%"))
                yield "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("name", "arguments", "query"),
    [
        ("articles_article_queue", ["first"], {}),
        ("articles_article_changelist", [], {"status__exact": "draft"}),
        ("index", [], {}),
    ],
)
def test_what_is_under_way_is_found_by_the_queues_index(name, arguments, query):
    """However many stories have been approved: not one of them is looked at."""
    if connection.vendor != "sqlite":
        # PostgreSQL reads so small a table from end to end; it sees by itself what SQLite is told.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    client = client_of(make_login("administrator"))
    plans = list(plans_of(lambda: client.get(reverse(f"admin:{name}", args=arguments), query)))
    assert any("article_awaiting" in plan for plan in plans), plans
