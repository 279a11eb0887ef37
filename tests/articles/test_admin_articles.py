"""Stories in the admin: whose they are, who signs them, and what is said about wrong input."""

import datetime
import io
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from articles import reviews, revisions
from articles.models import Article, Byline, Contributor, Section, gate
from communities import pictures
from communities.models import Community
from tests.factories import make_article
from tests.newsroom import as_shown, client_of, errors_of, make_login, picture, with_row

pytestmark = pytest.mark.django_db

ADD = reverse("admin:articles_article_add")
HOUR = datetime.timedelta(hours=1)


def change(story):
    return reverse("admin:articles_article_change", args=[story.pk])


def make_story(**fields):
    return Article.objects.create(**{"headline": "渡口添灯", "body": "灯亮了。", **fields})


@pytest.fixture
def correspondent():
    return make_login("correspondent")


@pytest.fixture
def signer():
    return make_login("final_reviewer")


@pytest.fixture
def person():
    return Contributor.objects.create(name="阮青禾", title="通讯员")


def test_correspondent_files_a_story_with_bylines_and_a_photo(correspondent, person):
    photographer = Contributor.objects.create(name="蔺小舟")
    client = client_of(correspondent)
    sent = as_shown(client.get(ADD)) | {
        "headline": "渡口添灯\r\n夜路不黑",
        "body": "渡口装了十二盏灯。\r\n## 摸黑的日子\r\n灯亮了。",
        "dateline": "on",
        "tags": "渡口、路灯，#夜路",
    }
    sent["credit_line"] = "通讯员 阮青禾 文/图 蔺小舟"
    sent = with_row(sent, "photos", image=picture(), caption="渡口新灯", credit="蔺小舟 摄")
    response = client.post(ADD, sent)
    assert response.status_code == 302, errors_of(response)
    story = Article.objects.get()
    assert (story.headline, story.dateline, story.status) == ("渡口添灯 夜路不黑", True, "draft")
    assert story.filed_by == correspondent
    assert list(story.bylines.values_list("contributor", "name", "role", "kind")) == [
        (person.pk, "阮青禾", "通讯员", "correspondent"),
        (photographer.pk, "蔺小舟", "文/图", "writer"),
    ]
    assert story.head.content["bylines"][1]["name"] == "蔺小舟"
    photo = story.photos.get()
    assert (photo.position, photo.caption, photo.width, photo.height) == (1, "渡口新灯", 60, 40)
    assert sorted(story.tags.names()) == ["夜路", "渡口", "路灯"]


def test_whoever_files_a_story_finds_their_name_under_it(correspondent, person):
    person.user = correspondent
    person.save()
    client = client_of(correspondent)
    sent = as_shown(client.get(ADD)) | {"headline": "灯下", "body": "文。"}
    assert client.post(ADD, sent).status_code == 302
    assert [str(line) for line in Article.objects.get().bylines.all()] == ["通讯员 阮青禾"]


def test_name_found_under_a_new_story_can_be_taken_away(correspondent, person):
    person.user = correspondent
    person.save()
    client = client_of(correspondent)
    sent = as_shown(client.get(ADD)) | {"headline": "灯下", "body": "文。"}
    assert sent["credit_line"] == "通讯员 阮青禾"
    assert client.post(ADD, sent | {"credit_line": " "}).status_code == 302
    assert not Article.objects.get().bylines.exists()


def test_photo_story_without_a_picture_is_kept(correspondent):
    client = client_of(correspondent)
    sent = as_shown(client.get(ADD)) | {"headline": "灯下", "body": "图说。", "genre": "photo"}
    assert client.post(ADD, sent).status_code == 302
    assert Article.objects.get().genre == "photo"


def test_standing_column_and_section_are_kept_apart(signer):
    section = Section.objects.create(name="要闻", slug="yaowen")
    column = Section.objects.create(name="街巷短波", slug="duanbo", kind="column")
    client = client_of(signer)
    sent = as_shown(client.get(ADD)) | {"headline": "灯下", "body": "文。"}
    swapped = client.post(ADD, sent | {"section": column.pk, "column": section.pk})
    assert set(errors_of(swapped)) == {"section", "column"}
    assert client.post(ADD, sent | {"section": section.pk, "column": column.pk}).status_code == 302
    story = Article.objects.get()
    assert (story.section, story.column) == (section, column)


