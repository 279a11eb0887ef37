"""A newspaper page goes in, a live site comes out."""

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles import body
from articles.importing import (
    BlockKind,
    BodyBlock,
    ParsedArticle,
    ParsedPage,
    parse_page,
    read_text,
)
from articles.importing.storing import PageImportError, store
from articles.models import Article, Byline, Contributor, Section
from communities.models import Community, ServiceStation
from issues.models import Issue, Page, Placement

pytestmark = pytest.mark.django_db

SEED = Path(
    os.environ.get("BULLETIN_SEED_PAGE")
    or Path(__file__).resolve().parents[3] / "shared" / "seed" / "page.txt"
)
PAGE = """\
青芦区报
2026年3月3日 星期二 第88期 A02版 社区
责编：高原 版式：林夕 校对：石磊

小院装上了爬楼机

青芦区荷塘街道苇岸社区的老楼没有电梯。上个月，社区和居民一起，在3号楼装上了第一台爬楼机。

住在六楼的蒋奶奶说：“买菜回来不用歇三回了。”

先算一笔账

装一台要12万元，街道出一半，居民按楼层分担另一半，最少的一户出800元。

(全媒体记者 方圆 通讯员 白露)

义诊到家门口

3月1日，苇岸社区请来区医院的医生，为居民量血压、测血糖。

通讯员 白露 摄

街巷一览

修好一盏路灯

本报讯 近日，荷塘街道柳坞社区修好了巷口的路灯，晚归的居民不用再摸黑。(通讯员 秦川)
"""


@pytest.fixture
def page_file(tmp_path):
    file = tmp_path / "page.txt"
    file.write_text(PAGE, encoding="utf-8")
    return file


def run(file, *arguments):
    out = StringIO()
    call_command("import_page", str(file), *arguments, stdout=out, stderr=out)
    return out.getvalue()


def everything():
    """Return what an import could change, in a form that can be compared."""
    return {
        model.__name__: sorted(model.objects.values_list())
        for model in (Article, Byline, Contributor, Section, Community, Issue, Page, Placement)
    }


def test_page_becomes_a_public_issue_page(page_file, client):
    said = run(page_file)
    assert "/issues/2026-03-03/A02/" in said
    page = Page.objects.get()
    assert (page.name, page.editor, page.layout, page.proof) == ("社区", "高原", "林夕", "石磊")
    assert (page.issue.number, str(page.issue.date)) == (88, "2026-03-03")
    assert [(row.article.headline, row.role) for row in page.placements.all()] == [
        ("小院装上了爬楼机", "lead"),
        ("义诊到家门口", "photo"),
        ("修好一盏路灯", "brief"),
    ]
    shown = client.get("/issues/2026-03-03/A02/").content.decode()
    for words in ("小院装上了爬楼机", "义诊到家门口", "街巷一览", "修好一盏路灯", "高原"):
        assert words in shown
    story = client.get(page.placements.first().article.get_absolute_url()).content.decode()
    assert "先算一笔账" in story
    assert "最少的一户出800元" in story


def test_bylines_are_kept_as_printed(page_file):
    run(page_file)
    credits = Byline.objects.values_list("article__headline", "role", "name", "position")
    assert sorted(credits) == sorted(
        [
            ("小院装上了爬楼机", "全媒体记者", "方圆", 1),
            ("小院装上了爬楼机", "通讯员", "白露", 2),
            ("义诊到家门口", "通讯员", "白露", 1),
            ("义诊到家门口", "摄", "白露", 2),
            ("修好一盏路灯", "通讯员", "秦川", 1),
        ]
    )
    assert Contributor.objects.count() == 3


def test_same_page_twice_changes_nothing_and_says_so(page_file):
    run(page_file)
    before = everything()
    page_file.write_text(PAGE.replace("\n", "\r\n"), encoding="gb18030")
    assert "没有任何改动" in run(page_file)
    assert everything() == before


