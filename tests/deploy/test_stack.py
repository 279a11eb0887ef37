"""What readers, editors and operators notice of the stack, over real HTTP."""

import http.client
import json
import re
import ssl
import subprocess
import threading
import time

import brotli
import pytest

from .conftest import ask

pytestmark = pytest.mark.own_server


def test_pages_static_files_and_pictures_come_as_they_should(stack, get):
    home = get("/")
    assert home.status == 200
    assert "渡口添灯" in home.text
    assert len(home.headers.get_all("Content-Security-Policy")) == 1
    assert len(home.headers.get_all("X-Content-Type-Options")) == 1
    assert "nginx/" not in (home.headers["Server"] or "")

    script = re.search(r'src="(/static/[^"]+\.js)"', home.text)[1]
    plain = get(script)
    assert plain.status == 200
    assert plain.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert plain.headers["X-Content-Type-Options"] == "nosniff"
    small = get(script, Accept_Encoding="br, gzip")
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.body) == plain.body
    assert get(script, Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"
    assert get("/static/none.js").status == 404

    picture = re.search(r'src="(/media/[^"]+)"', home.text)[1]
    shown = get(picture)
    assert shown.status == 200
    assert shown.headers["Content-Type"].startswith("image/")
    assert "sandbox" in shown.headers["Content-Security-Policy"]


def test_what_is_nobodys_business_is_not_served(stack, get):
    for path in ("loose/a.jpg", ".before-restore/a.jpg", "page.html"):
        file = stack.folder / "media" / path
        file.parent.mkdir(exist_ok=True)
        file.write_text("<script>alert(1)</script>")
    assert get("/media/loose/a.jpg").status == 404
    assert get("/media/.before-restore/a.jpg").status == 404
    assert get("/metrics").status == 404
    assert get("/media/page.html").headers["Content-Type"] == "application/octet-stream"
    assert get("/static/../nginx/nginx.conf").status in {400, 404}
    assert get("/.pages/429.html").status == 404


def test_alive_and_ready(get):
    assert get("/healthz").text.strip() == "ok"
    assert get("/readyz").text.strip() == "ok"


def test_guessing_passwords_is_slowed_down_whatever_address_one_claims(get):
    answers = [
        get(
            "/admin/login/",
            method="POST",
            body=f"username=editor&password={number}",
            Content_Type="application/x-www-form-urlencoded",
            X_Forwarded_For=f"203.0.113.{number}",
        )
        for number in range(12)
    ]
    slowed = [answer for answer in answers if answer.status == 429]
    assert answers[0].status != 429
    assert len(slowed) >= 6
    assert "操作太频繁" in slowed[0].text
    assert slowed[0].headers["Retry-After"] == "60"
    # Looking at the page is no guess.
    assert get("/admin/login/").status == 200


def test_readers_forms_are_limited_and_reading_is_not(get):
    sent = [get("/articles/1/mistake/", method="POST", body="x=1").status for _ in range(12)]
    assert sent[0] != 429
    assert sent.count(429) >= 6
    assert {get("/articles/1/").status for _ in range(12)} == {200}


def test_what_a_caller_says_of_himself_has_no_effect(stack, get):
    forged = get(
        "/robots.txt",
        X_Forwarded_Proto="https",
        X_Forwarded_Host="evil.example",
        Forwarded="for=203.0.113.9;proto=https;host=evil.example",
    )
    assert f"http://127.0.0.1:{stack.port}/sitemap.xml" in forged.text
    assert "evil.example" not in forged.text
    own = "a-request-id-of-mine"
    assert get("/", X_Request_ID=own).headers["X-Request-ID"] != own


def test_a_proxy_of_ours_is_believed(stack, nginx):
    servers = stack.web_environment["APP_SERVERS"]
    front = nginx(servers, TRUSTED_PROXY="127.0.0.1/32")
    told = ask(front.port, "/robots.txt", X_Forwarded_Proto="https")
    assert f"https://127.0.0.1:{front.port}/sitemap.xml" in told.text


def test_the_log_tells_what_was_asked_and_not_by_whom(stack, get):
    secret = "k7Qm2ZpX9w"
    seen = get(
        "/search/?q=%E6%B8%A1%E5%8F%A3", User_Agent="Reader/1.0", Referer="http://a.example/"
    )
    get(f"/preview/{secret}/")
    end = time.monotonic() + 30
    while "/preview/" not in stack.access_log.read_text():
        assert time.monotonic() < end
        time.sleep(0.1)
    text = stack.access_log.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    searched = [line for line in lines if line["path"] == "/search/"]
    assert searched[-1]["request_id"] == seen.headers["X-Request-ID"]
    assert searched[-1]["status"] == 200
    for word in ("Reader/1.0", "a.example", "%E6%B8%A1", "渡口", secret, '"127.0.0.1"'):
        assert word not in text
    assert not any(line["path"] == "/healthz" for line in lines)


def test_with_a_certificate_plain_http_leads_on_to_https(stack, nginx, tmp_path):
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")),
            *("-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
        ],
        check=True,
        capture_output=True,
    )
    front = nginx(
        stack.web_environment["APP_SERVERS"],
        TLS="on",
        TLS_CERTIFICATE=str(tmp_path / "cert.pem"),
        TLS_KEY=str(tmp_path / "key.pem"),
    )
    led = ask(front.port, "/search/?q=a", Host="localhost")
    assert led.status == 301
    assert led.headers["Location"] == f"https://localhost:{front.tls_port}/search/?q=a"
    trusted = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
    connection = http.client.HTTPSConnection(
        "localhost", front.tls_port, context=trusted, timeout=60
    )
    connection.request("GET", "/")
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.headers.get_all("Strict-Transport-Security") == [
        "max-age=31536000; includeSubDomains; preload"
    ]
    answer.read()
    connection.close()