def test_correspondent_changes_a_draft_and_no_longer_once_it_is_approved(correspondent):
    story = make_story(filed_by=correspondent)
    client = client_of(correspondent)
    sent = as_shown(client.get(change(story))) | {"headline": "渡口添了灯"}
    assert client.post(change(story), sent).status_code == 302
    story.refresh_from_db()
    assert story.headline == "渡口添了灯"

    story = make_article("渡口添了灯", filed_by=correspondent, publish_at=None)
    assert client.post(change(story), sent | {"headline": "改口"}).status_code == 403
    page = client.get(change(story))
    assert b"<textarea" not in page.content
    assert b'name="_save"' not in page.content
    story.refresh_from_db()
    assert (story.headline, story.status) == ("渡口添了灯", "approved")


def test_draft_of_another_correspondent_is_not_there(correspondent):
    story = make_story(filed_by=make_login("correspondent", "else"))
    client = client_of(correspondent)
    for address in (change(story), reverse("admin:articles_article_history", args=[story.pk])):
        response = client.get(address)
        assert (response.status_code, response.url) == (302, reverse("admin:index"))
    assert client.post(change(story), {"headline": "改口"}).status_code in (302, 403)
    story.refresh_from_db()
    assert story.headline == "渡口添灯"


@pytest.mark.parametrize("role", ["first_reviewer", "second_reviewer", "issue_editor"])
def test_reviewers_edit_drafts_of_others_but_nothing_that_was_approved(role, correspondent):
    client = client_of(make_login(role))
    draft = make_story(filed_by=correspondent)
    sent = as_shown(client.get(change(draft))) | {"headline": "渡口添了灯"}
    assert client.post(change(draft), sent).status_code == 302
    draft.refresh_from_db()
    assert (draft.headline, draft.filed_by) == ("渡口添了灯", correspondent)

    approved = make_article(publish_at=None, filed_by=correspondent, headline="渡口添灯")
    now = timezone.localtime()
    times = {"publish_at_0": f"{now:%Y-%m-%d}", "publish_at_1": f"{now:%H:%M}"}
    assert client.post(change(approved), sent | times).status_code == 403
    approved.refresh_from_db()
    assert (approved.headline, approved.publish_at) == ("渡口添灯", None)


def test_correspondent_cannot_set_status_time_or_owner_through_the_form(correspondent):
    other = make_login("reporter")
    client = client_of(correspondent)
    page = client.get(ADD)
    assert "publish_at" not in page.context["adminform"].form.fields
    forged = {
        "status": "approved",
        "publish_at": "2020-01-01 00:00",
        "publish_at_0": "2020-01-01",
        "publish_at_1": "00:00",
        "filed_by": other.pk,
        "origin": "page/1",
    }
    sent = as_shown(page) | {"headline": "灯下", "body": "文。"} | forged
    assert client.post(ADD, sent).status_code == 302
    story = Article.objects.get()
    assert (story.status, story.publish_at, story.origin) == ("draft", None, None)
    assert story.filed_by == correspondent


# Handing in


def press(client, story, button, **changes):
    sent = as_shown(client.get(change(story))) | changes | {button: ""}
    return client.post(change(story), sent, follow=True)


def step(client, story, verb):
    address = reverse("admin:articles_article_step", args=[story.pk, verb])
    return client.post(address, follow=True)


def test_writer_saves_and_submits_in_one_step(correspondent):
    story = make_story(filed_by=correspondent)
    page = press(client_of(correspondent), story, "_submit", headline="渡口添了灯")
    assert page.redirect_chain == [(change(story), 302)]
    story.refresh_from_db()
    assert (story.headline, story.status) == ("渡口添了灯", "submitted")
    assert story.head.content["headline"] == "渡口添了灯"
    assert story.head.by == correspondent


def test_new_story_can_be_submitted_at_once(correspondent):
    client = client_of(correspondent)
    sent = as_shown(client.get(ADD)) | {"headline": "灯下", "body": "文。", "_submit": ""}
    response = client.post(ADD, sent)
    story = Article.objects.get()
    assert response.url == change(story)
    assert story.status == "submitted"


