"""Areas in the newsroom's plain form: typed, proposed, saved as one or not at all."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from issues import areas
from issues.models import PageArea, Role
from tests.factories import make_article, make_issue, make_page, make_press, outline, place
from tests.newsroom import client_of, make_login
from tests.pdf_files import front, pdf
from tests.reading import words

pytestmark = pytest.mark.django_db

NO_TEXT = "This PDF has no text, only pictures or outlines; draw the areas by hand."
NO_PDF = "This page is a picture without a PDF; its headlines cannot be looked for."
SIDES = ("left", "top", "width", "height")


@pytest.fixture
def client():
    return client_of(make_login("issue_editor"))


@pytest.fixture
def page():
    page = make_page(make_issue())
    make_press(page, pdf=pdf(front("巷口装上三盏灯", "桥头")))
    return page


def at(page):
    return reverse("admin:issues_page_areas", args=[page.pk])


def shown(response) -> dict:
    """Return what a browser would send of the form as it is shown."""
    rows = response.context["rows"]
    sent = {"seen": response.context["seen"]}
    for form in [rows.management_form, *rows.forms]:
        for field in form:
            value = field.value()
            if isinstance(value, bool):
                sent |= {field.html_name: "on"} if value else {}
            else:
                sent[field.html_name] = "" if value is None else str(value)
    return sent


def filled(sent: dict, number: int, *numbers: object, **others: object) -> dict:
    """Return what is sent with one row filled in."""
    values = dict(zip(SIDES, numbers, strict=False)) | others
    return {**sent, **{f"areas-{number}-{name}": str(value) for name, value in values.items()}}


def errors(response) -> dict:
    return {
        f"{form.prefix}-{name}": [str(one) for one in found]
        for form in response.context["rows"].forms
        for name, found in form.errors.items()
    }


def corners() -> dict:
    found = {}
    for area in PageArea.objects.order_by("placement", "position"):
        found.setdefault(area.placement.article.headline, []).append(area.corners)
    return found


def test_four_numbers_make_a_rectangle(client, page):
    place(make_article("头条"), page, Role.LEAD)
    sent = filled(shown(client.get(at(page))), 0, 12.5, 3, "40", "20.4")
    response = client.post(at(page), sent)
    assert response.status_code == 302, errors(response)
    assert corners() == {"头条": [[(125, 30), (525, 30), (525, 234), (125, 234)]]}


def test_corners_make_any_outline_and_a_story_may_have_several(client, page):
    place(make_article("头条"), page, Role.LEAD)
    sent = filled(shown(client.get(at(page))), 0, corners="10,10 50,10 10,50")
    assert client.post(at(page), sent).status_code == 302
    sent = shown(client.get(at(page)))
    assert sent["areas-0-corners"] == "10,10 50,10 10,50"
    assert client.post(at(page), filled(sent, 1, 60, 60, 10, 10)).status_code == 302
    assert [len(points) for points in corners()["头条"]] == [3, 4]


def test_saved_as_shown_nothing_changes(client, page):
    outline(place(make_article("头条"), page, Role.LEAD))
    outline(place(make_article("次条"), page), (0, 0), (333, 1), (7, 999))
    before = corners()
    assert client.post(at(page), shown(client.get(at(page)))).status_code == 302
    assert corners() == before


def test_an_area_is_removed(client, page):
    outline(place(make_article("头条"), page, Role.LEAD))
    sent = shown(client.get(at(page))) | {"areas-0-DELETE": "on", "areas-0-left": "x"}
    assert client.post(at(page), sent).status_code == 302
    assert corners() == {}


REFUSED = {
    "three numbers": ({"left": 1, "top": 1, "width": 9}, "height"),
    "over the edge": ({"left": 80, "top": 1, "width": 30, "height": 9}, "width"),
    "no width": ({"left": 8, "top": 1, "width": 0, "height": 9}, "width"),
    "beyond the page": ({"left": 101, "top": 1, "width": 1, "height": 9}, "left"),
    "a word": ({"left": 1, "top": "上", "width": 1, "height": 9}, "top"),
    "not a number": ({"left": "NaN", "top": 1, "width": 1, "height": 9}, "left"),
    "two corners": ({"corners": "1,1 2,2"}, "corners"),
    "unreadable corners": ({"corners": "左上角"}, "corners"),
    "crossed": ({"corners": "10,10 30,30 30,10 9,33"}, "corners"),
    "both": ({"left": 1, "top": 1, "width": 9, "height": 9, "corners": "1,1 9,1 1,9"}, "corners"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_wrong_row_is_refused_at_its_field_and_nothing_is_saved_or_lost(why, client, page):
    outline(place(make_article("头条"), page, Role.LEAD))
    place(make_article("次条"), page)
    before = corners()
    values, field = REFUSED[why]
    # The saved area, the row below it, the second story's row.
    sent = filled(shown(client.get(at(page))), 0, 1, 1, 50, 50)
    response = client.post(at(page), filled(sent, 2, **values))
    assert response.status_code == 200
    assert list(errors(response)) == [f"areas-2-{field}"]
    assert corners() == before
    again = shown(response)
    assert again["areas-0-width"] == "50"
    assert {name: again[f"areas-2-{name}"] for name in values} == {
        name: str(value) for name, value in values.items()
    }


def test_a_story_of_another_page_gets_no_area_here(client, page):
    place(make_article("头条"), page, Role.LEAD)
    other = place(make_article("别版"), make_page(page.issue, "A02"))
    sent = filled(shown(client.get(at(page))), 0, 1, 1, 50, 50, placement=other.pk)
    assert list(errors(client.post(at(page), sent))) == ["areas-0-placement"]
    with pytest.raises(ValueError, match="does not stand"):
        areas.replace_areas(page, [areas.Outline(other, [])], seen=areas.state_of(page))
    assert corners() == {}


def test_somebody_elses_areas_are_not_overwritten_unseen(client, page):
    placement = place(make_article("头条"), page, Role.LEAD)
    sent = filled(shown(client.get(at(page))), 0, 1, 1, 50, 50)
    outline(placement)
    response = client.post(at(page), sent)
    assert response.status_code == 200
    assert "50" in shown(response)["areas-0-width"]
    assert corners()["头条"][0][0] == (100, 100)
    assert client.post(at(page), shown(response)).status_code == 302
    assert corners()["头条"][0][0] == (10, 10)


def test_a_form_sent_empty_is_refused_and_changes_nothing(client, page):
    outline(place(make_article("头条"), page, Role.LEAD))
    assert client.post(at(page), {}).status_code == 200
    assert len(corners()) == 1


def find(client, page):
    return client.post(at(page), shown(client.get(at(page))) | {"find": "1"})


def test_headlines_are_found_and_proposed_but_not_saved(client, page):
    lead = place(make_article("巷口装上三盏灯"), page, Role.LEAD)
    response = find(client, page)
    assert corners() == {}
    row = response.context["stories"][0]["rows"][-1]
    assert row["proposed"].value()
    assert not row["accepted"].value()
    assert float(row["left"].value()) == pytest.approx(60 / 680 * 100, abs=1)
    # Saved without being accepted, it is gone.
    assert client.post(at(page), shown(response)).status_code == 302
    assert corners() == {}
    sent = shown(response) | {f"{row.prefix}-accepted": "on"}
    assert client.post(at(page), sent).status_code == 302
    assert list(corners()) == [lead.article.headline]


def test_what_was_typed_outlives_the_search(client, page):
    place(make_article("巷口装上三盏灯"), page, Role.LEAD)
    place(make_article("桥头"), page)
    sent = filled(shown(client.get(at(page))), 0, 1, 2, 3, 400) | {"find": "1"}
    response = client.post(at(page), sent)
    again = shown(response)
    assert [again[f"areas-0-{side}"] for side in SIDES] == ["1", "2", "3", "400"]
    # The first story has an area, wrong as it is; the second gets a proposal.
    proposed = [form for form in response.context["rows"].forms if form["proposed"].value()]
    assert [str(form["placement"].value()) for form in proposed] == [again["areas-1-placement"]]


def test_stories_that_have_an_area_get_no_proposal(client, page):
    outline(place(make_article("巷口装上三盏灯"), page, Role.LEAD))
    text = words(find(client, page).content.decode())
    assert _("Every story has an area already.") in text


def test_headlines_that_are_not_there_are_named(client, page):
    place(make_article("没有印出来"), page, Role.LEAD)
    text = words(find(client, page).content.decode())
    missing = _("These headlines do not stand in the PDF’s text: %(headlines)s")
    assert missing % {"headlines": "没有印出来"} in text


def test_a_pdf_without_text_and_a_picture_say_so(client):
    issue = make_issue()
    for code, content, says in (
        (
            "A01",
            pdf([]),
            "This PDF has no text, only pictures or outlines; draw the areas by hand.",
        ),
        ("A02", b"", "This page is a picture without a PDF; its headlines cannot be looked for."),
    ):
        page = make_page(issue, code)
        make_press(page, pdf=content)
        place(make_article("头条"), page, Role.LEAD)
        response = find(client, page)
        assert response.status_code == 200
        assert _(says) in words(response.content.decode())


def test_the_form_asks_a_fixed_number_of_times(client, page, django_assert_max_num_queries):
    for n in range(12):
        outline(place(make_article(f"第{n}篇"), page))
    client.get(at(page))
    with django_assert_max_num_queries(9):
        client.get(at(page))
    with django_assert_max_num_queries(24):
        client.post(at(page), shown(client.get(at(page))))
