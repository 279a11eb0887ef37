"""Every address of the admin, for every role and for a stranger."""

import datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from articles.models import (
    Article,
    Contributor,
    MistakeReport,
    ReviewDuty,
    Section,
    Tag,
    Term,
)
from bulletin.roles import Role
from communities.models import (
    Activity,
    Amenity,
    Community,
    Holiday,
    Service,
    ServiceStation,
    StationKind,
)
from issues.models import Issue, Page, Pattern
from tests.factories import MORNING, make_article
from tests.newsroom import client_of, make_login

pytestmark = pytest.mark.django_db

PAGES = ("list", "add", "change", "history", "delete")
# For each model the answers to list, add, change, history, delete. A page that only shows is
# a 200 as well; 302 on change leads away from what is not there for this person.
ALL, SHOWN, NONE = "200 200 200 200 200", "200 403 200 200 403", "403 403 403 403 403"
# Django looks for the row before it asks for the right: whose it is not finds none.
NO_SUCH = "403 403 403 302 403"
EDITED = "200 200 200 200 403"
CHANGED = "200 403 200 200 403"
# Of the stories one has filed alone.
OTHERS = "200 403 302 302 403"
EXPECTED = {
    "correspondent": {
        "own draft": EDITED,
        "own approved": EDITED,
        "other's draft": "200 200 302 302 403",
        "other's approved": "200 200 302 302 403",
        "mistakereport": OTHERS,
        "contributor": SHOWN,
        "section": SHOWN,
        "tag": EDITED,
        "reviewduty": NONE,
        "term": NONE,
        "issue": NONE,
        "page": NONE,
        "pattern": NONE,
        "community": SHOWN,
        "servicestation": SHOWN,
        "activity": SHOWN,
        "stationkind": NONE,
        "amenity": NONE,
        "service": NONE,
        "holiday": NONE,
        "user": NONE,
        "group": NONE,
    },
    "community_manager": {
        "own draft": NONE,
        "own approved": NONE,
        "other's draft": NO_SUCH,
        "other's approved": NO_SUCH,
        "mistakereport": NO_SUCH,
        "contributor": NONE,
        "section": NONE,
        "tag": NONE,
        "reviewduty": NONE,
        "term": NONE,
        "issue": NONE,
        "page": NONE,
        "pattern": NONE,
        "community": CHANGED,
        "servicestation": ALL,
        "activity": ALL,
        "stationkind": SHOWN,
        "amenity": SHOWN,
        "service": SHOWN,
        "holiday": SHOWN,
        "user": NONE,
        "group": NONE,
    },
    "administrator": {
        # A story is discarded, never deleted.
        "own draft": EDITED,
        "own approved": EDITED,
        "other's draft": EDITED,
        "other's approved": EDITED,
        "mistakereport": CHANGED,
        "contributor": ALL,
        "section": ALL,
        "tag": ALL,
        "reviewduty": ALL,
        "term": ALL,
        "issue": ALL,
        "page": ALL,
        "pattern": ALL,
        "community": ALL,
        "servicestation": ALL,
        "activity": ALL,
        "stationkind": ALL,
        "amenity": ALL,
        "service": ALL,
        "holiday": ALL,
        "user": ALL,
        "group": "200 200 200 200 403",  # a role is shown, never deleted
    },
}
EXPECTED["reporter"] = EXPECTED["correspondent"] | {"contributor": EDITED}
EXPECTED["first_reviewer"] = EXPECTED["reporter"] | {
    "other's draft": EDITED,
    "other's approved": EDITED,
    "term": SHOWN,
}
EXPECTED["second_reviewer"] = EXPECTED["first_reviewer"]
EXPECTED["final_reviewer"] = EXPECTED["first_reviewer"] | {
    "term": ALL,
    "mistakereport": CHANGED,
}
EXPECTED["issue_editor"] = EXPECTED["first_reviewer"] | {
    "issue": ALL,
    "page": ALL,
    "pattern": ALL,
    "term": NONE,
    "mistakereport": CHANGED,
}
EXPECTED["nobody"] = dict.fromkeys(EXPECTED["correspondent"], NONE) | {
    "other's draft": NO_SUCH,
    "other's approved": NO_SUCH,
    "mistakereport": NO_SUCH,
    "community": NO_SUCH,
    "servicestation": NO_SUCH,
    "activity": NO_SUCH,
}
EXPECTED["anonymous"] = dict.fromkeys(EXPECTED["correspondent"], "302 302 302 302 302")

