"""Kept pieces of pages say what a page would say that is put together anew."""

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.utils import translation

from bulletin.templatetags.keeping import MOST, forget
from tests.bulletin.test_public_pages import fill

COUNTED = "{% load keeping %}{% kept one %}{{ count }}{% endkept %}"


def test_piece_is_put_together_once_for_what_it_depends_on():
    template = Template(COUNTED)

    def said(count, **context):
        return template.render(Context({"count": count, **context}))

    assert said(1, one="a") == "1"
    assert said(2, one="a") == "1"
    assert said(3, one="b") == "3"
    assert said(4) == "4"
    with translation.override("en"):
        assert said(5, one="a") == "5"
    assert said(6, one="a") == "1"
    with override_settings(SITE_NAME="另一份报"):
        assert said(7, one="a") == "7"


def test_so_many_are_kept_and_no_more():
    template = Template(COUNTED)
    for count in range(2 * MOST + 1):
        assert template.render(Context({"count": count, "one": count})) == str(count)
    (piece,) = [one for one in template.nodelist if hasattr(one, "texts")]
    assert len(piece.texts) <= MOST


@pytest.mark.django_db
def test_page_is_the_same_whatever_was_opened_before_it(client):
    pages = list(fill(10).values())
    pages += [f"/en{one}" for one in pages]
    for one in pages:
        client.get(one)
    kept = {one: client.get(one).content for one in reversed(pages)}
    for one in pages:
        forget()
        assert client.get(one).content == kept[one], one
