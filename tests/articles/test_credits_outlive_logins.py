"""Names under stories stay as printed, whatever becomes of the people's logins and records."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles import revisions
from tests.articles.desk import advance, file_story, make_people
from tests.factories import make_article, make_contributor, sign
from tests.newsroom import as_shown, client_of, make_login

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make_login("administrator", "root")


def shown(client, story):
    return client.get(story.get_absolute_url()).content.decode()


def test_renaming_a_contributor_changes_no_page(administrator, client):
    person = make_contributor("林小舟")
    story = make_article()
    sign(story, person, "全媒体记者")
    address = reverse("admin:articles_contributor_change", args=[person.pk])
    desk = client_of(administrator)
    assert desk.post(address, as_shown(desk.get(address)) | {"name": "林晚舟"}).status_code == 302
    assert "林小舟" in shown(client, story)
    assert "林晚舟" not in shown(client, story)


def test_contributor_with_bylines_is_not_deleted(administrator, client):
    person = make_contributor("林小舟")
    story = make_article()
    sign(story, person)
    address = reverse("admin:articles_contributor_delete", args=[person.pk])
    client_of(administrator).post(address, {"post": "yes"})
    assert "林小舟" in shown(client, story)
    person.refresh_from_db()


def test_removing_a_login_changes_no_page(administrator, client):
    login = make_login("correspondent", "leaving")
    person = make_contributor("林小舟", user=login)
    story = make_article(filed_by=None)
    sign(story, person)
    address = reverse("admin:auth_user_delete", args=[login.pk])
    client_of(administrator).post(address, {"post": "yes"})
    assert not User.objects.filter(pk=login.pk).exists()
    assert "林小舟" in shown(client, story)


def test_login_that_stands_on_record_is_switched_off_instead_of_removed(administrator):
    people = make_people()
    story = advance(file_story(people), people, "public")
    desk = client_of(administrator)
    address = reverse("admin:auth_user_delete", args=[people.first.pk])
    page = desk.get(address)
    assert page.status_code == 200
    assert page.context["protected"]
    desk.post(address, {"post": "yes"})
    change = reverse("admin:auth_user_change", args=[people.first.pk])
    sent = as_shown(desk.get(change))
    del sent["is_active"]
    assert desk.post(change, sent).status_code == 302
    people.first.refresh_from_db()
    assert not people.first.is_active
    assert story.reviews.filter(by=people.first).exists()
    assert revisions.is_on_record(story)