def test_another_text_for_an_imported_page_is_refused(page_file):
    run(page_file)
    before = everything()
    page_file.write_text(PAGE.replace("800元", "900元"), encoding="utf-8")
    with pytest.raises(CommandError, match="A02"):
        run(page_file)
    assert everything() == before


def test_dry_run_writes_nothing(page_file):
    before = everything()
    printed = json.loads(run(page_file, "--dry-run", "--json"))
    assert [story["headline"] for story in printed["articles"]] == [
        "小院装上了爬楼机",
        "义诊到家门口",
        "修好一盏路灯",
    ]
    assert everything() == before


def test_one_bad_story_keeps_the_whole_page_out_and_is_named_by_its_line():
    story = ParsedArticle(headline="长" * 121, first_line=3, last_line=4)
    story.blocks.append(BodyBlock(BlockKind.PARAGRAPH, "正文。", (4,)))
    fine = ParsedArticle(headline="短", first_line=1, last_line=2, blocks=story.blocks)
    with pytest.raises(PageImportError, match=r"第\s*3\s*行"):
        store(ParsedPage(articles=[fine, story]), key="page/x")
    assert Article.objects.count() == 0


def test_known_places_are_linked_and_unknown_ones_proposed(page_file):
    district = Community.objects.create(name="青芦区", slug="qinglu", level="district")
    street = Community.objects.create(
        name="荷塘街道", slug="hetang", level="subdistrict", parent=district
    )
    known = Community.objects.create(
        name="苇岸社区", slug="weian", level="community", parent=street
    )
    said = run(page_file)
    assert "柳坞社区" in said
    assert "苇岸社区" not in said.split("--create-places")[0].splitlines()[-1]
    lead = Article.objects.get(headline="小院装上了爬楼机")
    assert set(lead.communities.all()) == {district, street, known}
    assert not Community.objects.filter(name="柳坞社区").exists()


def test_create_places_makes_the_missing_branch_and_names_it(page_file):
    said = run(page_file, "--create-places")
    assert "目录里没有" not in said
    for name in ("青芦区", "荷塘街道", "苇岸社区", "柳坞社区"):
        assert name in said
    made = {place.name: (place.level, str(place.parent)) for place in Community.objects.all()}
    assert made == {
        "青芦区": ("district", "None"),
        "荷塘街道": ("subdistrict", "青芦区"),
        "苇岸社区": ("community", "荷塘街道"),
        "柳坞社区": ("community", "荷塘街道"),
    }
    brief = Article.objects.get(headline="修好一盏路灯")
    assert {place.name for place in brief.communities.all()} >= {"荷塘街道", "柳坞社区"}


def test_the_word_community_is_no_district(tmp_path):
    file = tmp_path / "page.txt"
    text = "\n\n".join(
        f"第{number}场社区议事会\n\n3月{number}日，{name}社区的居民围坐在社区的院子里，"
        "为小区和社区的事出主意，园区、社区和青芦区的部门都派了人来听。"
        for number, name in enumerate(["荷叶", "莲蓬", "菱角"], start=1)
    )
    file.write_text(text, encoding="utf-8")
    run(file, "--date", "2026-03-03", "--page", "A02", "--create-places")
    assert [place.name for place in Community.objects.filter(level="district")] == ["青芦区"]


def test_draft_import_shows_nothing_in_public(page_file, client):
    run(page_file, "--draft")
    assert Article.objects.filter(status="draft").count() == 3
    assert Article.objects.published().count() == 0
    assert client.get("/issues/2026-03-03/").status_code == 404


def test_options_win_over_what_the_text_says(page_file):
    said = run(page_file, "--date", "2026-03-10", "--page", "B2")
    assert "2026-03-03" in said
    assert Page.objects.get().code == "B2"
    assert str(Issue.objects.get().date) == "2026-03-10"


