"""The e-paper: a page as printed, its areas, its PDF, and the way back from a story."""

import datetime

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from issues.models import Role
from tests.factories import (
    HIDDEN,
    UNRELEASED,
    make_article,
    make_issue,
    make_page,
    make_press,
    make_section,
    outline,
    place,
)
from tests.reading import headlines, links, words

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4 of the press"


@pytest.fixture
def page():
    page = make_page(make_issue(number=128), editor="顾一帆", layout="林小舟", proof="何田")
    make_press(page, pdf=PDF)
    return page


def read(client, address) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def overlay(html: str) -> str:
    return html.split("<svg")[1].split("</svg>")[0]


def test_each_area_is_a_link_that_bears_its_headline(page, client):
    lead = place(make_article("头条"), page, Role.LEAD)
    other = place(make_article("次条"), page)
    outline(lead)
    outline(lead, (600, 0), (1000, 0), (1000, 300))
    outline(other, (0, 500), (500, 500), (500, 900), (250, 950), (0, 900))
    html = read(client, page.get_absolute_url())
    stories = [lead.article, lead.article, other.article]
    assert links(overlay(html)) == [story.get_absolute_url() for story in stories]
    for story in stories:
        assert f'aria-label="{story.headline}"' in overlay(html)
    assert 'points="0,500 500,500 500,900 250,950 0,900"' in overlay(html)
    assert 'viewBox="0 0 1000 1000"' in html


def test_headlines_stand_beside_the_picture_in_their_order(page, client):
    column = make_section("街巷快讯", kind="column")
    place(make_article("头条"), page, Role.LEAD)
    place(make_article("简讯", column=column), page, Role.BRIEF)
    html = read(client, page.get_absolute_url())
    assert headlines(html) == ["头条", "简讯"]
    assert "街巷快讯 简讯" in words(html)


def test_the_page_says_what_it_is(page, client, settings):
    settings.PAPER_CN_NUMBER = "CN 00-0001"
    folio = words(read(client, page.get_absolute_url()).split('class="folio"')[1].split("<nav")[0])
    for fact in ("2024年3月4日 星期一", "第128期", "A01", "要闻", "顾一帆", "林小舟", "何田"):
        assert fact in folio
    assert "CN 00-0001" in folio


def test_no_number_is_shown_where_none_is_set(page, client):
    none = _("Publication number %(cn_number)s") % {"cn_number": ""}
    assert none.strip() not in words(read(client, page.get_absolute_url()))


def test_the_picture_comes_in_two_widths(page, client):
    html = read(client, page.get_absolute_url())
    assert f'srcset="{page.press.small.url} 90w, {page.press.image.url} 90w"' in html
    assert 'width="90" height="120"' in html


@pytest.mark.parametrize("why", HIDDEN)
def test_what_is_not_public_is_no_link_and_leaks_no_headline(why, page, client):
    place(make_article("头条"), page, Role.LEAD)
    outline(place(make_article("不该登的稿子", **HIDDEN[why]), page))
    for address in (page.get_absolute_url(), f"{page.get_absolute_url()}large/"):
        html = read(client, address)
        assert "不该登的稿子" not in html
        assert links(overlay(html)) == []


@pytest.mark.parametrize("why", UNRELEASED)
def test_an_unreleased_issue_shows_neither_page_nor_picture_nor_pdf(why, client):
    page = make_page(make_issue(**UNRELEASED[why]))
    make_press(page, pdf=PDF)
    story = make_article("头条")
    outline(place(story, page, Role.LEAD))
    address = page.get_absolute_url()
    for one in (address, f"{address}large/", f"{address[:-1]}.pdf"):
        assert client.get(one).status_code == 404, one
    assert address not in links(read(client, story.get_absolute_url()))


def test_a_page_without_a_picture_is_typeset_and_has_no_larger_one(client):
    page = make_page(make_issue())
    place(make_article("头条"), page, Role.LEAD)
    html = read(client, page.get_absolute_url())
    assert "<svg" not in html
    assert headlines(html) == ["头条"]
    for one in ("large/", "../A01.pdf"):
        assert client.get(f"{page.get_absolute_url()}{one}").status_code == 404


def test_the_larger_picture_has_the_areas_too_and_leads_back(page, client):
    story = make_article("头条")
    outline(place(story, page, Role.LEAD))
    html = read(client, page.get_absolute_url())
    large = reverse("issues:large", args=[page.issue.date, page.code])
    assert large in links(html)
    enlarged = read(client, large)
    assert links(overlay(enlarged)) == [story.get_absolute_url()]
    assert page.get_absolute_url() in links(enlarged)
    assert 'tabindex="0"' in enlarged


def test_the_pdf_is_sent_as_it_came(page, client):
    address = reverse("issues:page_pdf", args=[page.issue.date, page.code])
    assert address == "/issues/2024-03-04/A01.pdf"
    assert address in links(read(client, page.get_absolute_url()))
    response = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    assert "2024-03-04" in response["Content-Disposition"]
    assert b"".join(response.streaming_content) == PDF
    assert client.post(address).status_code == 405


def test_a_picture_without_a_pdf_offers_none(client):
    page = make_page(make_issue())
    make_press(page)
    html = read(client, page.get_absolute_url())
    assert not [address for address in links(html) if address.endswith(".pdf")]
    assert client.get("/issues/2024-03-04/A01.pdf").status_code == 404


def test_a_file_that_is_gone_breaks_nothing(page, client):
    page.press.pdf.storage.delete(page.press.pdf.name)
    read(client, page.get_absolute_url())
    assert client.get("/issues/2024-03-04/A01.pdf").status_code == 404


def test_pages_and_issues_before_and_after_are_a_click_away(page, client):
    second = make_page(page.issue, "A02")
    earlier = make_issue(datetime.date(2024, 3, 1), number=127)
    later = make_issue(datetime.date(2024, 3, 8), number=129)
    make_issue(datetime.date(2024, 3, 6), **{**UNRELEASED["planning"], "number": 130})
    html = read(client, page.get_absolute_url())
    pages, issues = [links(part.split("</nav>")[0]) for part in html.split('class="pager"')[1:]]
    assert pages == [page.issue.get_absolute_url(), second.get_absolute_url()]
    assert issues == [earlier.get_absolute_url(), later.get_absolute_url()]


def test_a_story_leads_back_to_its_page(page, client):
    story = make_article("头条")
    place(story, page, Role.LEAD)
    html = read(client, story.get_absolute_url())
    assert page.get_absolute_url() in links(html)
    said = _("%(date)s, page %(code)s") % {"date": "2024年3月4日", "code": "A01"}
    assert said in words(html)


def test_the_issue_shows_its_pages_small(page, client):
    html = read(client, page.issue.get_absolute_url())
    assert page.press.small.url in html
