"""An issue for other systems."""

import pytest
from django.urls import reverse

from issues.models import Role
from tests.factories import (
    HIDDEN,
    THAT_DAY,
    UNRELEASED,
    make_article,
    make_contributor,
    make_issue,
    make_page,
    place,
    sign,
)
from tests.newsroom import make_login
from tests.ninjs import breaches

pytestmark = pytest.mark.django_db

ADDRESS = reverse("issues:issue_json", args=[THAT_DAY])


@pytest.fixture
def issue():
    issue = make_issue()
    story = make_article("渡口添灯", kicker="小事办好")
    sign(story, make_contributor("林小舟"))
    place(story, make_page(issue, "A01"), Role.LEAD)
    place(make_article("还没审完", **HIDDEN["draft"]), make_page(issue, "A02", "社区"))
    place(make_article("撤掉的稿", **HIDDEN["withdrawn"]), issue.pages.last())
    return issue


def told(client):
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    return response.json()


def test_issue_keeps_to_the_standard(client, issue):
    assert breaches(told(client)) == []


def test_issue_lists_its_pages_and_on_them_what_the_public_sees(client, issue):
    found = told(client)
    assert found["uri"] == f"http://testserver{issue.get_absolute_url()}"
    assert (found["type"], found["pubstatus"]) == ("composite", "usable")
    first, second = found["associations"]
    assert (first["name"], first["slugline"], second["slugline"]) == ("A01 要闻", "A01", "A02")
    [story] = first["associations"]
    assert (story["name"], story["by"], story["profile"]) == ("渡口添灯", "通讯员 林小舟", "lead")
    assert "associations" not in second
    whole = client.get(story["renditions"][0]["href"]).json()
    assert (whole["uri"], whole["headlines"]) == (story["uri"], story["headlines"])


@pytest.mark.parametrize("why", UNRELEASED)
def test_issue_the_public_does_not_see_is_not_there(why, client):
    make_page(make_issue(**UNRELEASED[why]))
    assert client.get(ADDRESS).status_code == 404
    client.force_login(make_login("administrator"))
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("day", ["2024-02-30", "1999-01-01"])
def test_day_without_an_issue_is_not_there(day, client):
    assert client.get(f"/issues/{day}.json").status_code == 404


def test_issue_costs_the_same_whatever_stands_in_it(client, issue, django_assert_num_queries):
    with django_assert_num_queries(5):
        told(client)
    for n in range(20):
        sign(story := make_article(f"第{n}篇"), make_contributor(f"人{n}"))
        place(story, issue.pages.first())
    with django_assert_num_queries(5):
        told(client)


def test_page_of_an_issue_leads_to_it(client, issue):
    html = client.get(issue.get_absolute_url()).content.decode()
    link = f'<link rel="alternate" type="application/json" href="http://testserver{ADDRESS}">'
    assert link in html
