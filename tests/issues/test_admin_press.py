"""The press's pages in the newsroom: uploaded by issue editors, one page or a whole issue."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from bulletin.roles import Role as Login
from issues.models import PressSheet
from tests.factories import make_article, make_issue, make_page, make_press, outline, place
from tests.newsroom import client_of, make_login, picture
from tests.pdf_files import front, locked_pdf, pdf, upload
from tests.reading import links, words

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client():
    return client_of(make_login("issue_editor"))


@pytest.fixture
def page():
    return make_page(make_issue())


def at(row, name="press"):
    return reverse(f"admin:issues_{row._meta.model_name}_{name}", args=[row.pk])


def errors(response) -> dict:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_a_pdf_is_uploaded_and_its_areas_come_next(client, page):
    response = client.post(at(page), {"file": upload(pdf(front("灯")))})
    assert response.status_code == 302, errors(response)
    assert response.url == at(page, "areas")
    assert page.get_absolute_url() in links(client.get(at(page, "areas")).content.decode())
    assert PressSheet.objects.get().page == page


def test_a_picture_is_uploaded(client, page):
    assert client.post(at(page), {"file": picture("版面.png", "PNG")}).status_code == 302
    assert not PressSheet.objects.get().pdf


REFUSED = {
    "nothing": ({}, {"file": _("Choose a file.")}),
    "an empty file": ({"file": upload(b"")}, {"file": _("The file is empty.")}),
    "a password": ({"file": upload(locked_pdf())}, {"file": "密码"}),
    "several pages": ({"file": upload(pdf([], []))}, {"number": "2"}),
    "no such page": ({"file": upload(pdf([], [])), "number": "3"}, {"number": "2"}),
    "a letter for a number": (
        {"file": upload(pdf([], [])), "number": "二"},
        {"number": _("Give a number, counted from 1.")},
    ),
    "something else": ({"file": upload(b"PK\x03\x04", "版面.docx")}, {"file": "Word"}),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_taken_is_said_at_its_field(why, client, page):
    sent, wanted = REFUSED[why]
    for file in [one for one in sent.values() if hasattr(one, "seek")]:
        file.seek(0)
    response = client.post(at(page), sent)
    assert response.status_code == 200
    found = errors(response)
    assert set(found) == set(wanted)
    if why not in ("a password",):
        for name, part in wanted.items():
            assert part in found[name][0]
    assert not PressSheet.objects.exists()


def test_a_file_that_is_too_large_is_refused_at_its_field(client, page, settings):
    settings.PRESS_PDF_MEGABYTES = 1
    response = client.post(at(page), {"file": upload(pdf(front("灯")) + b"\0" * 2**20)})
    assert list(errors(response)) == ["file"]
    assert "1 MB" in errors(response)["file"][0]


def test_an_issues_pdf_gives_each_page_its_own(client, page):
    second = make_page(page.issue, "A02")
    shown = client.get(at(page.issue))
    assert shown.context["form"]["pages"].initial == [page.pk, second.pk]
    sent = {"file": upload(pdf(front("灯"), front("桥"))), "pages": [second.pk, page.pk]}
    response = client.post(at(page.issue), sent)
    assert response.status_code == 302, errors(response)
    assert [sheet.page for sheet in PressSheet.objects.order_by("page")] == [page, second]


def test_a_part_of_an_issue_is_uploaded(client, page):
    make_page(page.issue, "A02")
    third = make_page(page.issue, "B01")
    sent = {"file": upload(pdf(front("灯"))), "pages": [third.pk]}
    assert client.post(at(page.issue), sent).status_code == 302
    assert PressSheet.objects.get().page == third


def test_a_pdf_with_another_number_of_pages_changes_nothing(client, page):
    second = make_page(page.issue, "A02")
    make_press(page)
    sent = {"file": upload(pdf(front("灯"))), "pages": [page.pk, second.pk]}
    response = client.post(at(page.issue), sent)
    assert list(errors(response)) == ["file"]
    assert PressSheet.objects.get().page == page


def test_an_issues_upload_takes_pages_of_that_issue_alone(client, page):
    other = make_page(make_issue(page.issue.date.replace(day=20), number=8))
    response = client.post(at(page.issue), {"file": upload(pdf([])), "pages": [other.pk]})
    assert list(errors(response)) == ["pages"]
    assert list(errors(client.post(at(page.issue), {}))) == ["file", "pages"]


def test_an_issue_without_pages_says_so(client):
    html = client.get(at(make_issue())).content.decode()
    assert _("This issue has no page yet; give it its pages first.") in words(html)


def test_the_change_forms_lead_there(client, page):
    assert at(page.issue) in links(client.get(at(page.issue, "change")).content.decode())
    html = client.get(at(page, "change")).content.decode()
    assert at(page) in links(html)
    assert at(page, "areas") not in links(html)
    make_press(page)
    assert at(page, "areas") in links(client.get(at(page, "change")).content.decode())


def test_a_page_is_taken_away_by_a_button_alone(client, page):
    make_press(page)
    area = outline(place(make_article(), page))
    client.get(at(page, "press_remove"))
    assert PressSheet.objects.exists()
    client.post(at(page, "press_remove"))
    assert not PressSheet.objects.exists()
    area.refresh_from_db()


def test_areas_need_a_picture_first(client, page):
    response = client.get(at(page, "areas"), follow=True)
    assert response.redirect_chain == [(at(page), 302)]
    assert _("Upload the press’s page first; areas are drawn over it.") in words(
        response.content.decode()
    )


EDITORS = (Login.ISSUE_EDITOR, Login.ADMINISTRATOR)


@pytest.mark.parametrize("role", [*Login.values, None, "anonymous"])
def test_issue_editors_and_administrators_alone_may(role, page):
    make_press(page)
    outline(place(make_article("还不能说的事", status="draft"), page))
    someone = Client() if role == "anonymous" else client_of(make_login(role))
    allowed = role in EDITORS
    addresses = [at(page), at(page, "areas"), at(page.issue), at(page, "press_remove")]
    for address in addresses:
        for way in (someone.get, someone.post):
            response = way(address)
            if allowed:
                assert response.status_code in (200, 302), address
            elif role == "anonymous":
                assert reverse("admin:login") in response.url, address
            else:
                assert response.status_code == 403, address
            assert allowed or "还不能说的事" not in response.content.decode()
    assert PressSheet.objects.exists() is not allowed


def test_what_is_not_there_is_not_found(client):
    for name in ("issues_page_press", "issues_page_areas", "issues_issue_press"):
        assert client.get(reverse(f"admin:{name}", args=[9999])).status_code == 404


def test_the_issues_upload_asks_a_fixed_number_of_times(client, page):
    asked = []
    for number in range(2, 9):
        make_press(make_page(page.issue, f"A0{number}"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(page.issue)).status_code == 200
        asked.append(len(queries))
    assert len(set(asked)) == 1, asked
