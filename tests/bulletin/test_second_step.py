"""The second step of a login."""

import datetime
import re

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from bulletin import second_step
from tests.newsroom import client_of, make_login

pytestmark = pytest.mark.django_db

LOGIN, CODE = reverse("admin:login"), reverse("admin:second_step")
SET_UP, INDEX = reverse("admin:second_step_setup"), reverse("admin:index")
PASSWORD = "长夜灯火 1"
MORNING = datetime.datetime(2026, 11, 30, 1, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def code_of(device):
    """Return what the phone shows now."""
    return f"{totp(device.bin_key):06d}"


@pytest.fixture
def editor():
    return make_login("issue_editor")


@pytest.fixture
def phone(editor, clock):
    """The editor's phone, set up; its backup codes are in `codes`."""
    device = second_step.begun(editor)
    device.codes = second_step.confirm(editor, code_of(device))
    clock.shift(60)
    return device


def password_of(login, next_to="", password=PASSWORD):
    client = Client()
    sent = {"username": login.username, "password": password, "next": next_to}
    return client, client.post(LOGIN, sent)


def is_inside(client):
    return client.get(INDEX).status_code == 200


def test_login_without_a_second_step_is_as_it_was(editor):
    client, response = password_of(editor)
    assert response.status_code == 302
    assert is_inside(client)
    assert client.get(CODE).url == LOGIN


def test_it_is_set_up_with_the_phones_first_code(editor, clock):
    client = client_of(editor)
    page = client.get(SET_UP)
    device = TOTPDevice.objects.get()
    assert "data:image/svg+xml" in page.content.decode()
    # The picture brings its own white, for those who read by dark.
    assert "fill%3D%27%23fff%27" in page.content.decode()
    assert second_step.secret_of(device) in page.content.decode()
    assert client.post(SET_UP, {"code": "000000"}).status_code == 200
    assert not second_step.is_set_up(editor)
    # The secret is the same while it is being put on the phone.
    assert second_step.secret_of(device) in client.get(SET_UP).content.decode()
    clock.shift(5)
    shown = client.post(SET_UP, {"code": code_of(device)})
    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", shown.content.decode())
    assert len(set(codes)) == 10
    assert "no-store" in shown["Cache-Control"]
    assert codes[0] not in client.get(SET_UP).content.decode()
    assert is_inside(client)
    assert LogEntry.objects.get().object_id == str(editor.pk)


def test_password_alone_opens_nothing(editor, phone):
    client, response = password_of(editor, next_to=SET_UP)
    assert response.url == CODE
    assert not is_inside(client)
    assert "_auth_user_id" not in client.session
    response = client.post(CODE, {"code": code_of(phone)})
    assert response.url == SET_UP
    assert is_inside(client)


def test_code_is_taken_once(editor, phone):
    client, _response = password_of(editor)
    assert client.post(CODE, {"code": code_of(phone)}).status_code == 302
    client, _response = password_of(editor)
    assert client.post(CODE, {"code": code_of(phone)}).status_code == 200
    assert not is_inside(client)


def test_backup_code_is_taken_once_however_it_is_typed(editor, phone):
    typed = phone.codes[0].upper().replace("-", " ")
    client, _response = password_of(editor)
    assert client.post(CODE, {"code": typed}).status_code == 302
    assert is_inside(client)
    assert second_step.codes_left(editor) == 9
    client, _response = password_of(editor)
    assert client.post(CODE, {"code": typed}).status_code == 200
    assert not is_inside(client)


def test_guesses_have_to_wait_longer_and_longer_and_the_page_says_until_when(editor, phone, clock):
    client, _response = password_of(editor)
    for wait in (1, 2, 4, 8, 16, 32):
        client.post(CODE, {"code": "000000"})
        page = client.post(CODE, {"code": code_of(phone)}).content.decode()
        assert re.search(r"09:\d\d:\d\d", page)
        assert not is_inside(client)
        clock.shift(wait)
    assert client.post(CODE, {"code": code_of(phone)}).status_code == 302


def test_code_of_somebody_else_opens_nothing(editor, phone):
    other = make_login("reporter")
    device = second_step.begun(other)
    second_step.confirm(other, code_of(device))
    client, _response = password_of(editor)
    assert client.post(CODE, {"code": code_of(device)}).status_code == 200
    assert not is_inside(client)


@pytest.mark.parametrize("change", ["password", "is_active", "is_staff", "time"])
def test_what_happens_between_password_and_code_counts(editor, phone, clock, change):
    client, _response = password_of(editor)
    if change == "password":
        editor.set_password("另一个密码一二三")
        editor.save()
    elif change == "time":
        clock.shift(601)
    else:
        User.objects.update(**{change: False})
    assert client.post(CODE, {"code": code_of(phone)}).url == LOGIN
    assert not is_inside(client)
    assert client.get(CODE).url == LOGIN


def test_wrong_passwords_are_still_counted(editor, phone, settings):
    settings.AXES_FAILURE_LIMIT = 2
    for _ in range(2):
        _client, response = password_of(editor, password="wrong")
    assert response.status_code == 429
    assert password_of(editor)[1].status_code == 429


@pytest.mark.parametrize(
    ("required", "role", "is_sent"),
    [
        ("none", "issue_editor", False),
        ("publishers", "issue_editor", True),
        ("publishers", "first_reviewer", True),
        ("publishers", "administrator", True),
        ("publishers", "correspondent", False),
        ("all", "correspondent", True),
    ],
)
def test_setting_says_who_has_to(settings, required, role, is_sent):
    settings.OTP_REQUIRED = required
    client = client_of(make_login(role))
    response = client.get(INDEX)
    assert (response.status_code == 302) is is_sent
    if is_sent:
        assert response.url == SET_UP
        stories = client.get(reverse("admin:articles_article_changelist"))
        assert (stories.status_code, stories.url) == (302, SET_UP)
        device = TOTPDevice.objects.create(user=User.objects.get(), confirmed=False)
        assert client.post(SET_UP, {"code": code_of(device)}).status_code == 200
        assert is_inside(client)


def test_an_older_session_has_to_log_in_again_once_it_is_required(settings, editor, phone):
    settings.OTP_REQUIRED = "all"
    client = client_of(editor)
    assert client.get(INDEX).url == SET_UP
    assert client.get(SET_UP).url == LOGIN
    assert "_auth_user_id" not in client.session
    client, _response = password_of(editor)
    client.post(CODE, {"code": code_of(phone)})
    assert is_inside(client)


def test_own_second_step_is_changed_with_the_password_alone(editor, phone):
    client = client_of(editor)
    assert client.post(SET_UP, {"password": "wrong", "remove": ""}).status_code == 200
    assert AccessAttempt.objects.exists()
    assert second_step.is_set_up(editor)
    shown = client.post(SET_UP, {"password": PASSWORD, "codes": ""}).content.decode()
    assert phone.codes[0] not in shown
    assert len(re.findall(r"<code>\w{5}-\w{5}</code>", shown)) == 10
    assert second_step.check(editor, phone.codes[0]).device is None
    assert client.post(SET_UP, {"password": PASSWORD, "remove": ""}).status_code == 302
    assert not second_step.is_set_up(editor)
    assert not second_step.codes_left(editor)


def test_administrator_removes_it_on_record(editor, phone):
    chief = make_login("administrator")
    desk = client_of(chief)
    form = reverse("admin:auth_user_change", args=[editor.pk])
    address = reverse("admin:auth_user_second_step", args=[editor.pk])
    assert address in desk.get(form).content.decode()
    assert desk.get(address).status_code == 200
    assert second_step.is_set_up(editor)
    assert desk.post(address).status_code == 302
    assert not second_step.is_set_up(editor)
    entry = LogEntry.objects.filter(object_id=str(editor.pk)).first()
    assert (entry.user, entry.change_message) == (chief, "解除了两步登录。")
    history = desk.get(reverse("admin:auth_user_history", args=[editor.pk])).content.decode()
    assert "两步登录" in history
    assert password_of(editor)[1].url == INDEX
    assert address not in desk.get(form).content.decode()


def test_nobody_below_removes_anybodys(editor, phone):
    address = reverse("admin:auth_user_second_step", args=[editor.pk])
    for role in ("final_reviewer", "correspondent"):
        assert client_of(make_login(role)).post(address).status_code == 403
    root = User.objects.create_superuser("root")
    second_step.confirm(root, code_of(second_step.begun(root)))
    address = reverse("admin:auth_user_second_step", args=[root.pk])
    assert client_of(make_login("administrator")).post(address).status_code == 403
    assert second_step.is_set_up(editor)
    assert second_step.is_set_up(root)


def test_secrets_stand_on_no_page_of_the_admin(editor, phone):
    root = client_of(User.objects.create_superuser("root"))
    assert "otp_totp" not in root.get(INDEX).content.decode()
    assert root.get("/admin/otp_totp/totpdevice/").status_code == 404


def test_secret_key_is_changed_without_ending_logins(settings, editor):
    client, old = client_of(editor), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 60, [old]
    assert is_inside(client)
    settings.SECRET_KEY_FALLBACKS = []
    other = client_of(editor)
    settings.SECRET_KEY = "m" * 60
    assert not is_inside(other)
