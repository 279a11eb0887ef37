"""nginx keeps a page for as long as the page itself says, and no longer."""

import http.server
import threading
import time

import pytest

from .conftest import ask

pytestmark = pytest.mark.own_server


class Origin:
    """An application that counts how often it is asked."""

    def __init__(self):
        self.asked, self.freshness, self.version, self.broken = [], "", 1, False
        origin = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                origin.asked.append(self.headers)
                body = f"version {origin.version}".encode()
                self.send_response(500 if origin.broken else 200)
                if origin.freshness:
                    self.send_header("Cache-Control", origin.freshness)
                self.send_header("Vary", "Accept-Encoding")
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def origin():
    origin = Origin()
    yield origin
    origin.stop()


def wait_for(what):
    end = time.monotonic() + 30
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_says_nothing_and_what_is_private_is_not_kept(origin, nginx):
    front = nginx(origin.address)
    for freshness in ("", "private, max-age=60", "no-store", "max-age=0, s-maxage=0"):
        origin.freshness = freshness
        before = len(origin.asked)
        for _ in range(2):
            assert ask(front.port, "/").text == "version 1"
        assert len(origin.asked) == before + 2, freshness


def test_a_page_is_kept_as_long_as_it_says_and_renewed_behind_the_readers_back(origin, nginx):
    front = nginx(origin.address)
    origin.freshness = "max-age=0, s-maxage=2, stale-while-revalidate=600, stale-if-error=600"
    assert ask(front.port, "/").headers["X-Cache"] == "MISS"
    assert ask(front.port, "/").headers["X-Cache"] in {"HIT", "STALE"}
    assert len(origin.asked) <= 2
    origin.version = 2
    wait_for(lambda: ask(front.port, "/").headers["X-Cache"] == "STALE")
    # Who came first after the two seconds got the old page at once; others get the new one.
    wait_for(lambda: ask(front.port, "/").text == "version 2")


def test_what_was_kept_is_shown_while_the_application_is_broken_or_away(origin, nginx):
    front = nginx(origin.address)
    origin.freshness = "s-maxage=1, stale-while-revalidate=1, stale-if-error=600"
    assert ask(front.port, "/").text == "version 1"
    time.sleep(2.5)
    origin.broken = True
    shown = ask(front.port, "/")
    assert (shown.status, shown.text) == (200, "version 1")
    origin.stop()
    shown = ask(front.port, "/")
    assert (shown.status, shown.text, shown.headers["X-Cache"]) == (200, "version 1", "STALE")


def test_the_application_is_told_the_true_address_scheme_and_an_id(origin, nginx):
    front = nginx(origin.address)
    ask(
        front.port,
        "/",
        X_Forwarded_For="203.0.113.9",
        X_Forwarded_Proto="https",
        X_Real_IP="203.0.113.9",
        X_Request_ID="mine",
        Accept_Encoding="zstd, deflate, BR;q=0.9",
        Proxy="http://evil.example",
    )
    told = origin.asked[-1]
    assert told["X-Forwarded-For"] == "127.0.0.1"
    assert told["X-Forwarded-Proto"] == "http"
    assert told["X-Real-IP"] is None
    assert told["Proxy"] is None
    assert told["X-Request-ID"] not in {None, "mine"}
    assert told["Accept-Encoding"] == "br, gzip"
    assert told["Host"] == f"127.0.0.1:{front.port}"


def test_a_large_upload_passes_to_the_newsroom_alone(origin, nginx):
    front = nginx(origin.address)
    large = "x" * 2_000_000
    refused = ask(front.port, "/articles/1/mistake/", method="POST", body=large)
    assert refused.status == 413
    assert "文件太大" in refused.text
    assert ask(front.port, "/admin/", method="POST", body=large).status == 204


def test_a_large_upload_is_not_blamed_for_an_application_that_is_away(origin, nginx):
    front = nginx(origin.address)
    origin.stop()
    away = ask(front.port, "/admin/", method="POST", body="x" * 2_000_000)
    assert away.status == 502
    assert "文件太大" not in away.text
