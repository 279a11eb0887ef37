"""Places merged or given another address: what led to them leads on, and nothing is lost."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from articles.models import Contributor
from communities import merging
from communities.models import Community, ContactPerson, FormerAddress
from tests.factories import (
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_kind,
    make_station,
)
from tests.newsroom import as_shown, client_of, errors_of, make_login
from tests.reading import links, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return make_district()


@pytest.fixture
def old(district):
    return make_community("桥头街道", within=district, level="subdistrict")


@pytest.fixture
def new(district):
    return make_community("河西街道", within=district, level="subdistrict")


@pytest.fixture
def head():
    return make_login("administrator")


def address(place):
    return reverse("admin:communities_community_change", args=[place.pk])


def merge_page(place):
    return reverse("admin:communities_community_merge", args=[place.pk])


def test_everything_moves_and_the_address_leads_on(client, old, new, head):
    child = make_community("桂花社区", within=old)
    station = make_station(community=old, kind=make_kind())
    one, both = make_article("只写了桥头"), make_article("写了两处")
    one.communities.set([old])
    both.communities.set([old, new])
    person = make_contributor(community=old)
    ContactPerson.objects.create(community=old, role="书记", name="宋玉芬", phone="0000-1")
    keeper = make_login("community_manager")
    old.managers.add(keeper)
    merging.lead_on(old, old_slug="earlier")
    was = old.get_absolute_url()

    merging.merge(old, into=new, by=head)

    assert not Community.objects.filter(name="桥头街道").exists()
    for row in (child, station):
        row.refresh_from_db()
    assert (child.parent, station.community) == (new, new)
    assert list(one.communities.all()) == list(both.communities.all()) == [new]
    assert Contributor.objects.get(pk=person.pk).community == new
    assert [str(row) for row in new.people.all()] == ["书记 宋玉芬"]
    assert list(new.managers.all()) == [keeper]
    for former in (was, "/communities/earlier/"):
        answer = client.get(former)
        assert (answer.status_code, answer.url) == (301, new.get_absolute_url())


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (lambda old, new: make_station(community=old, kind=make_kind("甲")), None),
        (
            lambda old, new: [
                make_station(community=place, kind=make_kind(place.name), slug=f"s{place.pk}")
                for place in (old, new)
            ],
            "names",
        ),
        (
            lambda old, new: [
                make_community("桂花社区", within=place, slug=f"c{place.pk}")
                for place in (old, new)
            ],
            "names",
        ),
        (lambda old, new: Community.objects.filter(pk=new.pk).update(level="town"), None),
        (
            lambda old, new: [
                make_community("桂花社区", within=old),
                Community.objects.filter(pk=new.pk).update(level="village"),
            ],
            "level",
        ),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_has_moved(prepare, code, old, new, head):
    prepare(old, new)
    if code is None:
        merging.merge(old, into=new, by=head)
        return
    with pytest.raises(ValidationError) as refused:
        merging.merge(old, into=new, by=head)
    assert refused.value.code == code
    assert Community.objects.filter(pk=old.pk).exists()
    assert not FormerAddress.objects.exists()


def test_place_is_not_merged_into_itself_or_what_lies_in_it(district, old, new, head):
    for into, code in ((old, "same"), (make_community("桂花社区", within=old), "inside")):
        with pytest.raises(ValidationError) as refused:
            merging.merge(old, into=into, by=head)
        assert refused.value.code == code


def test_who_keeps_a_part_alone_merges_nothing(old, new):
    keeper = make_login("community_manager")
    for place in (old, new):
        place.managers.add(keeper)
    with pytest.raises(ValidationError) as refused:
        merging.merge(old, into=new, by=keeper)
    assert refused.value.code == "not_kept"
    client = client_of(keeper)
    assert client.get(merge_page(old)).status_code == 403
    assert client.post(merge_page(old), {"into": new.pk}).status_code == 403
    assert merge_page(old) not in links(client.get(address(old)).content.decode())
    assert Community.objects.filter(pk=old.pk).exists()


def test_merging_on_its_page(old, new, head):
    make_station(community=old, kind=make_kind())
    client = client_of(head)
    assert merge_page(old) in links(client.get(address(old)).content.decode())
    assert "1个站点" in words(client.get(merge_page(old)).content.decode())
    answer = client.post(merge_page(old), {"into": new.pk}, follow=True)
    assert "桥头街道已并入河西街道" in words(answer.content.decode())
    history = reverse("admin:communities_community_history", args=[new.pk])
    assert "桥头街道并入" in words(client.get(history).content.decode())


def test_refusal_stands_at_the_choice(old, new, head):
    for place in (old, new):
        make_station(community=place, kind=make_kind(place.name), slug=f"s{place.pk}")
    page = client_of(head).post(merge_page(old), {"into": new.pk})
    assert "桂花驿站" in page.context["form"].errors["into"][0]
    assert Community.objects.filter(pk=old.pk).exists()


def test_changed_address_leads_on_and_may_be_taken_back(client, old, head):
    newsroom = client_of(head)
    first = old.slug
    for slug in ("second", "third", first):
        sent = as_shown(newsroom.get(address(old))) | {"slug": slug}
        response = newsroom.post(address(old), sent)
        assert response.status_code == 302, errors_of(response)
    assert client.get(f"/communities/{first}/").status_code == 200
    for former in ("second", "third"):
        answer = client.get(f"/communities/{former}/")
        assert (answer.status_code, answer.url) == (301, f"/communities/{first}/")
