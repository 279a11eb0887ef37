"""Rows numbered by hand: whatever is typed, they end up 1, 2, 3 …, whole or not at all."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.forms import inlineformset_factory

from articles.models import Article, Byline, Contributor
from articles.ordering import OrderedForm, OrderedFormSet
from issues.admin.page import PlacementForm
from issues.models import Issue, Page, Placement

pytestmark = pytest.mark.django_db


class BylineForm(OrderedForm):
    """A row of bylines, as a test needs it."""

    constraint_fields = {"articles_byline_once": "contributor"}

    class Meta:
        model = Byline
        fields = ["contributor", "role", "name", "position"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("contributor"):
            cleaned["name"] = cleaned["contributor"].name
        return cleaned


BylineRows = inlineformset_factory(
    Article, Byline, form=BylineForm, formset=OrderedFormSet, extra=0, can_delete=True
)
PlacementRows = inlineformset_factory(
    Page,
    Placement,
    form=PlacementForm,
    formset=OrderedFormSet,
    fk_name="page",
    extra=0,
    can_delete=True,
)


@pytest.fixture
def story():
    return Article.objects.create(headline="渡口添灯", body="灯亮了。")


@pytest.fixture
def people():
    return {name: Contributor.objects.create(name=name) for name in "甲乙丙丁戊"}


def stand(story, people, names):
    for position, name in enumerate(names, start=1):
        story.bylines.create(contributor=people[name], name=name, role="记者", position=position)


def sent(rows, prefix, initial):
    """The data of a formset: `rows` are dicts, the first `initial` of them rows with keys."""
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data.update({f"{prefix}-{number}-{name}": value for name, value in row.items()})
    return data


def bylines_sent(story, positions, extra=()):
    rows = [
        {
            "id": line.pk,
            "article": story.pk,
            "contributor": line.contributor_id,
            "role": line.role,
            "name": line.name,
            "position": position,
        }
        for line, position in zip(story.bylines.all(), positions, strict=True)
    ]
    return sent([*rows, *extra], "bylines", len(rows))


def saved(formset):
    assert formset.is_valid(), formset.errors
    formset.save()


def standing(story):
    return [(line.position, line.name) for line in story.bylines.order_by("position")]


@pytest.mark.parametrize(
    ("positions", "order"),
    [
        ((1, 2, 3, 4, 5), "甲乙丙丁戊"),
        ((2, 1, 3, 4, 5), "乙甲丙丁戊"),
        ((5, 4, 3, 2, 1), "戊丁丙乙甲"),
        ((10, 20, 15, 7, 300), "丁甲丙乙戊"),
        (("", 2, "", 1, 3), "丁乙戊甲丙"),  # without a number: last, as they stood
        (("", "", "", "", ""), "甲乙丙丁戊"),
        ((1, 2, 3, 4, 2), "甲戊乙丙丁"),  # the fifth is given a 2: it is the second
        ((3, 2, 3, 4, 5), "乙丙甲丁戊"),  # the first is given a 3: it is the third
        ((1, 1, 1, 1, 1), "乙丙丁戊甲"),
        ((0, 2, 3, 0, 5), "甲丁乙丙戊"),
        ((99_999_999, "", 3, 4, 5), "丙丁戊甲乙"),
    ],
)
def test_rows_stand_as_numbered(story, people, positions, order):
    stand(story, people, "甲乙丙丁戊")
    saved(BylineRows(bylines_sent(story, positions), instance=story))
    assert standing(story) == list(enumerate(order, start=1))


def test_rows_keep_their_keys_when_they_change_places(story, people):
    stand(story, people, "甲乙")
    before = dict(story.bylines.values_list("name", "pk"))
    saved(BylineRows(bylines_sent(story, (2, 1)), instance=story))
    assert dict(story.bylines.values_list("name", "pk")) == before


def test_deleting_a_row_closes_the_gap(story, people):
    stand(story, people, "甲乙丙")
    data = bylines_sent(story, (1, 2, 3)) | {"bylines-0-DELETE": "on"}
    saved(BylineRows(data, instance=story))
    assert standing(story) == [(1, "乙"), (2, "丙")]


def test_new_row_without_number_comes_last_and_one_with_a_number_in_its_place(story, people):
    stand(story, people, "甲乙")
    new = [
        {"contributor": people["丙"].pk, "role": "摄", "position": ""},
        {"contributor": people["丁"].pk, "role": "摄", "position": 2},
    ]
    saved(BylineRows(bylines_sent(story, (1, 2), new), instance=story))
    assert standing(story) == [(1, "甲"), (2, "丁"), (3, "乙"), (4, "丙")]


def test_deleted_row_leaves_its_place_and_its_person_to_a_new_one(story, people):
    stand(story, people, "甲乙")
    new = [{"contributor": people["甲"].pk, "role": "记者", "position": 1}]
    data = bylines_sent(story, (1, 2), new) | {"bylines-0-DELETE": "on"}
    saved(BylineRows(data, instance=story))
    assert standing(story) == [(1, "甲"), (2, "乙")]


def test_two_rows_exchange_their_people(story, people):
    stand(story, people, "甲乙")
    data = bylines_sent(story, (1, 2))
    data["bylines-0-contributor"], data["bylines-1-contributor"] = (
        people["乙"].pk,
        people["甲"].pk,
    )
    saved(BylineRows(data, instance=story))
    assert standing(story) == [(1, "乙"), (2, "甲")]


def test_row_added_by_somebody_else_meanwhile_comes_after(story, people):
    stand(story, people, "甲乙")
    data = bylines_sent(story, (2, 1))
    story.bylines.create(contributor=people["丙"], name="丙", role="记者", position=3)
    saved(BylineRows(data, instance=story))
    assert standing(story) == [(1, "乙"), (2, "甲"), (3, "丙")]


def test_same_person_added_by_somebody_else_meanwhile_is_refused_at_the_field(story, people):
    stand(story, people, "甲")
    new = [{"contributor": people["丙"].pk, "role": "记者", "position": ""}]
    data = bylines_sent(story, (1,), new)
    story.bylines.create(contributor=people["丙"], name="丙", role="记者", position=2)
    formset = BylineRows(data, instance=story)
    assert not formset.is_valid()
    assert list(formset.errors[1]) == ["contributor"]
    assert not formset.non_form_errors()


@pytest.mark.parametrize("wrong", ["-1", "一", "1.5"])
def test_row_with_an_impossible_number_is_refused_and_nothing_moves(story, people, wrong):
    stand(story, people, "甲乙")
    formset = BylineRows(bylines_sent(story, (wrong, 1)), instance=story)
    assert not formset.is_valid()
    assert list(formset.errors[0]) == ["position"]
    assert standing(story) == [(1, "甲"), (2, "乙")]


def test_failure_on_the_way_leaves_everything_as_it_was(story, people):
    stand(story, people, "甲乙")
    formset = BylineRows(bylines_sent(story, (2, 1)), instance=story)
    assert formset.is_valid()
    formset.forms[0].instance.name = ""  # the database refuses this
    formset.forms[0].changed_data.append("name")
    with pytest.raises(IntegrityError), transaction.atomic():
        formset.save()
    assert standing(story) == [(1, "甲"), (2, "乙")]


@pytest.fixture
def page():
    return Page.objects.create(
        issue=Issue.objects.create(date=datetime.date(2026, 3, 3)), code="A1"
    )


@pytest.fixture
def placed(page):
    """A lead and two others on a page."""
    stories = [Article.objects.create(headline=name, body="文") for name in ("一", "二", "三")]
    return [
        Placement.objects.create(page=page, article=story, role=role, position=position)
        for position, (story, role) in enumerate(
            zip(stories, ("lead", "feature", "brief"), strict=True), start=1
        )
    ]


def placements_sent(page, placed, changes=(), extra=()):
    rows = [
        {
            "id": row.pk,
            "page": page.pk,
            "article": row.article_id,
            "role": row.role,
            "position": row.position,
        }
        for row in placed
    ]
    for number, values in dict(changes).items():
        rows[number].update(values)
    return sent([*rows, *extra], "placements", len(rows))


def on_page(page):
    return [(row.article.headline, row.role) for row in page.placements.order_by("position")]


def test_lead_passes_to_another_row(page, placed):
    data = placements_sent(page, placed, {0: {"role": "brief"}, 1: {"role": "lead"}})
    saved(PlacementRows(data, instance=page))
    assert on_page(page) == [("一", "brief"), ("二", "lead"), ("三", "brief")]


def test_stories_change_rows(page, placed):
    data = placements_sent(
        page,
        placed,
        {0: {"article": placed[1].article_id}, 1: {"article": placed[0].article_id}},
    )
    saved(PlacementRows(data, instance=page))
    assert on_page(page) == [("二", "lead"), ("一", "feature"), ("三", "brief")]


def test_story_of_a_deleted_row_takes_another_row(page, placed):
    data = placements_sent(page, placed, {0: {"article": placed[2].article_id}})
    saved(PlacementRows(data | {"placements-2-DELETE": "on"}, instance=page))
    assert on_page(page) == [("三", "lead"), ("二", "feature")]


def test_second_lead_is_refused_at_its_role(page, placed):
    formset = PlacementRows(placements_sent(page, placed, {2: {"role": "lead"}}), instance=page)
    assert not formset.is_valid()
    assert [list(errors) for errors in formset.errors] == [[], [], ["role"]]
    assert not formset.non_form_errors()


def test_story_twice_is_refused_at_the_story(page, placed):
    new = [{"article": placed[0].article_id, "role": "brief", "position": ""}]
    formset = PlacementRows(placements_sent(page, placed, extra=new), instance=page)
    assert not formset.is_valid()
    assert [list(errors) for errors in formset.errors] == [[], [], [], ["article"]]


def test_unfinished_row_is_refused_and_the_others_stay(page, placed):
    new = [{"article": "", "role": "brief", "position": 1}]
    formset = PlacementRows(placements_sent(page, placed, extra=new), instance=page)
    assert not formset.is_valid()
    assert [list(errors) for errors in formset.errors] == [[], [], [], ["article"]]
    assert on_page(page) == [("一", "lead"), ("二", "feature"), ("三", "brief")]
