"""The pages on which a table is looked through and taken in."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from communities.models import Community, ServiceStation, TableFile
from communities.models.table_file import KEPT_FOR
from communities.tables import files
from tests.factories import make_community, make_district, make_kind, make_station
from tests.newsroom import client_of, make_login

from .table_files import BRIDGE, csv_file, xlsx_file

pytestmark = pytest.mark.django_db


def address(name, model="servicestation"):
    return reverse(f"admin:communities_{model}_{name}")


@pytest.fixture
def street():
    street = make_community("桥头街道", within=make_district(), level="subdistrict")
    make_community("桥头社区", within=street)
    make_kind()
    return street


@pytest.fixture
def keeper():
    return client_of(make_login("administrator"))


def upload(client, content, name="站点.csv"):
    return client.post(address("import"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_nothing_is_written_before_it_is_confirmed(street, keeper):
    page = upload(keeper, xlsx_file(BRIDGE), "站点.xlsx").content.decode()
    assert "确认导入：新增 1，改动 0" in page
    assert "桥头路1号" in page
    assert not ServiceStation.objects.exists()
    done = keeper.post(address("import_check"), follow=True).content.decode()
    assert "已导入：新增 1，改动 0。" in done
    station = ServiceStation.objects.get()
    assert LogEntry.objects.get().object_id == str(station.pk)
    assert "由表格导入：地址名、名称" in LogEntry.objects.get().change_message
    assert not TableFile.objects.exists()


def test_file_with_errors_cannot_be_confirmed(street, keeper):
    bad = [(*BRIDGE[:2], "没有社区"), *((f"站{n}", "书屋", "桥头社区") for n in range(150))]
    page = upload(keeper, csv_file(BRIDGE, *bad)).content.decode()
    assert "有 151 处错误" in page
    assert "确认导入" not in page
    assert "目录里没有叫“没有社区”的社区。" in page
    keeper.post(address("import_check"))
    assert not ServiceStation.objects.exists()
    assert "站149" in keeper.get(address("import_check"), {"page": 2}).content.decode()
    listed = keeper.get(address("import_errors")).content.decode("utf-8-sig").split("\r\n")
    assert len(listed) == 151
    assert listed[-1] == "第 153 行，类型：目录里没有叫“书屋”的类型。已有：驿站。"


def test_what_changed_meanwhile_is_shown_again(street, keeper):
    station = make_station(
        "桥头驿站",
        slug="qiao-tou",
        community=Community.objects.get(name="桥头社区"),
        kind=make_kind("站"),
    )
    upload(keeper, csv_file(("qiao-tou", "0000-7"), head=("地址名", "电话")))
    ServiceStation.objects.update(phone="0000-8")
    page = keeper.post(address("import_check")).content.decode()
    assert "您看过之后，有人改了文件里说到的内容" in page
    assert "您看过之后有变化" in page
    assert "<del>0000-8</del>" in page
    keeper.post(address("import_check"))
    station.refresh_from_db()
    assert station.phone == "0000-7"


def test_bad_file_is_refused_at_its_field(street, keeper):
    page = upload(keeper, b"x" * (files.MOST_BYTES + 1)).content.decode()
    assert "文件超过 4 MB" in page
    assert not TableFile.objects.exists()
    page = upload(keeper, csv_file(("a",), head=("电话",))).content.decode()
    assert "缺少这些列：名称、社区" in page


def test_file_is_one_persons_and_waits_for_some_hours(street, keeper):
    upload(keeper, csv_file(BRIDGE))
    upload(keeper, csv_file(BRIDGE), "第二份.csv")
    assert [row.name for row in TableFile.objects.all()] == ["第二份.csv"]
    assert "第二份.csv" in keeper.get(address("import")).content.decode()
    other = client_of(make_login("administrator", "other"))
    assert "没有等待确认的文件" in other.post(address("import_check"), follow=True).content.decode()
    TableFile.objects.update(made_at=timezone.now() - KEPT_FOR - datetime.timedelta(minutes=1))
    assert (
        "没有等待确认的文件" in keeper.post(address("import_check"), follow=True).content.decode()
    )
    assert not ServiceStation.objects.exists()
    upload(other, csv_file(BRIDGE))
    assert TableFile.objects.count() == 1


@pytest.mark.parametrize("model", ["servicestation", "community", "activity"])
def test_only_those_who_keep_every_place_take_tables_in(model, street):
    manager = make_login("community_manager")
    street.managers.add(manager)
    for login, takes_in, takes_out in (
        (make_login("administrator"), 200, 200),
        (manager, 403, 200),
        (make_login("issue_editor"), 403, 200),
        (make_login(), 403, 403),
    ):
        client = client_of(login)
        answers = {
            name: client.get(address(name, model), follow=True).status_code
            for name in ("import", "import_check", "import_errors", "template")
        }
        assert set(answers.values()) == {takes_in}, (login, answers)
        assert client.post(address("import_check", model), follow=True).status_code == takes_in
        for name in ("table_csv", "table_xlsx"):
            assert client.get(address(name, model)).status_code == takes_out


def test_manager_takes_out_what_they_keep(street):
    kind, other = make_kind("站"), make_community("河西街道", within=street.parent, level="town")
    make_station("桥头驿站", community=street, kind=kind)
    make_station("河西驿站", community=other, kind=kind)
    manager = make_login("community_manager")
    street.managers.add(manager)
    table = client_of(manager).get(address("table_csv")).content.decode("utf-8-sig")
    assert "桥头驿站" in table
    assert "河西驿站" not in table


def test_template_says_what_belongs_into_it(street, keeper):
    rows = files.read(keeper.get(address("template")).content)
    assert [row.cells[1] for row in rows] == ["名称", "桂花社区暖心驿站"]
    page = upload(keeper, csv_file(BRIDGE)).wsgi_request
    assert page.path == address("import_check")