def test_submitted_story_is_closed_to_its_writer_who_may_take_it_back(correspondent):
    story = make_story(filed_by=correspondent)
    client = client_of(correspondent)
    press(client, story, "_submit")
    page = client.get(change(story))
    assert 'name="_save"' not in page.content.decode()
    assert client.post(change(story), {"headline": "改口", "body": "改口"}).status_code == 403
    assert reverse("admin:articles_article_step", args=[story.pk, "recall"]) in (
        page.content.decode()
    )
    step(client, story, "recall")
    story.refresh_from_db()
    assert (story.status, story.headline) == ("draft", "渡口添灯")


def test_discarded_story_is_kept_and_can_be_recovered(correspondent):
    story = make_story(filed_by=correspondent)
    client = client_of(correspondent)
    step(client, story, "discard")
    story.refresh_from_db()
    assert story.status == "discarded"
    step(client, story, "recover")
    story.refresh_from_db()
    assert story.status == "draft"


def test_wrong_input_is_not_submitted(correspondent):
    story = make_story(filed_by=correspondent)
    page = press(client_of(correspondent), story, "_submit", headline=" ")
    assert errors_of(page) == {"headline": [_("A story needs a headline.")]}
    story.refresh_from_db()
    assert story.status == "draft"


def test_step_answers_to_nothing_but_a_post_with_a_token(correspondent):
    story = make_story(filed_by=correspondent)
    client = client_of(correspondent)
    address = reverse("admin:articles_article_step", args=[story.pk, "submit"])
    assert client.get(address).status_code == 405
    client.handler.enforce_csrf_checks = True
    assert client.post(address).status_code == 403
    story.refresh_from_db()
    assert story.status == "draft"


@pytest.mark.parametrize("verb", ["submit", "recall", "discard", "recover", "publish", "approve"])
def test_steps_of_a_strangers_story_are_not_found(verb, correspondent):
    story = make_story(filed_by=make_login("reporter"))
    assert step(client_of(correspondent), story, verb).status_code == 404
    story.refresh_from_db()
    assert story.status == "draft"


@pytest.mark.parametrize("verb", ["publish", "approve", "pass_final"])
def test_there_is_no_step_past_the_reviews(verb, signer):
    story = make_story()
    assert step(client_of(signer), story, verb).status_code == 403
    story.refresh_from_db()
    assert story.status == "draft"


def test_reviewer_who_changes_a_story_in_review_is_told_what_follows(correspondent):
    story = make_story(filed_by=correspondent)
    press(client_of(correspondent), story, "_submit")
    reviews.pass_review(story, stage="first", by=make_login("first_reviewer"))
    client = client_of(make_login("second_reviewer"))
    sent = as_shown(client.get(change(story))) | {"body": "灯全亮了。"}
    page = client.post(change(story), sent, follow=True)
    told = [str(message) for message in page.context["messages"]]
    assert _("The text has changed: it goes through the first review again.") in told
    story.refresh_from_db()
    assert story.status == "submitted"


LIST = reverse("admin:articles_article_changelist")


def act(client, action, *stories):
    sent = {"action": action, "_selected_action": [story.pk for story in stories], "index": 0}
    return client.post(LIST, sent, follow=True)


def test_reviewer_who_saves_a_story_as_it_is_changes_nothing(correspondent):
    story = make_story(filed_by=correspondent, body="灯亮了。\n## 夜里\n路就平了。")
    revisions.record(story, by=correspondent)
    reviews.submit(story, by=correspondent)
    client = client_of(make_login("first_reviewer"))
    sent = as_shown(client.get(change(story)))
    sent["body"] = sent["body"].replace("\n", "\r\n")  # as a browser sends it
    assert client.post(change(story), sent).status_code == 302
    story.refresh_from_db()
    assert (story.status, story.revisions.count()) == ("submitted", 1)
    assert story.body == "灯亮了。\n## 夜里\n路就平了。"


def test_selected_stories_are_submitted_and_those_that_were_are_named(correspondent):
    first, second = make_story(filed_by=correspondent), make_story(filed_by=correspondent)
    third = make_story(headline="桥头", filed_by=correspondent)
    reviews.submit(third, by=correspondent)
    page = act(client_of(correspondent), "submit_stories", first, second, third)
    assert set(Article.objects.values_list("status", flat=True)) == {"submitted"}
    told = "\n".join(str(message) for message in page.context["messages"])
    assert "桥头" in told


