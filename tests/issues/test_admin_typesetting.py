"""Pages set in type in the newsroom: looked over, taken, thrown away, stories turned."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from bulletin.roles import Role as Login
from issues.models import PageArea, PageProof, PressSheet, Role
from tests.factories import make_article, make_issue, make_page, place
from tests.issues.typesetting_pages import prose
from tests.newsroom import client_of, make_login
from tests.reading import links, words

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client():
    return client_of(make_login("issue_editor"))


@pytest.fixture
def page():
    page = make_page(make_issue(), "A02")
    place(make_article(body=prose(8)), page, Role.LEAD)
    return page


def at(page, name="", *more):
    name = f"_{name}" if name else ""
    return reverse(f"admin:issues_page_typeset{name}", args=[page.pk, *more])


def test_the_form_of_a_page_leads_here(client, page):
    change = reverse("admin:issues_page_change", args=[page.pk])
    assert at(page) in links(client.get(change).content.decode())


def test_a_page_is_set_looked_over_and_taken(client, page):
    shown = words(client.get(at(page)).content.decode())
    assert "对开" in shown
    assert "大样" not in shown
    assert client.post(at(page), {"sheet": "tabloid"}).url == at(page)
    proof = PageProof.objects.get()
    assert proof.made_by.username == "issue_editor"
    response = client.get(at(page))
    assert "四开" in words(response.content.decode())
    assert _("Every story has room.") in words(response.content.decode())
    assert proof.pdf.url in links(response.content.decode())
    taken = client.post(at(page, "take"))
    assert taken.url == reverse("admin:issues_page_areas", args=[page.pk])
    assert PressSheet.objects.get().page == page
    assert PageArea.objects.count() == 1
    public = client.get(page.get_absolute_url()).content.decode()
    assert page.placements.get().article.get_absolute_url() in links(public)
    pdf = client.get(page.get_absolute_url()[:-1] + ".pdf")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")


def test_a_proof_is_thrown_away(client, page):
    client.post(at(page), {"sheet": "broadsheet"})
    assert client.post(at(page, "throw")).url == at(page)
    assert not PageProof.objects.exists()
    assert not PressSheet.objects.exists()
    assert client.post(at(page, "take")).url == at(page)
    assert _("There is no proof of this page; set it first.") in words(
        client.get(at(page)).content.decode()
    )


def test_what_has_no_room_is_told_and_turned(client):
    page = make_page(make_issue(), "A02")
    story = make_article(body="\n".join(prose(8, number * 10) for number in range(40)))
    placement = place(story, page, Role.LEAD)
    other = make_page(page.issue, "A03")
    client.post(at(page), {"sheet": "tabloid"})
    (over,) = PageProof.objects.get().overset
    shown = words(client.get(at(page)).content.decode())
    assert f"多出{over['characters']}字" in shown
    turned = client.post(at(page, "turn", placement.pk), {f"{placement.pk}-target": other.pk})
    assert turned.url == at(page)
    placement.refresh_from_db()
    assert placement.continued_on == other
    client.post(at(page), {"sheet": "tabloid"})
    assert "字转到A03" in words(client.get(at(page)).content.decode())
    client.post(at(page, "turn", placement.pk), {f"{placement.pk}-target": page.pk})
    placement.refresh_from_db()
    assert placement.continued_on == other
    client.post(at(page, "turn", placement.pk), {f"{placement.pk}-target": ""})
    placement.refresh_from_db()
    assert placement.continued_on is None


REFUSED = {
    "no sheet": ({}, "请选开本。"),
    "an unknown one": ({"sheet": "napkin"}, "napkin"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_set_is_said_at_its_field(why, client, page):
    sent, wanted = REFUSED[why]
    response = client.post(at(page), sent)
    assert response.status_code == 200
    assert wanted in str(response.context["form"].errors["sheet"])


def test_a_page_without_stories_says_so(client):
    page = make_page(make_issue(), "A02")
    response = client.post(at(page), {"sheet": "tabloid"})
    assert _("No story stands on this page yet.") in words(response.content.decode())


def test_without_fonts_the_editor_is_told_the_package(client, page, settings, tmp_path):
    settings.TYPESETTING_FONTS = str(tmp_path)
    response = client.post(at(page), {"sheet": "tabloid"})
    assert "fonts-noto-cjk" in words(response.content.decode())


MAY = {Login.ISSUE_EDITOR, Login.ADMINISTRATOR}


@pytest.mark.parametrize("role", Login.values)
def test_only_those_who_may_change_pages_set_them(role, page):
    client = client_of(make_login(role, "somebody"))
    status = {client.get(at(page)).status_code}
    status |= {client.post(at(page, name)).status_code for name in ("take", "throw")}
    status.add(client.post(at(page, "turn", page.placements.get().pk)).status_code)
    assert status == ({200, 302} if Login(role) in MAY else {403})
