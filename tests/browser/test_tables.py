"""A spreadsheet taken in: five errors seen, mended, confirmed, and the stations stand."""

import pytest
from playwright.sync_api import expect

from communities.models import ServiceStation
from tests.communities.table_files import HEAD, csv_file, xlsx_file
from tests.factories import make_community, make_district, make_kind
from tests.newsroom import make_login

from .devices import DESKTOP, PHONE, admin, found_by_axe, resize, without_sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GOOD = [
    (f"第{number}驿站", "驿站", "桥头社区", f"桥头路{number}号", "0000-1", "周一至周五 08:30-17:00")
    for number in range(1, 8)
]
# Line by line what is wrong with the first file, and where.
WRONG = {
    2: ("名称", 0, "", "这一格不能空"),
    3: ("类型", 1, "书屋", "目录里没有叫“书屋”的类型"),
    4: ("社区", 2, "西湖社区", "目录里没有叫“西湖社区”的社区"),
    5: ("开放时间", 5, "周一 9点开门", "“周一 9点开门”读不成开放时间"),
    8: ("名称", 0, "第6驿站", "与第 7 行重复"),
}


def upload(page, name, content):
    page.get_by_label("文件（.xlsx 或 .csv）").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="先看一遍").click()


def assert_well_made(page):
    assert found_by_axe(page) == []
    for width in (DESKTOP, PHONE):
        resize(page, width)
        assert without_sideways_scroll(page)


def test_spreadsheet_with_five_bad_lines_is_mended_and_taken_in(device):
    make_community("桥头社区", within=make_district())
    make_kind()
    page = device(make_login("administrator"))
    page.goto(admin("communities_servicestation_changelist"))
    page.get_by_role("link", name="导入表格").click()
    assert_well_made(page)

    bad = [list(line) for line in GOOD]
    for number, (_column, place, cell, _message) in WRONG.items():
        bad[number - 2][place] = cell
    upload(page, "站点.csv", csv_file(*bad, head=HEAD[:6], encoding="gb18030"))
    expect(page.get_by_role("alert")).to_contain_text("有 5 处错误")
    lines = page.locator(".import-lines > li")
    expect(lines).to_have_count(5)
    for shown, (number, (column, _place, _cell, message)) in zip(
        lines.all(), WRONG.items(), strict=True
    ):
        expect(shown).to_contain_text(f"第 {number} 行")
        expect(shown).to_contain_text(f"{column}：{message}")
    expect(page.get_by_role("button", name="确认导入")).to_have_count(0)
    assert_well_made(page)
    assert not ServiceStation.objects.exists()

    page.get_by_role("link", name="上传改好的文件").click()
    upload(page, "站点.xlsx", xlsx_file(*GOOD, head=HEAD[:6]))
    expect(lines).to_have_count(7)
    assert_well_made(page)
    assert not ServiceStation.objects.exists()
    page.get_by_role("button", name="确认导入：新增 7，改动 0").click()
    expect(page.get_by_text("已导入：新增 7，改动 0。")).to_be_visible()
    assert ServiceStation.objects.count() == 7