# (app, model, field) a choice belongs to: the roles whose typing there is answered.
DESK = {"correspondent", "reporter", "first_reviewer", "second_reviewer", "final_reviewer"}
DESK |= {"issue_editor", "administrator"}
SUGGESTIONS = {
    ("articles", "byline", "contributor"): DESK,
    ("articles", "article", "communities"): DESK | {"community_manager"},
    ("articles", "article", "stations"): DESK | {"community_manager"},
    ("articles", "article", "activities"): DESK | {"community_manager"},
    ("articles", "contributor", "community"): DESK | {"community_manager"},
    ("articles", "contributor", "user"): {"administrator"},
    ("issues", "placement", "article"): DESK,
    ("issues", "page", "issue"): {"issue_editor", "administrator"},
    ("communities", "community", "parent"): DESK | {"community_manager"},
    ("communities", "servicestation", "community"): DESK | {"community_manager"},
    ("communities", "activity", "community"): DESK | {"community_manager"},
    ("communities", "activity", "station"): DESK | {"community_manager"},
    ("communities", "stationservice", "service"): {"community_manager", "administrator"},
    ("communities", "servicestation", "kind"): {"community_manager", "administrator"},
    ("articles", "article", "filed_by"): {"administrator"},
}
ROLES = [*Role.values, "nobody", "anonymous"]


@pytest.fixture
def newsroom():
    """One of everything, and who is who."""
    logins = {role: make_login(role) for role in Role.values} | {"nobody": make_login()}
    other = make_login("correspondent", "someone.else")
    district = Community.objects.create(name="甲区", slug="jia", level="district")
    district.managers.add(logins["community_manager"])
    kind = StationKind.objects.create(name="驿站", slug="yizhan")
    issue = Issue.objects.create(date=datetime.date(2026, 3, 3))
    rows = {
        "contributor": Contributor.objects.create(name="张三"),
        "section": Section.objects.create(name="要闻", slug="yaowen"),
        "tag": Tag.objects.create(name="议事", slug="yishi"),
        "reviewduty": ReviewDuty.objects.create(user=logins["first_reviewer"], stage="first"),
        "issue": issue,
        "page": Page.objects.create(issue=issue, code="A01"),
        "pattern": Pattern.objects.create(name="周二版", weekdays="2"),
        "community": district,
        "servicestation": ServiceStation.objects.create(
            name="乙站", slug="yi", kind=kind, community=district
        ),
        "activity": Activity.objects.create(
            title="义诊",
            kind="clinic",
            community=district,
            starts_on=datetime.date(2026, 3, 3),
            starts_at=datetime.time(9),
        ),
        "stationkind": kind,
        "amenity": Amenity.objects.create(name="热水", slug="reshui"),
        "service": Service.objects.create(name="居住证申领", slug="juzhuzheng"),
        "holiday": Holiday.objects.create(
            name="元旦", first_on=datetime.date(2027, 1, 1), last_on=datetime.date(2027, 1, 1)
        ),
        "user": other,
        "group": Group.objects.get(name="reporter"),
        "term": Term.objects.create(text="钉子户", kind=Term.Kind.SENSITIVE),
        "other's draft": Article.objects.create(headline="别人的草稿", body="文", filed_by=other),
        "other's approved": make_article("别人的见报稿", filed_by=other, publish_at=None),
    }
    story = rows["other's approved"]
    rows["mistakereport"] = MistakeReport.objects.create(
        article=story, revision=story.approved_revision, token="t", text="错了。", at=MORNING
    )
    return logins, rows


def rows_of(role, logins, rows):
    """The rows with the stories this person has filed."""
    login = logins.get(role)
    return rows | {
        "own draft": Article.objects.create(headline="自己的草稿", body="文", filed_by=login),
        "own approved": make_article("自己的见报稿", filed_by=login, publish_at=None),
    }


def address(row, page):
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_"
    if page in ("list", "add"):
        return reverse(name + {"list": "changelist", "add": "add"}[page])
    return reverse(name + page, args=[row.pk])


def browser(role, logins):
    return Client() if role == "anonymous" else client_of(logins[role])