@pytest.mark.parametrize("action", ["approve_stories", "publish_stories", "delete_selected"])
def test_actions_are_neither_offered_to_nor_taken_from_a_reviewer(action):
    story = make_story()
    client = client_of(make_login("first_reviewer"))
    assert action.encode() not in client.get(LIST).content
    act(client, action, story)
    story.refresh_from_db()
    assert story.status == "draft"


# Wrong input: said at the field, the form as it was typed, nothing changed


def refused(client, address, sent, **messages):
    """Send a form, and compare what is said; the page must show again what was typed."""
    response = client.post(address, sent)
    assert response.status_code == 200
    assert errors_of(response) == messages
    return response


@pytest.mark.parametrize("blank", ["", " ", "\u3000\u3000", "\u200b\ufeff", "\r\n \t"])
def test_story_of_blanks_is_refused_at_headline_and_body(blank, correspondent):
    client = client_of(correspondent)
    sent = as_shown(client.get(ADD)) | {"headline": blank, "body": blank, "kicker": "引题留着"}
    page = refused(
        client,
        ADD,
        sent,
        headline=[_("A story needs a headline.")],
        body=[_("A story needs a body.")],
    )
    assert "引题留着" in page.content.decode()
    assert not Article.objects.exists()


def test_body_of_two_million_characters_comes_back_whole(correspondent):
    client = client_of(correspondent)
    body = "渡口添灯。" * 400_000
    page = client.post(ADD, as_shown(client.get(ADD)) | {"headline": "灯", "body": body})
    (told,) = errors_of(page)["body"]
    assert "2000000" in told
    assert "100000" in told
    assert body in page.content.decode()
    assert not Article.objects.exists()


def test_headline_that_is_too_long_comes_back_as_typed(correspondent):
    client = client_of(correspondent)
    sent = as_shown(client.get(ADD)) | {"headline": "长" * 121, "body": "文。"}
    page = client.post(ADD, sent)
    assert set(errors_of(page)) == {"headline"}
    assert "长" * 121 in page.content.decode()


