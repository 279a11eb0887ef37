"""The archive that is made up to measure by."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from articles import revisions
from articles.models import Article, Byline, Contributor, Correction, Photo, Review, Status, Tag
from communities.models import Community, OpeningHours, ServiceStation
from issues.models import Issue, Placement
from tests.factories import make_article

pytestmark = pytest.mark.django_db
LAST = datetime.date(2026, 3, 31)
ROWS = (
    *(Article, Byline, Contributor, Community, Issue, OpeningHours, Photo, Placement, Review),
    *(Correction, ServiceStation, Tag),
)


@pytest.fixture
def fill(capsys):
    """Return the command, for a small archive."""

    def run(**options):
        call_command("fill", **{"articles": 340, "stations": 30, "last_day": LAST, **options})
        return capsys.readouterr().out

    return run


def _texts():
    """Return all that chance decides, without keys."""
    return (
        list(
            Article.objects.order_by("pk").values_list("headline", "body", "status", "publish_at")
        ),
        list(Article.tags.through.objects.order_by("pk").values_list("tag__name", flat=True)),
        list(ServiceStation.objects.order_by("pk").values_list("name", "longitude", "latitude")),
        list(Byline.objects.order_by("pk").values_list("name", "role")),
        list(Placement.objects.order_by("pk").values_list("page__code", "article__headline")),
    )


def test_every_row_is_one_that_the_newsroom_could_have_made(fill):
    said = fill()
    assert "340 stories" in said
    assert "30 stations" in said
    assert (Article.objects.count(), ServiceStation.objects.count()) == (340, 30)
    connection.check_constraints()
    for model in ROWS:
        rows = model._default_manager.all()
        assert rows, model
        for row in rows[:60]:
            # An empty list of warnings is a good one.
            row.full_clean(exclude=["problems"])
    for story in Article.objects.all()[:40]:
        content = revisions.snapshot(story)
        assert story.head.content == content
        assert story.head.text_digest == revisions.text_digest(content)
        assert story.head.digest == revisions.digest_of(content)
        assert story.characters == story.character_count


def test_the_archive_is_published_but_for_what_lies_on_the_desk(fill):
    fill()
    published = Article.objects.published()
    assert len(published) > 300
    assert max(story.publish_at.date() for story in published) <= LAST + datetime.timedelta(days=10)
    assert set(Status) - {Status.DISCARDED, Status.WITHDRAWN} <= set(
        Article.objects.values_list("status", flat=True)
    )
    assert Placement.objects.public().count() == Placement.objects.count() > 150
    assert all(story.is_public() for story in published)
    for correction in Correction.objects.select_related("article"):
        assert correction.article.is_public(correction.at - datetime.timedelta(hours=1))
        assert correction.at.date() <= LAST


def test_the_search_index_is_true_of_it(fill, capsys):
    fill()
    call_command("reindex", check=True)
    assert "is true" in capsys.readouterr().out
    call_command("reindex")
    call_command("reindex", check=True)


def test_the_same_seed_makes_the_same(fill):
    texts = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            fill(seed=seed)
            texts.append(_texts())
            transaction.set_rollback(True)
    assert texts[0] == texts[1] != texts[2]


def test_what_is_filed_next_gets_the_next_key(fill):
    fill()
    last = Article.objects.order_by("pk").last()
    assert make_article("手写的一篇").pk == last.pk + 1


def test_it_mixes_with_a_newsrooms_own_only_when_told(fill, settings):
    make_article("手写的一篇")
    with pytest.raises(CommandError, match="of its own"):
        fill()
    fill(among_others=True)
    assert Article.objects.count() == 341
    with pytest.raises(CommandError, match="filled before"):
        fill(among_others=True)


def test_it_stays_out_of_production(fill, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="this is production"):
        fill()
    assert not Article.objects.exists()
    fill(in_production=True, articles=0, stations=5)
    assert ServiceStation.objects.count() == 5