def test_a_second_page_joins_the_issue(page_file, tmp_path):
    run(page_file)
    other = tmp_path / "other.txt"
    other.write_text(PAGE.replace("A02", "A03").replace("爬楼机", "升降椅"), encoding="utf-8")
    run(other)
    issue = Issue.objects.get()
    assert [page.code for page in issue.pages.all()] == ["A02", "A03"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "空"),
        (b" \n\t \r\n", "空"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "不是"),
        ("社区新闻。\n".encode() * 700_000, "太"),
    ],
    ids=["empty", "blank", "binary", "ten megabytes"],
)
def test_what_is_no_page_is_refused_clearly(tmp_path, raw, said):
    file = tmp_path / "page.txt"
    file.write_bytes(raw)
    with pytest.raises(CommandError) as refused:
        run(file)
    assert said in str(refused.value)
    assert Article.objects.count() == 0


def test_page_without_date_or_code_asks_for_them(tmp_path):
    file = tmp_path / "page.txt"
    file.write_text(PAGE.split("校对：石磊\n")[1], encoding="utf-8")
    with pytest.raises(CommandError, match="--date"):
        run(file)
    with pytest.raises(CommandError, match="--page"):
        run(file, "--date", "2026-03-03")
    run(file, "--date", "2026-03-03", "--page", "A02")
    assert Article.objects.count() == 3


def test_impossible_date_is_refused_in_chinese(page_file):
    with pytest.raises(CommandError, match="“2026-02-30”不是日期"):
        run(page_file, "--date", "2026-02-30")


def test_what_cannot_be_opened_is_said_in_one_line(tmp_path):
    with pytest.raises(CommandError, match=r"没有 .*none\.txt 这个文件"):
        run(tmp_path / "none.txt")
    with pytest.raises(CommandError, match="是文件夹"):
        run(tmp_path)


@pytest.mark.parametrize("code", ["头版", "A0003", "ABC1", "3版"])
def test_what_is_no_page_code_is_named(page_file, code):
    with pytest.raises(CommandError, match=f"“{code}”不是版次"):
        run(page_file, "--page", code)
    assert Issue.objects.count() == Article.objects.count() == 0


def test_impossible_date_in_the_text_is_named_with_its_line(tmp_path):
    file = tmp_path / "page.txt"
    file.write_text("江城日报\n2026年2月30日 A03版\n\n" + PAGE.split("校对：石磊\n")[1], "utf-8")
    with pytest.raises(CommandError, match=r"第 2 行.*--date"):
        run(file)
    run(file, "--date", "2026-03-03")
    assert str(Issue.objects.get().date) == "2026-03-03"


@pytest.mark.skipif(not SEED.exists(), reason="the real page is not beside this checkout")
class TestSeedPage:
    """The one real page, line by line; the file itself stays outside the project."""

    def test_imports_whole(self, client):
        run(SEED, "--date", "2024-10-31", "--page", "A03", "--create-places")
        parsed = parse_page(read_text(SEED.read_bytes()))
        stories = [row.article for row in Page.objects.get().placements.all()]
        assert len(stories) == len(parsed.articles) == 8
        for story, printed in zip(stories, parsed.articles, strict=True):
            assert story.headline == printed.headline
            assert body.subheads(story.blocks) == printed.subheads
            kept = body.plain_text(story.blocks).splitlines()
            assert [line for line in kept if line not in printed.subheads] == printed.paragraphs
            shown = client.get(story.get_absolute_url()).content.decode()
            for credit in printed.bylines:
                assert credit.name in shown
        page = client.get("/issues/2024-10-31/A03/").content.decode()
        for printed in parsed.articles:
            assert printed.headline in page

    def test_places_and_stations_have_pages(self, client):
        run(SEED, "--date", "2024-10-31", "--page", "A03", "--create-places")
        assert Community.objects.filter(level="community").count() >= 5
        for place in Community.objects.all():
            assert client.get(place.get_absolute_url()).status_code == 200
        for station in ServiceStation.objects.all():
            assert client.get(station.get_absolute_url()).status_code == 200