def bomb():
    """A PNG of a few hundred bytes that says it is 60,000 pixels square."""

    def chunk(kind, content):
        checksum = zlib.crc32(kind + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + kind + content + checksum

    size = (60_000).to_bytes(4, "big")
    head = chunk(b"IHDR", size * 2 + bytes([8, 2, 0, 0, 0]))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def cut_short():
    file = io.BytesIO()
    Image.effect_noise((300, 300), 50).save(file, "JPEG")
    return file.getvalue()[:2000]


SVG = "This is a %(kind)s file. Save the picture as JPEG or PNG and choose it again."
KNOWN_KINDS = "This file is no picture of a known kind; JPEG, PNG and WebP can be taken."
WRONG_PICTURES = {
    "a text": (b"hello", "照片.jpg", KNOWN_KINDS),
    "an SVG under another name": (
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "照片.jpg",
        SVG,
    ),
    "an SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "照片.svg", SVG),
    "a page": (b"<html><script>alert(1)</script></html>", "照片.png", KNOWN_KINDS),
    "half a picture": (
        cut_short(),
        "照片.jpg",
        "The picture is broken or was cut off on its way; please choose it again.",
    ),
    "a decompression bomb": (
        bomb(),
        "照片.png",
        "The picture has far too many pixels; it cannot be taken.",
    ),
}


@pytest.mark.parametrize("what", WRONG_PICTURES)
def test_wrong_picture_is_refused_at_its_field(what, correspondent):
    raw, name, message = WRONG_PICTURES[what]
    client = client_of(correspondent)
    sent = as_shown(client.get(ADD)) | {"headline": "灯下", "body": "文。"}
    upload = SimpleUploadedFile(name, raw, "image/jpeg")
    sent = with_row(sent, "photos", image=upload, caption="图说留着")
    told = _(message).replace("%(kind)s", "SVG")
    page = refused(client, ADD, sent, **{"photos-0-image": [told]})
    assert "图说留着" in page.content.decode()
    assert not Article.objects.exists()


def test_picture_over_the_limit_is_refused_at_its_field(correspondent, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_BYTES", 100)
    client = client_of(correspondent)
    sent = as_shown(client.get(ADD)) | {"headline": "灯下", "body": "文。"}
    page = client.post(ADD, with_row(sent, "photos", image=picture()))
    assert list(errors_of(page)) == ["photos-0-image"]
    assert not Article.objects.exists()


def test_photo_row_without_a_picture_is_refused_at_its_field(correspondent):
    client = client_of(correspondent)
    sent = as_shown(client.get(ADD)) | {"headline": "灯下", "body": "文。"}
    sent = with_row(sent, "photos", image="", caption="只有图说")
    message = _("Choose a picture, or remove this row.")
    refused(client, ADD, sent, **{"photos-0-image": [message]})


def test_name_nobody_has_is_asked_for_at_the_line_and_added_when_confirmed(correspondent, person):
    client = client_of(correspondent)
    line = "通讯员 阮青禾 卢新燕"
    sent = as_shown(client.get(ADD)) | {"headline": "灯下", "body": "文。", "credit_line": line}
    message = _("Nobody called %(name)s is known: check the name, or say that it is a new one.")
    page = refused(client, ADD, sent, credit_line=[message % {"name": "卢新燕"}])
    assert 'type="checkbox" name="new_people" value="卢新燕">' in page.content.decode()
    assert not Article.objects.exists()

    page = client.post(ADD, sent | {"new_people": "卢新燕"}, follow=True)
    assert str(Article.objects.get().credit_line) == line
    assert Contributor.objects.get(name="卢新燕").title == "通讯员"
    told = [str(message) for message in page.context["messages"]]
    assert _("New contributors: %(names)s") % {"names": "卢新燕"} in told


def test_namesakes_are_told_apart_and_asked_for_at_the_line(correspondent):
    first = Contributor.objects.create(name="王敏", title="通讯员", organisation="望塔街道")
    Contributor.objects.create(name="王敏", title="全媒体记者")
    client = client_of(correspondent)
    line = "通讯员 王敏"
    sent = as_shown(client.get(ADD)) | {"headline": "灯下", "body": "文。", "credit_line": line}
    page = client.post(ADD, sent)
    assert list(errors_of(page)) == ["credit_line"]
    shown = page.content.decode()
    assert f'<option value="{first.pk}">王敏（通讯员，望塔街道）</option>' in shown
    assert "王敏（全媒体记者）" in shown

    # An error elsewhere forgets no answer.
    answered = sent | {"chosen_people": str(first.pk)}
    page = client.post(ADD, answered | {"headline": ""})
    assert list(errors_of(page)) == ["headline"]
    assert f'<option value="{first.pk}" selected>' in page.content.decode()
    assert client.post(ADD, answered).status_code == 302
    assert Article.objects.get().bylines.get().contributor == first


def test_words_of_the_line_that_name_nobody_are_kept_and_told(correspondent, person):
    client = client_of(correspondent)
    line = "通讯员 阮青禾 这是一句不相干的话。"
    sent = as_shown(client.get(ADD)) | {"headline": "灯下", "body": "文。", "credit_line": line}
    page = client.post(ADD, sent, follow=True)
    story = Article.objects.get()
    assert story.unread_credit == "这是一句不相干的话"
    told = "".join(str(message) for message in page.context["messages"])
    assert "这是一句不相干的话" in told


def test_day_without_an_hour_is_refused(signer):
    client = client_of(signer)
    sent = as_shown(client.get(ADD)) | {"headline": "灯下", "body": "文。"}
    page = client.post(ADD, sent | {"deadline_0": "2026-12-01", "deadline_1": ""})
    assert list(errors_of(page)) == ["deadline"]
    assert not Article.objects.exists()


def test_error_elsewhere_leaves_a_story_and_its_bylines_alone(signer, person):
    story = make_story()
    story.bylines.create(contributor=person, name=person.name, role="通讯员", position=1)
    client = client_of(signer)
    sent = as_shown(client.get(change(story))) | {
        "headline": "改了",
        "credit_line": "记者 卢新燕",
    }
    page = client.post(change(story), sent)
    assert list(errors_of(page)) == ["credit_line"]
    assert "记者 卢新燕</textarea>" in page.content.decode()
    story.refresh_from_db()
    assert story.headline == "渡口添灯"
    assert story.bylines.get().role == "通讯员"


# People


def test_line_that_stays_leaves_printed_names_with_their_people(signer, person):
    story = make_story()
    story.bylines.create(contributor=person, name="小葵花", role="通讯员", position=1)
    before = story.bylines.values().get()
    client = client_of(signer)
    sent = as_shown(client.get(change(story)))
    assert sent["credit_line"] == "通讯员 小葵花"
    assert client.post(change(story), sent | {"headline": "改了"}).status_code == 302
    assert story.bylines.values().get() == before


def test_form_without_the_line_leaves_the_bylines_alone(signer, person):
    story = make_story()
    story.bylines.create(contributor=person, name=person.name, role="通讯员", position=1)
    client = client_of(signer)
    sent = as_shown(client.get(change(story))) | {"headline": "改了"}
    del sent["credit_line"]
    assert client.post(change(story), sent).status_code == 302
    assert story.bylines.get().contributor == person


def test_line_of_an_approved_story_is_shown_and_not_typed(correspondent, person):
    story = make_article(filed_by=correspondent)
    with gate.opened():
        story.bylines.create(contributor=person, name=person.name, role="通讯员", position=1)
    page = client_of(correspondent).get(change(story)).content.decode()
    assert "通讯员 阮青禾" in page
    assert 'name="credit_line"' not in page


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("correspondent", False),
        ("reporter", True),
        ("first_reviewer", True),
        ("final_reviewer", True),
        ("issue_editor", True),
    ],
)
def test_contributors_have_a_page_of_their_own_for_those_who_may_add_them(role, may):
    client = client_of(make_login(role))
    address = reverse("admin:articles_contributor_add") + "?_to_field=id&_popup=1"
    response = client.post(address, {"name": "新来的人", "_popup": "1", "_to_field": "id"})
    assert response.status_code == (200 if may else 403)
    assert Contributor.objects.filter(name="新来的人").exists() is may
    if may:
        assert "data-popup-response" in response.content.decode()


