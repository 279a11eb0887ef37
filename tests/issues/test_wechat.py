"""An issue copied for WeChat."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from issues.handover.wechat import copy_issue
from issues.models import Role
from tests.factories import (
    HIDDEN,
    make_article,
    make_draft,
    make_issue,
    make_page,
    make_photo,
    place,
)
from tests.newsroom import client_of, make_login
from tests.reading import tight

pytestmark = pytest.mark.django_db

ROOT = "https://paper.example"


@pytest.fixture
def issue():
    issue = make_issue()
    first, second = make_page(issue, "A01"), make_page(issue, "A02", "社区")
    lead = make_article("渡口添灯", body="渡口添了六盏灯。\n[图1]")
    make_photo(lead, caption="渡口")
    place(lead, first, Role.LEAD)
    other = make_article("桥头修路", body="桥头修好了路。")
    make_photo(other, caption="桥头")
    place(other, second)
    place(make_draft("还没审完", body="未定的字句。"), second)
    place(make_article("撤掉的稿", body="撤掉的字句。", **HIDDEN["withdrawn"]), second)
    return issue


def test_issue_is_copied_page_by_page_without_what_has_not_passed(issue):
    found = copy_issue(issue, root=ROOT)
    words = tight(found.copy.html)
    order = [
        "A01要闻",
        "渡口添灯",
        "渡口添了六盏灯。",
        "A02社区",
        "桥头修路",
        "桥头修好了路。",
        tight(_("Source: %(paper)s") % {"paper": settings.SITE_NAME}),
    ]
    places = [words.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)
    for text in (words, found.copy.text):
        assert "未定的字句" not in text
        assert "撤掉的字句" not in text
    assert [("还没审完" in one, "撤掉的稿" in one) for one in found.refusals] == [
        (True, False),
        (False, True),
    ]


def test_pictures_are_counted_through_the_issue(issue):
    pictures = copy_issue(issue, root=ROOT).copy.pictures
    assert [(one.number, one.story) for one in pictures] == [(1, "渡口添灯"), (2, "桥头修路")]


def test_one_code_leads_to_the_issue(issue):
    html = copy_issue(issue, root=ROOT).copy.html
    assert html.count("data:image/png") == 1
    assert f"{ROOT}{issue.get_absolute_url()}" in html


def test_story_on_two_pages_is_copied_once(issue):
    place(issue.pages.first().placements.first().article, issue.pages.last())
    assert copy_issue(issue, root=ROOT).copy.text.count("渡口添了六盏灯。") == 1


def test_issue_costs_the_same_whatever_stands_in_it(issue, django_assert_num_queries):
    with django_assert_num_queries(3):
        copy_issue(issue, root=ROOT)
    for n in range(20):
        make_photo(story := make_article(f"第{n}篇"))
        place(story, issue.pages.first())
    with django_assert_num_queries(3):
        copy_issue(issue, root=ROOT)


def test_issue_without_approved_stories_says_so():
    issue = make_issue()
    place(make_draft("还没审完"), make_page(issue))
    client = client_of(make_login("issue_editor"))
    page = client.get(reverse("admin:issues_issue_wechat", args=[issue.pk])).content.decode()
    assert "还没审完" in page
    assert "iframe" not in page
    shown = client.get(reverse("admin:issues_issue_wechat_shown", args=[issue.pk]))
    assert shown.status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("issue_editor", 200), ("final_reviewer", 403), ("correspondent", 403)]
)
def test_copy_is_for_those_who_may_see_the_issue(role, status, issue):
    client = client_of(make_login(role))
    for name in ("wechat", "wechat_shown"):
        answer = client.get(reverse(f"admin:issues_issue_{name}", args=[issue.pk]))
        assert answer.status_code == status


def test_form_of_an_issue_leads_to_its_copy(issue):
    page = client_of(make_login("issue_editor")).get(
        reverse("admin:issues_issue_change", args=[issue.pk])
    )
    assert reverse("admin:issues_issue_wechat", args=[issue.pk]) in page.content.decode()
