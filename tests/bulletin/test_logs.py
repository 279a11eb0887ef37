"""What stands in the log, and what never does."""

import io
import json
import logging

import pytest
from django.contrib.auth.models import User
from django.db import DataError, OperationalError
from django.test import Client
from django.urls import reverse

from articles.models import Article
from bulletin.logs import JsonLines, OfRequest
from tests.bulletin.test_settings import manage, production

pytestmark = pytest.mark.django_db

# What somebody sends: it may stand nowhere in the log.
PRIVATE = ("秘密词", "192.0.2.77", "somebody.ruan", "evil.example", "hunter2", "Rare Browser")
SENT = {
    "HTTP_USER_AGENT": "Rare Browser 7",
    "REMOTE_ADDR": "192.0.2.77",
    "HTTP_REFERER": "https://evil.example/?q=秘密词",
}


@pytest.fixture
def lines():
    """Return what has been written as in production, as objects."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(OfRequest())
    handler.setFormatter(JsonLines(json_ensure_ascii=False))
    root, access = logging.getLogger(), logging.getLogger("bulletin.logs")
    level = access.level
    root.addHandler(handler)
    access.setLevel("INFO")
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    access.setLevel(level)


def no_one_in(lines):
    text = json.dumps(lines, ensure_ascii=False)
    assert [word for word in PRIVATE if word in text] == []
    return text


def test_one_line_says_what_was_asked_and_how_long_it_took(client, lines):
    response = client.get("/robots.txt?q=秘密词", **SENT)
    (line,) = lines()
    assert line["level"] == "INFO"
    assert line["logger"] == "bulletin.logs"
    assert (line["method"], line["path"], line["status"]) == ("GET", "/robots.txt", 200)
    assert line["milliseconds"] >= 0
    assert line["request_id"] == response["X-Request-ID"]
    assert line["time"].endswith("+08:00")
    no_one_in([line])


def test_every_line_of_a_request_has_its_id(client, lines):
    first, second = (client.get("/nowhere/?q=秘密词", **SENT) for _ in range(2))
    assert first["X-Request-ID"] != second["X-Request-ID"]
    ids = [line["request_id"] for line in lines()]
    assert sorted(ids) == sorted([first["X-Request-ID"], second["X-Request-ID"]] * 2)
    assert "Not Found: /nowhere/" in no_one_in(lines())


@pytest.mark.parametrize(
    ("behind", "given", "is_taken"),
    [
        (True, "0af7651916cd43dd8448eb211c80319c", True),
        (True, "short", False),
        (True, "x" * 65, False),
        (True, "a-line\nof-my-own", False),
        (True, '{"forged": 1}', False),
        (False, "0af7651916cd43dd8448eb211c80319c", False),
    ],
)
def test_id_is_taken_from_our_own_proxy_alone(client, settings, behind, given, is_taken):
    settings.BEHIND_PROXY = behind
    answered = client.get("/robots.txt", headers={"x-request-id": given})["X-Request-ID"]
    assert (answered == given) is is_taken
    assert len(answered) >= 8


def test_unknown_host_is_refused_without_being_named(client, lines, settings):
    settings.ALLOWED_HOSTS = ["paper.example"]
    assert client.get("/?q=秘密词", headers={"host": "evil.example"}, **SENT).status_code == 400
    assert "refused: DisallowedHost" in no_one_in(lines())


def test_form_from_elsewhere_is_refused_without_its_address(lines):
    client = Client(enforce_csrf_checks=True)
    sent = {"username": "somebody.ruan", "password": "hunter2"}
    assert client.post(reverse("admin:login"), sent, secure=True, **SENT).status_code == 403
    assert "refused: csrf" in no_one_in(lines())


def failing(error):
    def fail():
        # What an exception says is often what somebody typed.
        raise error

    return fail


@pytest.mark.parametrize("error", [ValueError("秘密词"), DataError("hunter2"), KeyError("秘密词")])
def test_traceback_says_where_and_not_what_was_sent(lines, monkeypatch, error):
    monkeypatch.setattr("bulletin.views.compose", failing(error))
    client = Client(raise_request_exception=False)
    assert client.get("/?q=秘密词", **SENT).status_code == 500
    (told,) = [line["error"] for line in lines() if "error" in line]
    assert "in home" in told
    assert type(error).__name__ in told
    no_one_in(lines())


def test_what_led_to_an_error_is_told_too_and_the_databases_own_words_are_kept(lines):
    try:
        try:
            raise OperationalError("connection refused")
        except OperationalError as error:
            raise ValueError("秘密词") from error
    except ValueError:
        logging.getLogger("bulletin.test").exception("failed")
    (line,) = lines()
    assert line["error"].index("connection refused") < line["error"].index("ValueError")
    no_one_in([line])


def test_login_that_fails_names_nobody(client, lines):
    User.objects.create_user("somebody.ruan", password="right", is_staff=True)
    sent = {"username": "somebody.ruan", "password": "hunter2"}
    client.post(reverse("admin:login"), sent, **SENT)
    assert "login failure" in no_one_in(lines())


def test_secret_address_of_a_preview_is_not_written_out(client, lines):
    token = "t0ken-that-opens-a-story"
    assert client.get(reverse("articles:preview", args=[token])).status_code in (404, 410)
    text = json.dumps(lines(), ensure_ascii=False)
    assert token not in text
    assert "/preview/…/" in text


def test_unhandled_error_is_mailed_to_nobody():
    """Django's own report holds the form, the cookies and the address."""
    assert logging.getLogger("django").handlers == []


def test_production_writes_objects_and_development_lines(tmp_path):
    ask = "import logging; logging.getLogger('bulletin.x').warning('灯')"
    said = manage("shell", "-c", ask, tmp_path=tmp_path, **production(tmp_path)).stderr
    assert json.loads(said)["message"] == "灯"
    assert "WARNING bulletin.x: 灯" in manage("shell", "-c", ask, tmp_path=tmp_path).stderr


def test_line_outside_of_a_request_has_none(lines):
    logging.getLogger("bulletin.test").warning("%s", Article(headline="灯"))
    (line,) = lines()
    assert set(line) == {"time", "level", "logger", "message"}
