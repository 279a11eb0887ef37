"""What answers say to browsers."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.bulletin.test_settings import manage, production
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_every_kind_of_answer_keeps_devices_and_other_sites_away(client):
    story = make_article("灯亮了")
    newsroom = Client()
    newsroom.force_login(User.objects.create_superuser("root"))
    answers = [
        *(client.get(path) for path in ("/", story.get_absolute_url(), "/nowhere/", "/robots.txt")),
        client.get(reverse("admin:login")),
        *(newsroom.get(path) for path in (reverse("admin:index"), "/admin/nowhere/")),
    ]
    for response in answers:
        assert "camera=()" in response["Permissions-Policy"]
        assert "geolocation=(self)" in response["Permissions-Policy"]
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_code_to_scan_may_be_shown_by_other_sites(client):
    response = client.get(reverse("qr_code", args=[make_article("灯亮了").pk]))
    assert response.status_code == 200
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_policy_names_what_may_come_and_obeys_nothing_in_a_page(client):
    for path in ("/", "/nowhere/", reverse("admin:login")):
        policy = dict(
            part.strip().partition(" ")[::2]
            for part in client.get(path)["Content-Security-Policy"].split(";")
        )
        assert "unsafe" not in str(policy)
        for kind in ("default", "connect", "font", "frame", "manifest", "worker"):
            assert policy[f"{kind}-src"] == "'self'", kind
        assert policy["object-src"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"


def test_plain_http_is_lifted_to_https_only_where_there_is_https(tmp_path):
    ask = "from django.conf import settings as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES'])"
    for redirect, is_lifted in (("on", True), ("off", False)):
        variables = production(tmp_path, SECURE_SSL_REDIRECT=redirect)
        said = manage("shell", "-c", ask, tmp_path=tmp_path, **variables).stdout
        assert ("upgrade-insecure-requests" in said) is is_lifted
