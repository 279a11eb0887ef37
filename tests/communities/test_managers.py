"""Community managers: they keep the stations of their places, and of no others."""

import pytest
from django.contrib import admin
from django.urls import reverse

from communities.models import Community, ServiceStation
from tests.factories import make_community, make_district, make_kind, make_station
from tests.newsroom import as_shown, client_of, errors_of, make_login

pytestmark = pytest.mark.django_db
ADD = reverse("admin:communities_servicestation_add")
LIST = reverse("admin:communities_servicestation_changelist")


@pytest.fixture
def places():
    """Two streets of a district, a community in the first; a station in each."""
    district = make_district()
    street = make_community("桥头街道", within=district, level="subdistrict")
    other = make_community("河西街道", within=district, level="subdistrict")
    inner = make_community("桂花社区", within=street)
    kind = make_kind()
    return {
        "street": street,
        "inner": inner,
        "other": other,
        "of street": make_station("桥头驿站", community=street, kind=kind),
        "of inner": make_station("桂花驿站", community=inner, kind=kind),
        "of other": make_station("河西驿站", community=other, kind=kind),
    }


@pytest.fixture
def keeper(places):
    login = make_login("community_manager")
    places["street"].managers.add(login)
    return login


def change(row):
    return reverse(f"admin:communities_{row._meta.model_name}_change", args=[row.pk])


def suggested(client, model, field):
    names = {"app_label": "communities", "model_name": model, "field_name": field, "term": ""}
    found = client.get(reverse("admin:autocomplete"), names).json()["results"]
    return {int(row["id"]) for row in found}


def test_keeper_of_a_street_keeps_what_lies_in_it(keeper, places):
    kept = ServiceStation.objects.managed_by(keeper)
    assert set(kept) == {places["of street"], places["of inner"]}
    assert set(Community.objects.managed_by(keeper)) == {places["street"], places["inner"]}


def test_lists_suggestions_and_addresses_hold_to_it(keeper, places):
    client = client_of(keeper)
    shown = client.get(LIST).content.decode()
    assert "桂花驿站" in shown
    assert "河西驿站" not in shown
    assert suggested(client, "servicestation", "community") == {
        places["street"].pk,
        places["inner"].pk,
    }
    for kept in ("street", "inner", "of street", "of inner"):
        assert client.get(change(places[kept])).status_code == 200
    for name in ("other", "of other"):
        row = places[name]
        for page in ("change", "delete", "history"):
            address = reverse(f"admin:communities_{row._meta.model_name}_{page}", args=[row.pk])
            assert client.get(address).status_code in (302, 403), page
            assert client.post(address, {"post": "yes"}).status_code in (302, 403), page
    assert ServiceStation.objects.count() == 3


def test_keeper_changes_a_station_and_cannot_put_it_elsewhere(keeper, places):
    client = client_of(keeper)
    station = places["of inner"]
    sent = as_shown(client.get(change(station))) | {"phone": "0561-880012"}
    assert client.post(change(station), sent).status_code == 302
    page = client.post(change(station), sent | {"community": places["other"].pk})
    assert list(errors_of(page)) == ["community"]
    station.refresh_from_db()
    assert (station.phone, station.community) == ("0561-880012", places["inner"])


def test_keeper_adds_a_station_to_their_own_place_alone(keeper, places):
    client = client_of(keeper)
    sent = as_shown(client.get(ADD)) | {"name": "新驿站", "kind": places["of inner"].kind.pk}
    refused = client.post(ADD, sent | {"community": places["other"].pk})
    assert list(errors_of(refused)) == ["community"]
    assert client.post(ADD, sent | {"community": places["inner"].pk}).status_code == 302


def test_keeper_cannot_delete_a_strangers_station_among_several(keeper, places):
    chosen = [places["of inner"].pk, places["of other"].pk]
    sent = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    client_of(keeper).post(LIST, sent)
    assert ServiceStation.objects.filter(pk=places["of other"].pk).exists()


def test_keeper_cannot_rename_move_or_give_away_their_place(keeper, places):
    client = client_of(keeper)
    place = places["inner"]
    sent = as_shown(client.get(change(place))) | {"intro": "桂花开了。"}
    forged = {
        "name": "别的社区",
        "parent": places["other"].pk,
        "managers": [keeper.pk],
        "slug": "x",
    }
    assert client.post(change(place), sent | forged).status_code == 302
    place.refresh_from_db()
    assert (place.name, place.parent, place.slug) == (
        "桂花社区",
        places["street"],
        "gui-hua-she-qu",
    )
    assert place.intro == "桂花开了。"
    assert not place.managers.exists()


def test_administrator_says_who_keeps_a_place(keeper, places):
    client = client_of(make_login("administrator"))
    sent = as_shown(client.get(change(places["other"]))) | {"managers": [keeper.pk]}
    assert client.post(change(places["other"]), sent).status_code == 302
    assert list(places["other"].managers.all()) == [keeper]
    assert "community" in {model._meta.model_name for model in admin.site._registry}


def test_correspondent_sees_every_place_to_write_about(places):
    client = client_of(make_login("correspondent"))
    assert len(suggested(client, "servicestation", "community")) == Community.objects.count()