@pytest.mark.parametrize("role", ROLES)
def test_pages_answer_as_the_table_says(role, newsroom):
    logins, rows = newsroom
    client, rows = browser(role, logins), rows_of(role, logins, rows)
    answers = {
        what: " ".join(str(client.get(address(row, page)).status_code) for page in PAGES)
        for what, row in rows.items()
    }
    assert answers == EXPECTED[role]


@pytest.mark.parametrize("role", ROLES)
def test_typing_into_a_choice_is_answered_as_the_table_says(role, newsroom):
    logins, _rows = newsroom
    client = browser(role, logins)
    answered = set()
    for source in SUGGESTIONS:
        names = dict(zip(("app_label", "model_name", "field_name"), source, strict=True))
        response = client.get(reverse("admin:autocomplete"), {**names, "term": ""})
        assert (
            response.status_code == 302
            if role == "anonymous"
            else response.status_code in (200, 403)
        )
        if response.status_code == 200:
            answered.add(source)
    assert answered == {source for source, roles in SUGGESTIONS.items() if role in roles}


def test_table_covers_every_model_of_the_admin():
    covered = {
        *("article", "contributor", "section", "tag", "issue", "page", "community"),
        *("servicestation", "stationkind", "amenity", "user", "group", "reviewduty", "term"),
        *("pattern", "service", "holiday", "activity", "mistakereport"),
    }
    assert {model._meta.model_name for model in admin.site._registry} == covered


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_changed_by_a_post_from_those_who_may_not(role, newsroom):
    """Each form that the table refuses refuses to be sent, too."""
    logins, rows = newsroom
    client, rows = browser(role, logins), rows_of(role, logins, rows)
    for what, row in rows.items():
        answers = dict(zip(PAGES, EXPECTED[role][what].split(), strict=True))
        shown_only = answers["add"] == "403" and what not in ("community", "mistakereport")
        for page in ("add", "change", "delete"):
            refused = answers[page] != "200" or (page == "change" and shown_only)
            if not refused:
                continue
            response = client.post(address(row, page), {"name": "改了", "post": "yes"})
            assert response.status_code in (302, 403), (what, page)
            if response.status_code == 302:
                assert response.url in (reverse("admin:index"),) or "/login/" in response.url
            assert type(row).objects.get(pk=row.pk) is not None
        row.refresh_from_db()
        assert getattr(row, "name", "") != "改了"


def test_lists_and_suggestions_show_a_correspondent_nothing_of_others(newsroom):
    logins, rows = newsroom
    rows = rows_of("correspondent", logins, rows)
    client = client_of(logins["correspondent"])
    page = client.get(reverse("admin:articles_article_changelist")).content.decode()
    assert "自己的草稿" in page
    assert "自己的见报稿" in page
    assert "别人的" not in page
    names = {"app_label": "issues", "model_name": "placement", "field_name": "article"}
    found = client.get(reverse("admin:autocomplete"), {**names, "term": "的"}).json()["results"]
    assert {int(row["id"]) for row in found} == {rows["own draft"].pk, rows["own approved"].pk}


def test_forms_sent_empty_or_maimed_are_answered_and_change_nothing(newsroom):
    logins, rows = newsroom
    client = client_of(logins["administrator"])
    for what, row in rows.items():
        if what == "group":
            continue
        before = type(row).objects.filter(pk=row.pk).values().get()
        count = type(row).objects.count()
        for page in ("add", "change"):
            for sent in ({}, {"bylines-TOTAL_FORMS": "x"}, {"placements-TOTAL_FORMS": "-1"}):
                closed = "approved" in what if page == "change" else what == "mistakereport"
                answer = client.post(address(row, page), sent).status_code
                assert answer == (403 if closed else 200), (what, page)
        assert type(row).objects.filter(pk=row.pk).values().get() == before
        assert type(row).objects.count() == count


def test_odd_questions_are_answered(newsroom):
    logins, _rows = newsroom
    client = client_of(logins["administrator"])
    names = {"app_label": "issues", "model_name": "placement", "field_name": "article"}
    for term in ("\x00", "'", "%", "稿" * 2000):
        assert client.get(reverse("admin:autocomplete"), {**names, "term": term}).status_code == 200
        listed = client.get(reverse("admin:articles_article_changelist"), {"q": term})
        assert listed.status_code == 200
    for key in ("0", "x", "9" * 30, "-1"):
        answer = client.get(reverse("admin:articles_article_change", args=[key]))
        assert (answer.status_code, answer.url) == (302, reverse("admin:index"))
