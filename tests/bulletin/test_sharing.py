"""What residents pass on of a story: link, QR code, picture card; and its lines of type."""

import io
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from bulletin.cards import type_folder
from bulletin.line_breaking import CLOSING, OPENING, broken
from tests.factories import HIDDEN, make_article, make_section
from tests.reading import links

EM = 10.0
LONG = "“一刻钟便民生活圈”里的38个驿站：从量血压、热饭菜到代办医保，居民说“小事不出巷”靠的是谁"


def measure(text: str) -> float:
    """Measure as type of one width does: Latin letters and figures are half as wide."""
    return sum(EM / 2 if char.isascii() else EM for char in text)


@pytest.mark.parametrize(
    ("headline", "ems", "lines"),
    [
        ("进门有杯热水 出门带走一把伞", 9, ["进门有杯热水", "出门带走一把伞"]),
        ("充电棚选址，先让影子说话", 10, ["充电棚选址，", "先让影子说话"]),
        ("柳堤驿站换了早门", 5, ["柳堤驿站", "换了早门"]),
        ("社区食堂开到了122路公交站", 9, ["社区食堂开到", "了122路公交站"]),
        ("灯", 9, ["灯"]),
        ("https://example.org/abcdefgh", 5, ["https://ex", "ample.org", "/abcdefgh"]),
    ],
)
def test_headline_breaks_between_its_parts_into_even_lines(headline, ems, lines):
    assert broken(headline, ems * EM, measure, balanced=True) == lines


@pytest.mark.parametrize("balanced", [True, False])
@pytest.mark.parametrize("ems", range(4, 24))
def test_lines_fit_lose_nothing_and_keep_marks_where_they_belong(ems, balanced):
    lines = broken(LONG, ems * EM, measure, balanced=balanced)
    assert "".join(lines) == LONG
    for line in lines:
        # A character with the marks around it may be wider than the narrowest line.
        assert measure(line) <= ems * EM
        assert line[0] not in CLOSING
        assert line[-1] not in OPENING
    assert not any(a[-1:].isdigit() and b[:1].isdigit() for a, b in pairwise(lines))


def test_what_has_no_room_gives_way_to_an_ellipsis():
    assert broken("灯亮了，路不黑了。", 5 * EM, measure, most=1) == ["灯亮了……"]
    assert broken("灯亮了。", 5 * EM, measure, most=1) == ["灯亮了。"]
    assert broken("灯亮了。", 5 * EM, measure, most=0) == []


@pytest.mark.django_db
def test_card_is_drawn_once_and_told_to_be_the_same(client):
    story = make_article(LONG, section=make_section(), deck="三盏灯" * 60)
    address = f"{story.get_absolute_url()}card.png"
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert len(queries) == 1
    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.format, picture.size) == ("PNG", (1080, 1440))
    assert len(answer.content) < 120_000
    again = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = make_article("另一篇").get_absolute_url()
    assert client.get(f"{other}card.png")["ETag"] != answer["ETag"]


@pytest.mark.django_db
def test_qr_code_is_a_picture_of_its_own(client):
    answer = client.get(f"{make_article().get_absolute_url()}qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')


@pytest.mark.django_db
def test_nothing_is_passed_on_of_what_is_not_public(client):
    for fields in HIDDEN.values():
        address = make_article(**fields).get_absolute_url()
        assert client.get(f"{address}card.png").status_code == 404
        assert client.get(f"{address}qr.svg").status_code == 404


@pytest.mark.django_db
def test_page_offers_the_card_only_where_there_is_type_for_it(client, settings, tmp_path):
    assert type_folder() is not None
    address = make_article().get_absolute_url()
    card = f"{address}card.png"
    page = client.get(address).content.decode()
    assert card in links(page)
    assert f'<img src="{address}qr.svg"' in page
    settings.TYPESETTING_FONTS = str(tmp_path)
    assert card not in links(client.get(address).content.decode())
    assert client.get(card).status_code == 404
