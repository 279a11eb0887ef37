"""What the databases themselves refuse, whoever writes to them."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import revisions
from articles.models import (
    Article,
    Byline,
    Contributor,
    MistakeReport,
    Photo,
    Section,
    Status,
    Tag,
)
from communities.models import (
    Amenity,
    Community,
    Holiday,
    OpeningHours,
    ServiceStation,
    SpecialDay,
    StationKind,
)
from issues.models import Issue, Page, PageArea, PageProof, Placement, PressSheet, Stage, gate
from tests.factories import make_article, make_issue

pytestmark = pytest.mark.django_db

TRIANGLE = [(0, 0), (500, 0), (0, 500)]
SHEET = {
    "image": "a.jpg",
    "width": 3,
    "height": 4,
    "small": "b.jpg",
    "small_width": 3,
    "small_height": 4,
    "kept_at": datetime.datetime(2026, 3, 3, tzinfo=datetime.UTC),
}


@pytest.fixture
def rows():
    """One of everything."""
    district = Community.objects.create(name="甲区", slug="jia", level="district")
    street = Community.objects.create(
        name="乙街道", slug="yi", level="subdistrict", parent=district
    )
    kind = StationKind.objects.create(name="驿站", slug="yizhan")
    Amenity.objects.create(name="微波炉", slug="weibolu")
    station = ServiceStation.objects.create(name="丙驿站", slug="bing", kind=kind, community=street)
    OpeningHours.objects.create(station=station, weekday=0, opens_at="08:00", closes_at="12:00")
    section = Section.objects.create(name="要闻", slug="yaowen")
    article = Article.objects.create(headline="题", body="文", section=section)
    other = Article.objects.create(headline="又一题", body="文")
    person = Contributor.objects.create(name="张三")
    Byline.objects.create(article=article, contributor=person, name="张三", role="记者")
    Photo.objects.create(article=article, image="a.jpg", width=3, height=2)
    Tag.objects.create(name="议事", slug="yishi")
    issue = Issue.objects.create(date=datetime.date(2026, 3, 3), number=7)
    page = Page.objects.create(issue=issue, code="A01")
    placement = Placement.objects.create(page=page, article=article, role="lead", position=1)
    PageArea.over(placement, TRIANGLE).save()
    PressSheet.objects.create(page=page, **SHEET)
    return {
        "district": district,
        "street": street,
        "kind": kind,
        "station": station,
        "article": article,
        "other": other,
        "person": person,
        "issue": issue,
        "page": page,
        "placement": placement,
    }


NOW = datetime.datetime(2026, 3, 3, tzinfo=datetime.UTC)
REFUSED = {
    "a community's slug twice": lambda r: Community(name="丁", slug="jia", level="district"),
    "a community without a slug": lambda r: Community(name="丁", level="district"),
    "a district in something": lambda r: Community(
        name="丁", slug="ding", level="district", parent=r["district"]
    ),
    "a subdistrict in nothing": lambda r: Community(name="丁", slug="ding", level="subdistrict"),
    "a name twice in one place": lambda r: Community(
        name="乙街道", slug="yi-2", level="subdistrict", parent=r["district"]
    ),
    "half a position": lambda r: Community(
        name="丁", slug="ding", level="district", longitude="117.1"
    ),
    "a position off the earth": lambda r: Community(
        name="丁", slug="ding", level="district", longitude="30.1", latitude="97.2"
    ),
    "a kind twice": lambda r: StationKind(name="驿站", slug="yizhan-2"),
    "an amenity's slug twice": lambda r: Amenity(name="冰箱", slug="weibolu"),
    "a station's slug twice": lambda r: ServiceStation(
        name="丁站", slug="bing", kind=r["kind"], community=r["street"]
    ),
    "a station off the earth": lambda r: ServiceStation(
        name="丁站",
        slug="ding",
        kind=r["kind"],
        community=r["street"],
        longitude="190",
        latitude="30",
    ),
    "closing before opening": lambda r: OpeningHours(
        station=r["station"], weekday=1, opens_at="12:00", closes_at="08:00"
    ),
    "hours on no day of the week": lambda r: OpeningHours(
        station=r["station"], weekday=8, opens_at="08:00", closes_at="12:00"
    ),
    "the same hours twice": lambda r: OpeningHours(
        station=r["station"], weekday=0, opens_at="08:00", closes_at="11:00"
    ),
    "special days that end before they begin": lambda r: SpecialDay(
        station=r["station"], first_on="2026-03-03", last_on="2026-03-02"
    ),
    "special days with half a span": lambda r: SpecialDay(
        station=r["station"], first_on="2026-03-03", last_on="2026-03-03", opens_at="08:00"
    ),
    "a special day that closes before it opens": lambda r: SpecialDay(
        station=r["station"],
        first_on="2026-03-03",
        last_on="2026-03-03",
        opens_at="08:00",
        closes_at="07:00",
    ),
    "a holiday that ends before it begins": lambda r: Holiday(
        name="节", first_on="2026-03-03", last_on="2026-03-02"
    ),
    "a closure that ends before it begins": lambda r: ServiceStation(
        name="丁站",
        slug="ding",
        kind=r["kind"],
        community=r["street"],
        closed_from="2026-03-03",
        closed_until="2026-03-02",
    ),
    "a section's slug twice": lambda r: Section(name="民生", slug="yaowen"),
    "a story without headline": lambda r: Article(headline="", body="文"),
    "a story without body": lambda r: Article(headline="题", body=""),
    "an import key twice": lambda r: _second_of_origin(),
    "two bylines at one place": lambda r: Byline(
        article=r["article"], contributor=r["person"], name="张三", role="摄", position=1
    ),
    "a byline twice": lambda r: Byline(
        article=r["article"], contributor=r["person"], name="张三", role="记者", position=2
    ),
    "a byline without a name": lambda r: Byline(
        article=r["article"], contributor=r["person"], role="摄", position=2
    ),
    "two photos at one place": lambda r: Photo(
        article=r["article"], image="b.jpg", width=3, height=2
    ),
    "a photo counted from nought": lambda r: Photo(
        article=r["article"], image="b.jpg", width=3, height=2, position=0
    ),
    "a report that says nothing": lambda r: _report(r, text=""),
    "a report answered at no time": lambda r: _report(r, status="answered"),
    "an open report with its answer's time": lambda r: _report(r, answered_at=NOW),
    "a corrected report without its correction": lambda r: _report(
        r, status="corrected", answered_at=NOW
    ),
    "a tag's slug twice": lambda r: Tag(name="停车", slug="yishi"),
    "a date with two issues": lambda r: Issue(date=datetime.date(2026, 3, 3)),
    "an issue number twice": lambda r: Issue(date=datetime.date(2026, 3, 4), number=7),
    "a scheduled issue without date": lambda r: Issue(status="scheduled", publish_at=NOW),
    "a scheduled issue without hour": lambda r: Issue(
        status="scheduled", date=datetime.date(2026, 3, 5)
    ),
    "an unknown status": lambda r: Issue(status="printed"),
    "a status that time alone brings": lambda r: Issue(status="live"),
    "a page code twice": lambda r: Page(issue=r["issue"], code="A01"),
    "a page without a code": lambda r: Page(issue=r["issue"], code=""),
    "two leads on a page": lambda r: Placement(
        page=r["page"], article=r["other"], role="lead", position=2
    ),
    "a story twice on a page": lambda r: Placement(
        page=r["page"], article=r["article"], role="brief", position=2
    ),
    "two pictures of a page": lambda r: PressSheet(page=r["page"], **SHEET),
    "a page's picture without a file": lambda r: _sheet(r, image=""),
    "a page's picture without a size": lambda r: _sheet(r, height=0),
    "a proof without a PDF": lambda r: _proof(r, pdf=""),
    "a proof without a picture": lambda r: _proof(r, image=""),
    "a proof without a size": lambda r: _proof(r, height=0),
    "two proofs of a page": lambda r: _proof(r, again=True),
    "two areas at one place": lambda r: PageArea.over(r["placement"], TRIANGLE),
    "an area counted from nought": lambda r: PageArea.over(r["placement"], TRIANGLE, 0),
    "an area beyond the page": lambda r: _area(r, right=1001),
    "an area without width": lambda r: _area(r, left=500),
    "two stories at one place": lambda r: Placement(
        page=r["page"], article=r["other"], role="brief", position=1
    ),
}


def _sheet(rows, **fields):
    page = Page.objects.create(issue=rows["issue"], code="A09")
    return PressSheet(page=page, **{**SHEET, **fields})


def _proof(rows, *, again=False, **fields):
    made = {"sheet": "tabloid", "areas": {}, "overset": [], "fingerprint": "0", "pdf": "a.pdf"}
    if again:
        PageProof.objects.create(page=rows["page"], **{**SHEET, **made})
    return PageProof(page=rows["page"], **{**SHEET, **made, **fields})


def _report(rows, **fields):
    revision = revisions.record(rows["article"], by=None, at=NOW)
    made = {"token": "t", "text": "错了。", "at": NOW}
    return MistakeReport(article=rows["article"], revision=revision, **{**made, **fields})


def _area(rows, **box):
    area = PageArea.over(rows["placement"], TRIANGLE, 2)
    for name, value in box.items():
        setattr(area, name, value)
    return area


def _second_of_origin():
    Article.objects.create(headline="题", body="文", origin="page/1")
    return Article(headline="题", body="文", origin="page/1")


@pytest.mark.parametrize("what", REFUSED)
def test_database_refuses(what, rows):
    row = REFUSED[what](rows)
    with pytest.raises(IntegrityError), transaction.atomic(), gate.opened():
        row.save()


def test_database_takes_what_is_right(rows):
    Page.objects.create(issue=rows["issue"], code="A02")
    Placement.objects.create(page=rows["page"], article=rows["other"], role="brief", position=2)
    Article.objects.create(headline="题", body="文")  # no import key, like the others
    Issue.objects.create()
    Issue.objects.create()  # two undated plans
    with gate.opened():
        rows["issue"].status = "scheduled"
        rows["issue"].publish_at = NOW
        rows["issue"].save()
    rows["station"].longitude, rows["station"].latitude = "117.465210", "30.821540"
    rows["station"].save()


HOUR = datetime.timedelta(hours=1)


@pytest.mark.parametrize("status", [status.value for status in Status])
@pytest.mark.parametrize("publish_at", [None, NOW - HOUR, NOW, NOW + HOUR])
def test_story_row_rule_and_set_rule_agree(status, publish_at):
    fields = {"withdrawn_at": NOW, "withdrawal_reason": "误"} if status == "withdrawn" else {}
    story = make_article(status=status, publish_at=publish_at, **fields)
    public = status == "approved" and publish_at is not None and publish_at <= NOW
    assert story.is_public(NOW) is public
    assert Article.objects.published(NOW).filter(pk=story.pk).exists() is public


@pytest.mark.parametrize("status", ["planning", "locked", "scheduled"])
@pytest.mark.parametrize("publish_at", [NOW - HOUR, NOW, NOW + HOUR])
def test_issue_row_rule_and_set_rule_agree(status, publish_at):
    issue = make_issue(timezone.localdate(), status=status, publish_at=publish_at)
    live = status == "scheduled" and publish_at <= NOW
    assert issue.is_live(NOW) is issue.is_public(NOW) is live
    assert Issue.objects.live(NOW).filter(pk=issue.pk).exists() is live
    assert Issue.objects.published(NOW).filter(pk=issue.pk).exists() is live
    stages = [stage for stage in Stage if Issue.objects.at_stage(stage, NOW).exists()]
    assert stages == [issue.stage(NOW)] == ["live" if live else status]