def test_kept_pages_are_served_again_but_not_to_one_who_is_logged_in(get):
    assert get("/sitemap.xml").headers["X-Cache"] in {"MISS", "EXPIRED"}
    assert get("/sitemap.xml").headers["X-Cache"] == "HIT"
    assert get("/sitemap.xml", Cookie="sessionid=x").headers["X-Cache"] == "BYPASS"


def load(port, path, until, failures, answered):
    """Ask again and again, each time on a new connection, until told to stop."""
    while not until.is_set():
        try:
            answer = ask(port, path)
            if answer.status != 200 or not answer.body:
                failures.append(answer.status)
        except (OSError, http.client.HTTPException) as error:
            failures.append(repr(error))
        answered.append(1)
        time.sleep(0.01)


def test_no_request_is_lost_while_applications_stop_start_and_die(stack):
    until, failures, answered = threading.Event(), [], []
    readers = [
        threading.Thread(target=load, args=(stack.port, path, until, failures, answered))
        for path in ("/", "/articles/1/", "/search/?q=%E6%B8%A1", "/stations/")
    ]
    for reader in readers:
        reader.start()
    try:
        # A release: one after the other is stopped and started anew.
        for number in (0, 1):
            assert stack.stop_one(f"application-{number}") == 0
            stack.start_application(number)
        before = len(answered)
        # An accident: one is gone, and the other one answers.
        stack.die("application-0")
        end = time.monotonic() + 60
        while len(answered) < before + 40 and time.monotonic() < end:
            time.sleep(0.1)
        assert len(answered) >= before + 40
    finally:
        until.set()
        for reader in readers:
            reader.join()
    assert failures == []
    stack.start_application(0)


def test_while_every_application_is_away_readers_are_told_so_in_chinese(nginx):
    front = nginx("127.0.0.1:9")
    told = ask(front.port, "/")
    assert told.status == 502
    assert "网站暂时无法访问" in told.text
    assert told.headers["Cache-Control"] == "no-store"
