"""Activities from a spreadsheet and into one."""

import datetime

import pytest
from django.utils import translation

from communities.models import Activity, ActivityKind, Community, Repeats, ServiceStation
from communities.tables import TABLES, files, giving_out
from communities.tables.comparing import State, compare, sentences
from communities.tables.taking_in import take_in
from tests.factories import make_community, make_district, make_kind, make_station

from .table_files import csv_file, xlsx_file

pytestmark = pytest.mark.django_db
ACTIVITIES = TABLES["activities"]
HEAD = ("名称", "类型", "站点", "社区", "日期", "开始时间", "结束时间", "重复", "星期", "对外公开")
CLINIC = (
    "义诊",
    "义诊",
    "桥头社区/驿站",
    "",
    "2026-12-08",
    "9:00",
    "11:00",
    "按周",
    "周二、五",
    "",
)


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def place():
    """Two communities, each with a station of the same name."""
    district, kind = make_district(), make_kind()
    for name in ("桥头社区", "桂花社区"):
        place = make_community(name, within=district)
        make_station("驿站", slug=place.slug, community=place, kind=kind)
    return Community.objects.get(name="桥头社区")


def looked_at(content):
    return compare(ACTIVITIES, files.read(content))


def line(**cells):
    return [*(dict(zip(HEAD, CLINIC, strict=True)) | cells).values()]


def test_activity_comes_in_with_its_days_reckoned_and_again_without_a_change(place):
    content = xlsx_file(CLINIC, line(名称="议事会", 站点="", 社区="桥头社区"), head=HEAD)
    found = take_in(ACTIVITIES, files.read(content), by=None)
    assert [one.state for one in found.lines] == [State.NEW, State.NEW]
    clinic = Activity.objects.get(title="义诊")
    assert (clinic.station, clinic.community) == (ServiceStation.objects.get(slug=place.slug), None)
    assert (clinic.repeats, clinic.weekdays, clinic.every) == (Repeats.WEEKLY, "25", 1)
    assert (clinic.first_on, clinic.has_no_end) == (datetime.date(2026, 12, 8), True)
    assert clinic.is_public
    assert [one.state for one in looked_at(content).lines] == [State.SAME, State.SAME]


def test_what_goes_out_comes_in_unchanged_and_is_changed_by_its_number(place):
    activity = Activity.objects.create(
        title="=讲座",
        kind=ActivityKind.LECTURE,
        station=place.stations.get(),
        starts_on=datetime.date(2026, 12, 1),
        starts_at=datetime.time(19),
        ends_at=datetime.time(0),
        repeats=Repeats.MONTHLY_ON_DAY,
        month_day=-1,
        count=3,
        places=30,
        is_public=False,
    )
    for make in (giving_out.as_csv, giving_out.as_xlsx):
        found = looked_at(make(ACTIVITIES, giving_out.lines(ACTIVITIES)))
        assert [*sentences(found)] == []
        assert [one.changes for one in found.lines] == [[]]
    content = csv_file((str(activity.pk), "2026-12-05"), head=("活动编号", "日期"))
    take_in(ACTIVITIES, files.read(content), by=None)
    activity.refresh_from_db()
    # Saved as its own page saves it: the calendar feed learns of the change.
    assert (activity.starts_on.day, activity.first_on.day, activity.sequence) == (5, 31, 1)


def test_errors_name_line_and_column(place):
    lines = [
        line(类型="舞会"),
        line(站点="驿站"),
        line(名称="二", 社区="桥头社区"),
        line(名称="三", 站点=""),
        line(名称="四", 日期="周二"),
        line(名称="五", 开始时间="上午"),
        line(名称="六", 结束时间="8:00"),
        line(名称="七", 星期="8"),
        line(名称="八", 对外公开="也许"),
        CLINIC,
        CLINIC,
    ]
    assert [*sentences(looked_at(csv_file(*lines, head=HEAD)))] == [
        "第 2 行，类型：“舞会”不在可选的之内：义诊、讲座、议事、文艺、健身、亲子、志愿服务、"
        "便民服务、其他。",
        "第 3 行，站点：叫“驿站”的不止一处，请写明是哪一个：桥头社区/驿站、桂花社区/驿站。",
        "第 4 行，社区：填了站点的，这一格请留空，社区由站点决定。",
        "第 5 行，站点：请填在哪个站点或哪个社区。",
        "第 6 行，日期：“周二”不是日期；写法如 2026-03-01。",
        "第 7 行，开始时间：“上午”不是时间；写法如 09:00。",
        "第 8 行，结束时间：结束时间要晚于开始时间。",
        "第 9 行，星期：“8”不是星期几；写法如 周二、周五。",
        "第 10 行，对外公开：“也许”不在可选的之内：是、否。",
        "第 12 行，名称：与第 11 行重复。",
    ]
    content = csv_file(("999", "新"), head=("活动编号", "名称"))
    assert "第 2 行，活动编号：没有编号 999；新增的请留空。" in [*sentences(looked_at(content))]
