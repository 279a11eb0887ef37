"""Tables in and out: every bad file and line in the words a newsroom reads, all or nothing."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import CheckConstraint
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import Workbook

from communities import hours_words
from communities.models import (
    Amenity,
    Community,
    ContactPerson,
    Service,
    ServiceStation,
    StationService,
)
from communities.tables import TABLES, files, giving_out
from communities.tables.checks import violated
from communities.tables.comparing import State, compare, sentences
from communities.tables.taking_in import NotTakenInError, take_in
from tests.factories import make_community, make_district, make_kind, make_station

from .table_files import BRIDGE, HEAD, csv_file, saved, xlsx_file

pytestmark = pytest.mark.django_db
STATIONS, COMMUNITIES = TABLES["stations"], TABLES["communities"]


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def street():
    district = make_district()
    street = make_community("桥头街道", within=district, level="subdistrict")
    make_community("桥头社区", within=street)
    make_community("桂花社区", within=street)
    other = make_community("河西街道", within=district, level="subdistrict")
    make_community("桂花社区", within=other, slug="he-xi-gui-hua")
    make_kind()
    Amenity.objects.create(name="微波炉", slug="a")
    Amenity.objects.create(name="桌子、椅子", slug="b")
    Service.objects.create(name="居住证申领", slug="a")
    Service.objects.create(name="法律咨询", slug="b")
    return street


@pytest.fixture
def station(street):
    """A station with everything that is hard to write into a cell."""
    station = make_station(
        "=桥头驿站",
        slug="qiao-tou",
        community=Community.objects.get(slug="he-xi-gui-hua"),
        kind=make_kind("服务站"),
        phone="+86 0000-5550123",
        address="'-桥头路1号",
        description='第一行\n第二行，有“引号”和"直引号"',
        longitude=Decimal("117.465210"),
        latitude=Decimal("30.821540"),
        opened_on=datetime.date(2024, 5, 1),
        closed_from=datetime.date(2026, 3, 1),
        closure_notice="换地板；请去对面",
        on_holidays="usual",
    )
    station.amenities.set(Amenity.objects.all())
    for service, bring in zip(Service.objects.all(), ("身份证|照片\\", ""), strict=True):
        StationService.objects.create(station=station, service=service, bring=bring)
    for weekday in (0, 1, 2, 4):
        station.hours.create(
            weekday=weekday, opens_at=datetime.time(8), closes_at=datetime.time(12)
        )
    station.hours.create(weekday=0, opens_at=datetime.time(14), closes_at=datetime.time(0))
    for first, note, opens in ((14, "盘点；一天", None), (16, '他说"好"', datetime.time(9))):
        station.special_days.create(
            first_on=datetime.date(2026, 2, first),
            last_on=datetime.date(2026, 2, 17),
            opens_at=opens,
            closes_at=opens and datetime.time(10),
            note=note,
        )
    return station


def looked_at(content, table=STATIONS):
    return compare(table, files.read(content))


def errors_of(content, table=STATIONS):
    return [*sentences(looked_at(content, table))]


def taken_in(content, table=STATIONS, **options):
    return take_in(table, files.read(content), by=None, **options)


def bridge(**cells):
    """The line of the bridge's station, some cells otherwise."""
    plain = dict(zip(HEAD, [*BRIDGE, "", "", "", ""], strict=True))
    return [*(plain | cells).values()]


# What a file may be

NOT_CLOSED = '名称,社区\n"桥头,桥头社区\n'


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (files.MOST_UNPACKED + 1))
    return file.getvalue()


