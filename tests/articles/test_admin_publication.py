"""The page of a story's publication, its previews and its secret links."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import previews, publishing
from articles.models import Article, PreviewLink
from bulletin.roles import Role
from tests.articles.desk import advance, file_story, make_people, rewrite
from tests.newsroom import client_of, make_login

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def story(people):
    return file_story(people)


def page_of(story, name="publication"):
    return reverse(f"admin:articles_article_{name}", args=[story.pk])


def do(login, story, deed, **values):
    sent = {"deed": deed} | {f"{deed}-{name}": value for name, value in values.items()}
    return client_of(login).post(page_of(story), sent, follow=True)


def offered(login, story):
    page = client_of(login).get(page_of(story))
    assert page.status_code == 200
    return {deed.name for deed, _form in page.context["deeds"]}


def test_everybody_is_offered_what_they_may_do_and_nothing_else(story, people):
    administrator = make_login("administrator", "root")
    everyone = (people.writer, people.first, people.final, people.editor, administrator)
    expected = {
        "draft": ("link", "link", "link", "link", "link"),
        "approved": (
            "link",
            "link reopen",
            "link reopen",
            "link reopen publish schedule",
            "link reopen publish schedule",
        ),
        "public": (
            "",
            "revise",
            "revise withdraw",
            "revise withdraw",
            "revise withdraw",
        ),
    }
    for status, rights in expected.items():
        advance(story, people, status)
        for login, deeds in zip(everyone, rights, strict=True):
            assert offered(login, story) == set(deeds.split()), (status, login)


def test_editor_publishes_an_approved_story_now(story, people, client):
    advance(story, people, "approved")
    page = do(people.editor, story, "publish")
    assert story.get_absolute_url() in page.content.decode()
    assert client.get(story.get_absolute_url()).status_code == 200


def test_editor_gives_a_story_its_hour_and_takes_it_away(story, people, client):
    advance(story, people, "approved")
    hour = timezone.localtime() + HOUR
    do(
        people.editor,
        story,
        "schedule",
        publish_at_0=f"{hour:%Y-%m-%d}",
        publish_at_1=f"{hour:%H:%M}",
    )
    story.refresh_from_db()
    assert story.publish_at == hour.replace(second=0, microsecond=0)
    assert client.get(story.get_absolute_url()).status_code == 404
    do(people.editor, story, "unschedule", note="等一等。")
    story.refresh_from_db()
    assert story.publish_at is None


@pytest.mark.parametrize("deed", ["publish", "schedule", "withdraw", "reinstate", "revise"])
def test_nothing_gets_past_the_reviews_here(deed, story, people):
    advance(story, people, "second_passed")
    page = do(
        people.editor, story, deed, note="有误。", publish_at_0="2026-01-01", publish_at_1="8:00"
    )
    told = [str(message) for message in page.context["messages"]]
    assert told == [_("This cannot be done to the story as it stands now.")]
    story.refresh_from_db()
    assert (story.status, story.publish_at) == ("second_passed", None)


def test_what_was_typed_comes_back_with_what_is_wrong(story, people):
    advance(story, people, "approved")
    page = do(people.editor, story, "schedule", publish_at_0="2026-12-01", publish_at_1="")
    form = next(form for deed, form in page.context["deeds"] if deed.name == "schedule")
    assert form.errors == {"publish_at": [_("Give the day and the hour.")]}
    assert 'value="2026-12-01"' in page.content.decode()
    advance(story, people, "public")
    page = do(people.editor, story, "withdraw", note=" ")
    form = next(form for deed, form in page.context["deeds"] if deed.name == "withdraw")
    assert form.errors == {"note": [_("Say why the story is withdrawn: readers are told.")]}
    assert Article.objects.published().exists()


def test_withdrawn_story_answers_410_with_its_reason_and_comes_back(story, people, client):
    advance(story, people, "public")
    do(people.editor, story, "withdraw", note="地名有误，正在核实。")
    page = client.get(story.get_absolute_url())
    assert page.status_code == 410
    assert "地名有误，正在核实。" in page.content.decode()
    assert story.body not in page.content.decode()
    do(people.final, story, "reinstate", note="已经核实。")
    assert client.get(story.get_absolute_url()).status_code == 200


def test_withdrawn_before_its_hour_it_was_never_there(story, people, client):
    advance(story, people, "approved")
    publishing.publish(story, by=people.editor, publish_at=timezone.now() + HOUR)
    do(people.editor, story, "withdraw", note="不登了。")
    assert client.get(story.get_absolute_url()).status_code == 404


def test_change_of_a_published_story_ends_in_a_dated_correction(story, people, client):
    advance(story, people, "public")
    page = do(people.editor, story, "revise")
    copy = Article.objects.get(revises=story)
    assert page.redirect_chain[-1][0] == page_of(copy, "change")
    rewrite(copy, people.editor, "渡口添了七盏灯。", correction_note="灯是七盏，原文误作六盏。")
    copy.refresh_from_db()
    advance(copy, people, "approved")
    assert "六盏" in client.get(story.get_absolute_url()).content.decode()
    page = do(people.editor, copy, "publish")
    assert page.redirect_chain[-1][0] == page_of(story)
    shown = client.get(story.get_absolute_url()).content.decode()
    assert "渡口添了七盏灯。" in shown
    assert "灯是七盏，原文误作六盏。" in shown


@pytest.mark.parametrize("name", ["publication", "preview", "shown"])
def test_strangers_stories_are_not_found(name, story):
    for role in (*Role.values, None):
        login = make_login(role, f"stranger-{role}")
        allowed = login.has_perm("articles.edit_any_article")
        status = client_of(login).get(page_of(story, name)).status_code
        assert (status == 200) == allowed, role


class TestPreview:
    def test_shows_the_story_as_its_page_will(self, story, people):
        page = client_of(people.writer).get(page_of(story, "shown"))
        assert "渡口添了六盏灯。" in page.content.decode()
        assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]

    def test_is_shown_in_frames_of_a_phone_and_a_desk(self, story, people):
        page = client_of(people.writer).get(page_of(story, "preview")).content.decode()
        assert page.count(f'<iframe src="{page_of(story, "shown")}"') == 2

    def test_link_opens_to_anybody_until_it_expires(self, story, people, client):
        page = do(people.writer, story, "link", hours="24")
        link = PreviewLink.objects.get()
        address = reverse("articles:preview", args=[link.token])
        assert address in page.content.decode()
        shown = client.get(address)
        assert "渡口添了六盏灯。" in shown.content.decode()
        assert shown.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in shown.headers["Cache-Control"]
        assert previews.opened_by(link.token, link.expires_at) is None
        PreviewLink.objects.update(expires_at=timezone.now())
        gone = client.get(address)
        assert gone.status_code == 410
        assert "渡口添了六盏灯。" not in gone.content.decode()

    def test_link_is_revoked_by_who_made_it_and_not_by_a_stranger(self, story, people, client):
        link = previews.make_link(story, by=people.writer)
        address = reverse("admin:articles_article_revoke", args=[story.pk, link.pk])
        assert client_of(make_login("reporter")).post(address).status_code == 404
        assert client.get(reverse("articles:preview", args=[link.token])).status_code == 200
        assert client_of(people.writer).get(address).status_code == 404
        client_of(people.writer).post(address)
        assert client.get(reverse("articles:preview", args=[link.token])).status_code == 410

    def test_unknown_token_opens_nothing(self, client):
        assert client.get(reverse("articles:preview", args=["x" * 43])).status_code == 410


class TestExpiry:
    def test_expired_notice_leaves_the_lists_and_says_so_on_its_page(self, story, people, client):
        story.expires_at = timezone.now() - HOUR
        story.save()
        advance(story, people, "public")
        assert "渡口添灯" not in client.get("/").content.decode()
        page = client.get(story.get_absolute_url())
        assert page.status_code == 200
        assert 'class="notice"' in page.content.decode()


def test_working_copy_is_told_apart_in_lists_and_never_put_on_a_page(story, people):
    advance(story, people, "public")
    copy = publishing.revise(story, by=people.editor)
    client = client_of(people.editor)
    listed = client.get(reverse("admin:articles_article_changelist")).content.decode()
    assert listed.count(_("working copy")) == 1
    names = {"app_label": "issues", "model_name": "placement", "field_name": "article"}
    found = client.get(reverse("admin:autocomplete"), {**names, "term": ""}).json()["results"]
    assert [int(row["id"]) for row in found] == [story.pk]
    assert copy.pk != story.pk
