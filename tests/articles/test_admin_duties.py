"""Who reviews what, as an administrator says it."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import ReviewDuty
from tests.articles.desk import make_people
from tests.factories import make_community, make_district, make_section
from tests.newsroom import client_of, errors_of, make_login

pytestmark = pytest.mark.django_db
ADD = reverse("admin:articles_reviewduty_add")
LIST = reverse("admin:articles_reviewduty_changelist")


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def chief():
    return make_login("administrator", "chief")


def give(login, user, stage="first", section="", community=""):
    sent = {"user": user.pk, "stage": stage, "section": section, "community": community}
    return client_of(login).post(ADD, sent)


def test_duty_is_given_for_a_section_and_a_place(people, chief):
    section, place = make_section("要闻"), make_community(within=make_district())
    give(chief, people.first, section=section.pk, community=place.pk)
    duty = ReviewDuty.objects.get()
    assert (duty.user, duty.stage) == (people.first, "first")
    assert (duty.section, duty.community) == (section, place)
    shown = client_of(chief).get(LIST).content.decode()
    assert f"{section}、{place}" in shown


def test_duty_for_everything_is_given_once(people, chief):
    give(chief, people.first)
    refused = give(chief, people.first)
    assert errors_of(refused) == {"user": [_("This duty has been given already.")]}
    assert ReviewDuty.objects.count() == 1
    assert _("everything") in client_of(chief).get(LIST).content.decode()


def test_duty_needs_the_right_to_the_review(people, chief):
    refused = give(chief, people.first, stage="final")
    wanted = _("%(who)s has no right to this review.") % {"who": "first"}
    assert errors_of(refused) == {"user": [wanted]}
    assert not ReviewDuty.objects.exists()


def test_those_alone_are_offered_who_review(people, chief):
    shown = client_of(chief).get(ADD)
    offered = shown.context["adminform"].form.fields["user"].queryset
    assert set(offered) == {people.first, people.second, people.final, chief}


@pytest.mark.parametrize("who", ["writer", "first", "final", "editor"])
def test_duties_are_the_administrators_to_give(who, people):
    login = getattr(people, who)
    assert client_of(login).get(LIST).status_code == 403
    assert give(login, people.first).status_code == 403
