"""A login in two steps, from the first look at the QR code to the code of the next morning."""

from __future__ import annotations

import base64

import pytest
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from tests.newsroom import make_login

from .devices import DESKTOP, PHONE, admin, found_by_axe, without_sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "长夜灯火 1"


def shown_on_the_phone(secret: str) -> str:
    """Return the code an app shows that was given the secret as it is written on the page."""
    key = base64.b32decode("".join(secret.split()))
    # What was confirmed with this code a moment ago is forgotten, instead of waiting for the next.
    TOTPDevice.objects.update(last_t=-1, throttling_failure_count=0)
    return f"{totp(key):06d}"


def looks_right(page: Page) -> list[str]:
    problems = found_by_axe(page)
    return problems if without_sideways_scroll(page) else [*problems, "scrolls sideways"]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_second_step_is_set_up_and_asked_for(device, width):
    editor = make_login("issue_editor")
    desk = device(editor, width)
    desk.goto(admin("second_step_setup"))
    expect(desk.get_by_alt_text("二维码")).to_be_visible()
    assert looks_right(desk) == []
    secret = desk.locator("code").inner_text()
    desk.get_by_label("验证码").fill(shown_on_the_phone(secret))
    desk.get_by_role("button", name="设置").click()
    codes = desk.locator("li code")
    expect(codes).to_have_count(10)
    assert looks_right(desk) == []
    backup = codes.first.inner_text()
    desk.goto(admin("second_step_setup"))
    expect(desk.get_by_text("还剩10个备用码")).to_be_visible()
    assert looks_right(desk) == []

    for code in (shown_on_the_phone(secret), backup):
        page = device(None, width)
        page.goto(admin("index"))
        page.get_by_label("用户名").fill(editor.username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", name="输入验证码")).to_be_visible()
        assert looks_right(page) == []
        page.get_by_label("验证码").fill("000000")
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_text("验证码不对")).to_be_visible()
        assert looks_right(page) == []
        shown_on_the_phone(secret)
        page.get_by_label("验证码").fill(code)
        page.get_by_role("button", name="登录").click()
        expect(page.locator("body")).to_contain_text("两步登录")
        page.wait_for_url(f"**{admin('index')}")
