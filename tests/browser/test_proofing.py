"""A proof error is noted on a phone, questioned, and struck out; the page is fit for everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from issues.models import ProofError
from tests.factories import make_article, make_issue, make_page, place
from tests.newsroom import make_login

from .devices import DESKTOP, PHONE, admin, found_by_axe, without_sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_error_is_noted_questioned_and_struck_out(device):
    page = make_page(make_issue())
    place(make_article("渡口添灯", body="镇干郡走进桂花社区，" + "灯" * 990), page)
    editor = make_login("issue_editor", first_name="叶知秋")
    phone = device(editor, PHONE)
    phone.goto(admin("issues_issue_quality", page.issue.pk))
    assert found_by_axe(phone) == []

    phone.get_by_label("在哪里").select_option(label="渡口添灯")
    phone.get_by_label("误为").fill("镇于部")
    phone.get_by_label("应为").fill("镇干部")
    phone.get_by_role("button", name="登记", exact=True).click()
    expect(phone.get_by_label("报纸上确实是这样印的，照记")).not_to_be_checked()
    assert found_by_axe(phone) == []
    phone.get_by_label("误为").fill("镇干郡")
    phone.get_by_role("button", name="登记", exact=True).click()
    expect(phone.locator(".rate")).to_contain_text("超过万分之三")
    assert ProofError.objects.get().wrong == "镇干郡"

    phone.locator(".errors-list summary").click()
    phone.get_by_label("理由").fill("记重了")
    phone.get_by_role("button", name="划去", exact=True).click()
    expect(phone.locator(".errors-list .struck")).to_contain_text("记重了")
    expect(phone.locator(".rate")).to_contain_text("未超过万分之三")
    assert found_by_axe(phone) == []
    assert without_sideways_scroll(phone)

    desk = device(editor, DESKTOP)
    for where in (
        admin("issues_issue_quality", page.issue.pk),
        admin("issues_issue_quality_report") + "?first=2024-01-01&last=2024-12-31",
        admin("issues_issue_staff", page.issue.pk, page.pk),
    ):
        desk.goto(where)
        assert found_by_axe(desk) == []
        assert without_sideways_scroll(desk)
