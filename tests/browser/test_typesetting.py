"""The page on which a page is set in type, on a phone and at a desk."""

import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from issues.models import PageProof, Role
from tests.factories import MORNING, make_article, make_issue, make_page, place
from tests.newsroom import make_login

from .devices import DESKTOP, PHONE, found_by_axe, without_sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def proof():
    page = make_page(make_issue(), "A02")
    make_page(page.issue, "A03")
    over = place(make_article(), page, Role.LEAD)
    file = io.BytesIO()
    Image.new("RGB", (1600, 2236), "white").save(file, "JPEG")
    size = {"width": 1600, "height": 2236, "small_width": 1600, "small_height": 2236}
    made = PageProof(
        page=page,
        sheet="broadsheet",
        areas={},
        overset=[{"key": over.pk, "headline": "", "characters": 213, "turns_to": ""}],
        fingerprint="0",
        kept_at=MORNING,
        **size,
    )
    for field, name in ((made.pdf, "a.pdf"), (made.image, "a.jpg"), (made.small, "b.jpg")):
        field.save(name, ContentFile(file.getvalue()), save=False)
    made.save()
    return made


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_proof_is_accessible_and_never_scrolls_sideways(device, proof, width):
    page = device(make_login("issue_editor"), width)
    page.goto(reverse("admin:issues_page_typeset", args=[proof.page_id]))
    expect(page.locator(".overset")).to_contain_text("213")
    assert found_by_axe(page) == []
    assert without_sideways_scroll(page)