def test_places_are_shown_with_what_they_lie_in(correspondent):
    above = Community.objects.create(name="甲区", slug="jia", level="district")
    Community.objects.create(name="望塔街道", slug="wt", level="subdistrict", parent=above)
    names = {"app_label": "articles", "model_name": "article", "field_name": "communities"}
    address = reverse("admin:autocomplete")
    found = client_of(correspondent).get(address, {**names, "term": "望塔"}).json()["results"]
    pattern = _("%(name)s (%(where)s)")
    assert [row["text"] for row in found] == [pattern % {"name": "望塔街道", "where": "甲区"}]


def test_login_of_a_contributor_concerns_administrators_alone(person):
    address = reverse("admin:articles_contributor_change", args=[person.pk])
    editor, administrator = make_login("issue_editor"), make_login("administrator")
    client = client_of(editor)
    sent = as_shown(client.get(address))
    assert "user" not in sent
    client.post(address, sent | {"user": administrator.pk})
    person.refresh_from_db()
    assert person.user is None
    assert "user" in as_shown(client_of(administrator).get(address))


def test_person_under_a_story_cannot_be_deleted_and_is_told_why(person):
    story = make_story()
    Byline.objects.create(article=story, contributor=person, name=person.name)
    client = client_of(make_login("administrator"))
    address = reverse("admin:articles_contributor_delete", args=[person.pk])
    page = client.get(address)
    assert _("It cannot be deleted while these need it:") in page.content.decode()
    client.post(address, {"post": "yes"})
    assert Contributor.objects.filter(pk=person.pk).exists()


def test_deleting_names_what_goes_along_and_no_table_that_only_joins():
    story = make_story()
    place = Community.objects.create(name="甲区", slug="jia", level="district")
    story.communities.add(place)
    client = client_of(make_login("administrator"))
    page = client.get(reverse("admin:communities_community_delete", args=[place.pk]))
    gone = {str(name): count for name, count in page.context["model_count"]}
    assert gone == {str(Community._meta.verbose_name_plural): 1}


def test_credit_that_could_not_be_read_stands_in_the_line(signer, person):
    story = make_story(unread_credit="这是一句不相干的话")
    story.bylines.create(contributor=person, name=person.name, role="通讯员", position=1)
    client = client_of(signer)
    sent = as_shown(client.get(change(story)))
    assert sent["credit_line"] == "通讯员 阮青禾 这是一句不相干的话"
    client.post(change(story), sent | {"credit_line": "通讯员 阮青禾"})
    story.refresh_from_db()
    assert story.unread_credit == ""
    assert story.bylines.get().contributor == person