def with_entities():
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_file(BRIDGE))) as good, zipfile.ZipFile(file, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE a [<!ENTITY b "c">]>' + content
            bad.writestr(name, content)
    return file.getvalue()


BAD_FILES = {
    b"": "文件是空的。",
    b"\xef\xbb\xbf\r\n,,\r\n": "文件是空的。",
    b"\xd0\xcf\x11\xe0 and so on": "这是旧版 Excel 文件（.xls），或者加了密码。"
    "请另存为 .xlsx 或 CSV，不加密码。",
    b"PK\x03\x04 and no more": "这个文件读不成 .xlsx。请用 Excel 或 WPS 打开，另存一次再上传。",
    b"\xff\xff\xff": "这个文件既不是 UTF-8 或 GB18030 的 CSV，也不是 .xlsx。",
    b"a,b\x00c": "这个文件既不是 UTF-8 或 GB18030 的 CSV，也不是 .xlsx。",
    NOT_CLOSED.encode(): "这个文件不是完整的 CSV：有一个引号没有配对。",
    b"x" * (files.MOST_BYTES + 1): "文件超过 4 MB，请分成几个文件导入。",
    b"a,b\n" * 100_000: "文件超过 5000 行，请分成几个文件导入。",
    b"a" + b",a" * 60: "第 1 行超过了 60 列。",
}


def test_bad_files_are_refused_in_words(db):
    expected = BAD_FILES | {
        bomb(): "文件解压后超过 40 MB。请把表格复制到新文件里再上传。",
        with_entities(): "这个文件读不成 .xlsx。请用 Excel 或 WPS 打开，另存一次再上传。",
    }
    said = {}
    for content in expected:
        with pytest.raises(ValidationError) as refusal:
            files.read(content)
        said[content] = refusal.value.messages
    assert said == {content: [message] for content, message in expected.items()}


BAD_HEADS = [
    (
        [("地址", "电话"), ("a", "b")],
        "缺少这些列：名称、社区。这张表的列名有：地址名、名称、类型、",
    ),
    ([("名称", "社区", "名称"), ("a", "b", "c")], "“名称”这一列出现了两次。"),
    ([("名称", "社区", ""), ("a", "b", "c")], "第 3 列没有列名（是不是合并了单元格？）。"),
    ([("名称", "社区")], "列名下面一行内容也没有。"),
]


@pytest.mark.parametrize(("lines", "message"), BAD_HEADS)
def test_bad_heads_are_refused_in_words(lines, message, street):
    found = looked_at(csv_file(*lines[1:], head=lines[0]))
    assert [problem[: len(message)] for problem in found.problems] == [message]
    assert not found.can_be_taken_in


def test_unused_columns_are_named_with_what_may_be_meant(street):
    found = looked_at(csv_file([*BRIDGE, "x", "y"], head=[*HEAD[:6], "便民设备", "备注"]))
    assert found.unused == ["便民设备（是不是“便民设施”？）", "备注"]
    assert found.can_be_taken_in


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_as_excel_and_wps_save_it(encoding, street):
    assert [line.name for line in looked_at(csv_file(BRIDGE, encoding=encoding)).lines] == [
        "桥头驿站"
    ]


def test_xlsx_is_read_with_titles_merged_cells_numbers_and_dates(street):
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "桥头街道站点一览"
    sheet.merge_cells("A1:E1")
    sheet.append(["名称", "类型＊", "社 区", "启用日期", "电话", "经度", "纬度"])
    sheet.append(["桥头驿站", "驿站", "桥头社区", datetime.date(2025, 5, 1), 5550123, 117.4, 30.8])
    taken_in(saved(book))
    row = ServiceStation.objects.get()
    assert (row.opened_on, row.phone) == (datetime.date(2025, 5, 1), "5550123")
    assert (row.longitude, row.latitude) == (Decimal("117.4"), Decimal("30.8"))


# What a line may say

BAD_CELLS = [
    ({"名称": ""}, "名称：这一格不能空。"),
    ({"名称": "桥" * 61}, "名称：确保该变量包含不超过 60 字符 (目前字符数 61)。"),
    ({"类型": "书屋"}, "类型：目录里没有叫“书屋”的类型。已有：驿站。"),
    ({"社区": "西湖社区"}, "社区：目录里没有叫“西湖社区”的社区。"),
    (
        {"社区": "桂花社区"},
        "社区：叫“桂花社区”的不止一处，请写明是哪一个：桥头街道/桂花社区、河西街道/桂花社区。",
    ),
    (
        {"开放时间": "周一 9点；周二 10:00-12:00、11:00-13:00"},
        "开放时间：“周一 9点”读不成开放时间；写法如“周一至周五 08:30-12:00、14:00-17:30；"
        "节假日 休息”。",
        "开放时间：周二：11:00 开始的这一段，前一段还没有结束。",
    ),
    (
        {"便民设施": "微波炉、冰箱"},
        "便民设施：目录里没有叫“冰箱”的便民设施。已有：微波炉、桌子、椅子。",
    ),
    ({"服务事项": "法律咨询|a\n法律咨询|b"}, "服务事项：“法律咨询”写了两次。"),
    ({"服务事项": f"法律咨询|{'材' * 201}"}, "服务事项：“要带的材料”有 201 个字，最多 200 个。"),
    ({"经度": "东经117"}, "经度：“东经117”不是度数；写法如 117.465210。"),
    ({"经度": "117.4"}, "纬度：经度和纬度要么都填，要么都不填。"),
    ({"经度": "30.8", "纬度": "117.4"}, "纬度：不能大于 90 度。经度和纬度是不是填反了？"),
    (
        {"经度": "2.35", "纬度": "48.85"},
        "经度：这个位置在国境之外，是不是经度、纬度填反了？确实如此的，请到它自己的页面上填。",
    ),
]


def test_errors_name_line_and_column(street):
    lines = [
        bridge(**{"名称": f"站{number}", **cells}) for number, (cells, *_) in enumerate(BAD_CELLS)
    ]
    expected = [
        f"第 {number} 行，{message}"
        for number, (_cells, *messages) in enumerate(BAD_CELLS, 2)
        for message in messages
    ]
    assert errors_of(csv_file(*lines)) == expected


MORE_HEAD = ("名称", "类型", "社区", "坐标系", "启用日期", "维修关闭自", "维修关闭至", "地址名")
MORE_CELLS = [
    ({"坐标系": "北京54"}, "坐标系：“北京54”不在可选的之内：GCJ-02、BD-09、WGS-84。"),
    ({"启用日期": "去年"}, "启用日期：“去年”不是日期；写法如 2026-03-01。"),
    ({"启用日期": "2026-02-30"}, "启用日期：“2026-02-30”不是日期；写法如 2026-03-01。"),
    ({"维修关闭自": "2026-3-9", "维修关闭至": "2026-3-1"}, "维修关闭至：结束日期早于开始日期。"),
    ({"维修关闭至": "2026-3-1"}, "维修关闭自：请填写关闭的第一天。"),
    ({"地址名": "桥头"}, "地址名：地址名只能用英文字母、数字和连字符。"),
    ({"地址名": "open-data"}, "地址名：这个地址名已经有了，请换一个。"),
]


def test_errors_of_the_model_name_line_and_column(street):
    plain = dict.fromkeys(MORE_HEAD, "") | {"类型": "驿站", "社区": "桥头社区"}
    lines = [
        [*(plain | {"名称": f"站{number}"} | cells).values()]
        for number, (cells, _message) in enumerate(MORE_CELLS)
    ]
    assert errors_of(csv_file(*lines, head=MORE_HEAD)) == [
        f"第 {number} 行，{message}" for number, (_cells, message) in enumerate(MORE_CELLS, 2)
    ]


def test_lines_are_compared_with_one_another_and_with_the_directory(station):
    make_station("有的站", community=Community.objects.get(name="桥头社区"), kind=station.kind)
    head = ("地址名", "名称", "类型", "社区")
    lines = [
        ("", "新站", "驿站", "桥头社区"),
        ("", "新站", "驿站", "桥头社区"),
        ("new", "一", "驿站", "桥头社区"),
        ("new", "二", "驿站", "桥头社区"),
        ("qiao-tou", "有的站", "服务站", "桥头社区"),
        ("other", "有的站", "驿站", "桥头社区"),
        ("qiao-tou", "", "", ""),
    ]
    assert errors_of(csv_file(*lines, head=head)) == [
        "第 3 行，名称：与第 2 行重复。",
        "第 5 行，地址名：与第 4 行重复。",
        "第 6 行，名称：已经被有的站占用（you-de-zhan）。",
        "第 7 行，地址名：这里同名的一条，地址名是 you-de-zhan；导入不能改地址名。",
        "第 8 行，名称：与第 6 行说的是同一条。",
    ]


def test_formulas_and_errors_of_a_spreadsheet_are_named(street):
    content = xlsx_file(bridge(名称="=A1&B1", 电话="#N/A"))
    assert errors_of(content)[:2] == [
        "第 2 行，名称：这一格是公式。请复制这一列，选择性粘贴为“数值”。",
        "第 2 行，电话：这一格是表格软件的错误值：#N/A。",
    ]


def test_new_line_wants_what_a_new_row_needs(station):
    content = csv_file(("qiao-tou", "0000-9"), ("none", "0000-8"), head=("地址名", "电话"))
    assert errors_of(content) == [
        f"第 3 行，{column}：这一行是新增的，文件里必须有这一列。"
        for column in ("名称", "类型", "社区")
    ]


# What is written


def test_what_goes_out_comes_in_unchanged(station):
    Community.objects.update(phone="@1", intro="a\nb")
    ContactPerson.objects.create(
        community=station.community, role="网格员|一", name="周明", phone="0000-1"
    )
    for table, count in ((STATIONS, 1), (COMMUNITIES, 6)):
        for make in (giving_out.as_csv, giving_out.as_xlsx):
            content = make(table, giving_out.lines(table))
            found = looked_at(content, table)
            assert [*sentences(found)] == []
            assert [line.changes for line in found.lines] == [[]] * count
            assert found.unused == []
            assert not found.can_be_taken_in
    text = giving_out.as_csv(STATIONS, giving_out.lines(STATIONS)).decode("utf-8-sig")
    cells = ("'=桥头驿站", "''-桥头路1号", "河西街道/桂花社区", "'+86 0000-5550123")
    assert [cell for cell in cells if f",{cell}," not in text] == []


def test_what_goes_out_makes_the_same_station_where_there_was_none(station):
    content = giving_out.as_xlsx(STATIONS, giving_out.lines(STATIONS))
    before = [*giving_out.lines(STATIONS)]
    ServiceStation.objects.all().delete()
    taken_in(content)
    after = [*giving_out.lines(STATIONS)]
    # A quotation mark inside a note cannot be told from the note's end; it comes back as ’.
    assert after == [[cell.replace('他说"好"', "他说’好’") for cell in line] for line in before]
    row = ServiceStation.objects.get()
    assert row.offers.get(service__name="居住证申领").bring == "身份证|照片\\"
    assert {one.name for one in row.amenities.all()} == {"微波炉", "桌子、椅子"}


def test_line_says_what_is_new_what_changes_and_what_stays(station):
    content = csv_file(
        ("qiao-tou", "0000-7", "周一 09:00-11:00"),
        ("qiao-tou-2", "", ""),
        head=("地址名", "电话", "开放时间"),
    )
    make_station("另一站", slug="qiao-tou-2", community=station.community, kind=station.kind)
    found = taken_in(content)
    changes = [(one.label, one.old, one.new) for one in found.lines[0].changes]
    assert changes[0] == ("电话", "+86 0000-5550123", "0000-7")
    assert changes[1][2] == "周一 09:00-11:00"
    assert [line.state for line in found.lines] == [State.CHANGED, State.SAME]
    row = ServiceStation.objects.get(slug="qiao-tou")
    assert (row.phone, row.address, row.special_days.count()) == ("0000-7", "'-桥头路1号", 0)
    assert [str(one) for one in row.hours.all()] == ["周一 9:00–11:00"]
    # As the syntax has it: hours that say nothing of holidays hold on them.
    assert row.on_holidays == "usual"


def test_nothing_is_written_when_one_line_is_wrong(station):
    content = csv_file(bridge(), bridge(名称="又一站"), bridge(名称="第三站", 社区="没有"))
    with pytest.raises(NotTakenInError) as refusal:
        taken_in(content)
    assert refusal.value.messages == ["什么都没有导入：文件里有错误。"]
    assert [*sentences(refusal.value.comparison)] == ["第 4 行，社区：目录里没有叫“没有”的社区。"]
    assert ServiceStation.objects.count() == 1


def test_what_was_changed_meanwhile_is_said_and_not_overwritten(station):
    content = csv_file(("qiao-tou", "0000-7"), ("other", "0000-1"), head=("地址名", "电话"))
    make_station("另一站", slug="other", community=station.community, kind=station.kind)
    shown = looked_at(content).shown
    ServiceStation.objects.filter(slug="qiao-tou").update(phone="0000-8")
    with pytest.raises(NotTakenInError) as refusal:
        taken_in(content, shown=shown)
    assert refusal.value.code == "moved"
    assert [line.number for line in refusal.value.comparison.moved] == [2]
    assert ServiceStation.objects.get(slug="other").phone == ""
    taken_in(content, shown=refusal.value.comparison.shown)
    assert set(ServiceStation.objects.values_list("phone", flat=True)) == {"0000-7", "0000-1"}


@pytest.mark.parametrize(
    ("system", "there"),
    [
        ("BD-09", ("117.458779", "30.815402")),
        ("百度", ("117.458779", "30.815402")),
        ("高德", ("117.465210", "30.821540")),
    ],
)
def test_position_is_converted_from_the_system_that_is_said(system, there, street):
    head = ("名称", "类型", "社区", "经度", "纬度", "坐标系")
    line = ("桥头驿站", "驿站", "桥头社区", "117.465210, 30.821540", "", system)
    taken_in(csv_file(line, head=head))
    row = ServiceStation.objects.get()
    assert (f"{row.longitude:.4f}", f"{row.latitude:.4f}") == tuple(
        f"{float(degrees):.4f}" for degrees in there
    )


# The tree

TREE_HEAD = ("名称", "级别", "所属上级", "联系人")


def test_place_may_lie_in_one_that_stands_further_down(db):
    lines = [
        ("柳堤村", "村", "柳堤镇", "书记|周明|0000-1\n网格员|林小舟|0000-2"),
        ("柳堤镇", "镇", "青禾区", ""),
        ("青禾区", "区", "", ""),
    ]
    taken_in(csv_file(*lines, head=TREE_HEAD), COMMUNITIES)
    village = Community.objects.with_parents().get(name="柳堤村")
    assert [place.name for place in village.parents] == ["青禾区", "柳堤镇"]
    assert [str(one) for one in village.people.all()] == ["书记 周明", "网格员 林小舟"]
    again = looked_at(csv_file(*lines, head=TREE_HEAD), COMMUNITIES)
    assert [line.state for line in again.lines] == [State.SAME] * 3


def test_tree_has_to_be_right(street):
    lines = [
        ("新社区", "社区", "没有街道", ""),
        ("新街道", "街道", "桥头街道", ""),
        ("无上级社区", "社区", "", "周明"),
        ("桥头街道", "社区", "青禾区", ""),
        ("新区", "市", "", ""),
    ]
    assert errors_of(csv_file(*lines, head=TREE_HEAD), COMMUNITIES) == [
        "第 2 行，所属上级：目录里没有叫“没有街道”的社区。",
        "第 3 行，所属上级：街道的所属上级应是区。",
        "第 4 行，联系人：“周明”要写成职务、姓名、电话三段，如："
        "网格员（1—3号楼）|周明|0000-5550123。",
        "第 5 行，级别：桥头社区不能归到社区下面，请先把它移到别处。",
        "第 6 行，级别：“市”不在可选的之内：区、街道、镇、社区、村。",
    ]


def test_renamed_place_may_be_named_by_its_new_name(street):
    head = ("地址名", "名称", "所属上级")
    lines = [
        ("qiao-tou-jie-dao", "新桥街道", "青禾区"),
        ("qiao-tou-she-qu", "桥头社区", "新桥街道"),
    ]
    found = taken_in(csv_file(*lines, head=head), COMMUNITIES)
    assert [line.state for line in found.lines] == [State.CHANGED, State.SAME]
    assert Community.objects.get(pk=street.pk).name == "新桥街道"


# How many questions are asked


def test_queries_do_not_grow_with_the_lines(street):
    asked = []
    for count in (1, 40):
        lines = [
            bridge(名称=f"第{n}站", 便民设施="微波炉", 服务事项="法律咨询") for n in range(count)
        ]
        rows = files.read(csv_file(*lines))
        with CaptureQueriesContext(connection) as queries:
            compare(STATIONS, rows)
        asked.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            take_in(STATIONS, rows, by=None)
        asked.append(len(queries))
        ServiceStation.objects.all().delete()
    assert asked[:2] == asked[2:]


def test_checks_are_reckoned_as_the_database_reckons_them(station):
    day = datetime.date(2026, 3, 1)
    for fields in (
        {},
        {"longitude": None},
        {"longitude": Decimal(181)},
        {"longitude": None, "latitude": None},
        {"closed_from": None},
        {"closed_from": None, "closure_notice": ""},
        {"closed_until": day},
        {"closed_until": day - datetime.timedelta(1)},
        {"slug": ""},
    ):
        row = ServiceStation.objects.get(pk=station.pk)
        for name, value in fields.items():
            setattr(row, name, value)
        asked = []
        for constraint in row._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                try:
                    constraint.validate(ServiceStation, row)
                except ValidationError:
                    asked.append(constraint)
        assert [*violated(row)] == asked, fields


def test_words_of_hours_are_read_as_people_type_them():
    for typed, meant in {
        "工作日9：00~17：00": "周一至周五 09:00-17:00",
        "周一、三、五 9:00—11:00": "周一、周三、周五 09:00-11:00",
        "每天全天；法定节假日不开放": "周一至周日 00:00-24:00；节假日 休息",
        "2026年2月16日 休息 “春节；年”": "2026-02-16 休息 “春节；年”",
        "Mo-Fr 08:30-12:00; PH off": "周一至周五 08:30-12:00；节假日 休息",
    }.items():
        assert hours_words.written(hours_words.read(typed)) == meant
        assert hours_words.written(hours_words.read(meant)) == meant


# The command


def test_command_shares_the_rules(street, tmp_path, capsys):
    file = tmp_path / "table.csv"
    file.write_bytes(csv_file(bridge()))
    call_command("import_places", str(file), "--kind", "stations", "--dry-run")
    assert "第 2 行，桥头驿站，电话：“” → “0000-1”" in capsys.readouterr().out
    assert not ServiceStation.objects.exists()
    for said in ("新增 1，改动 0，不变 0", "新增 0，改动 0，不变 1"):
        call_command("import_places", str(file), "--kind", "stations")
        assert said in capsys.readouterr().out
    file.write_bytes(csv_file(bridge(类型="书屋")))
    with pytest.raises(CommandError, match="第 2 行，类型：目录里没有叫“书屋”的类型"):
        call_command("import_places", str(file), "--kind", "stations")
