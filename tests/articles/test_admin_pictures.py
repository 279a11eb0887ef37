"""Pictures uploaded before their story is saved: whose they are, and how they become photos."""

import datetime
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from articles import drafts, loose_pictures
from articles.models import Article, LoosePicture, Photo
from tests.factories import make_article, make_draft, make_photo
from tests.newsroom import as_shown, client_of, errors_of, make_login, picture, with_row

pytestmark = pytest.mark.django_db

ADD = reverse("admin:articles_article_add")
SEND = reverse("admin:articles_article_pictures")
TEXT = {"headline": "渡口添灯", "body": "灯亮了。"}


def change(story):
    return reverse("admin:articles_article_change", args=[story.pk])


@pytest.fixture
def writer():
    return make_login("correspondent", "writer")


@pytest.fixture
def other():
    return make_login("correspondent", "other")


def upload(login, file=None):
    """Upload a picture as the form's script does; returns the answer."""
    return client_of(login).post(SEND, {"picture": file or picture()})


def loose(login, file=None):
    answer = upload(login, file)
    assert answer.status_code == 201, answer.content.decode()
    return LoosePicture.objects.get(pk=answer.json()["id"])


# Uploading


def test_uploaded_picture_is_answered_with_where_it_is(writer):
    answer = upload(writer, picture("义诊.jpg")).json()
    kept = LoosePicture.objects.get()
    assert kept.user == writer
    assert answer == {
        "id": kept.pk,
        "url": f"{SEND}{kept.pk}/",
        "width": 60,
        "height": 40,
        "name": "义诊.jpg",
    }


def test_picture_waits_under_a_name_nobody_can_guess(writer):
    names = {loose(writer, picture("义诊.jpg")).image.name for _n in range(2)}
    assert len(names) == 2
    for name in names:
        assert re.fullmatch(rf"loose/{writer.pk}/[A-Za-z0-9]{{22}}\.jpg", name)


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"hello", 422, "no_picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", 422, "heic"),
        (b"\xff\xd8\xff\xe0" + b"broken" * 50, 422, "broken"),
        (b"", 422, "empty"),
    ],
)
def test_what_is_no_picture_is_refused_in_words_and_kept_nowhere(writer, raw, status, code):
    answer = upload(writer, SimpleUploadedFile("照片.jpg", raw, "image/jpeg"))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["error"]
    assert not LoosePicture.objects.exists()
    assert not default_storage.exists("loose")


def test_picture_that_is_too_large_is_refused(writer, monkeypatch):
    monkeypatch.setattr("communities.pictures.MOST_BYTES", 100)
    answer = upload(writer)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_request_without_a_picture_is_refused(writer):
    answer = client_of(writer).post(SEND, {"picture": "no file"})
    assert (answer.status_code, answer.json()["code"]) == (400, "empty")
    assert client_of(writer).get(SEND).status_code == 405


def test_stranger_and_whoever_files_no_photos_upload_nothing():
    manager = make_login("community_manager")
    assert not manager.has_perm("articles.add_photo")
    for client, status, code in ((Client(), 401, "login"), (client_of(manager), 403, "closed")):
        answer = client.post(SEND, {"picture": picture()})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not LoosePicture.objects.exists()


def test_upload_without_the_forms_token_is_refused(writer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    assert client.post(SEND, {"picture": picture()}).status_code == 403
    assert not LoosePicture.objects.exists()


def test_nobody_keeps_more_loose_pictures_than_a_hundred(writer, other, monkeypatch):
    monkeypatch.setattr(loose_pictures, "MOST_PICTURES", 2)
    first = loose(writer)
    loose(writer)
    answer = upload(writer)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many")
    assert upload(other).status_code == 201
    # What was left lying for a day makes room.
    LoosePicture.objects.filter(pk=first.pk).update(at=timezone.now() - datetime.timedelta(days=2))
    assert upload(writer).status_code == 201
    assert not LoosePicture.objects.filter(pk=first.pk).exists()


# Seeing


def test_picture_is_shown_to_its_uploader_alone(writer, other):
    kept = loose(writer)
    address = f"{SEND}{kept.pk}/"
    shown = client_of(writer).get(address)
    assert shown["Content-Type"] == "image/jpeg"
    assert "private" in shown["Cache-Control"]
    assert b"".join(shown.streaming_content)[:2] == b"\xff\xd8"
    for stranger, status in ((other, 404), (make_login("administrator"), 404)):
        assert client_of(stranger).get(address).status_code == status
    assert Client().get(address).status_code == 401
    assert client_of(writer).get(f"{SEND}{kept.pk + 1}/").status_code == 404


def test_picture_whose_file_is_gone_is_not_there(writer):
    kept = loose(writer)
    default_storage.delete(kept.image.name)
    assert client_of(writer).get(f"{SEND}{kept.pk}/").status_code == 404


# Becoming a photo


def file_story(login, **row):
    client = client_of(login)
    sent = as_shown(client.get(ADD)) | TEXT
    return client.post(ADD, with_row(sent, "photos", **row))


def test_loose_picture_becomes_the_photo(writer, django_capture_on_commit_callbacks):
    kept = loose(writer, picture("义诊.jpg"))
    waited = kept.image.name
    with django_capture_on_commit_callbacks(execute=True):
        response = file_story(
            writer, upload=kept.pk, caption="新灯", focus_x="20", focus_y="80", position=""
        )
    assert response.status_code == 302, errors_of(response)
    photo = Photo.objects.get()
    assert (photo.caption, photo.width, photo.height) == ("新灯", 60, 40)
    assert (photo.focus_x, photo.focus_y) == (20, 80)
    assert re.fullmatch(rf"photos/{photo.article_id}/义诊-\w{{8}}\.jpg", photo.image.name)
    with photo.image.open() as file:
        assert Image.open(file).size == (60, 40)
    assert not LoosePicture.objects.exists()
    assert not default_storage.exists(waited)


def test_no_renditions_are_made_while_the_form_is_saved(writer):
    file_story(writer, upload=str(loose(writer).pk))
    assert Photo.objects.filter(Photo.waiting).count() == 1
    assert not default_storage.exists("sized")


def test_picture_of_another_cannot_be_claimed(writer, other):
    kept = loose(writer)
    response = file_story(other, upload=kept.pk, caption="新灯")
    gone = _("This picture is no longer here; please choose it again.")
    assert errors_of(response) == {"photos-0-image": [gone]}
    assert LoosePicture.objects.filter(pk=kept.pk, user=writer).exists()
    assert not Article.objects.exists()


@pytest.mark.parametrize("number", ["0", "999999", "-1", "1 OR 1", "½", "9" * 18])
def test_number_of_no_picture_is_refused_at_the_picture(writer, number):
    response = file_story(writer, upload=number, caption="新灯")
    assert list(errors_of(response)) == ["photos-0-image"]


def test_form_with_errors_keeps_the_uploaded_picture(writer):
    kept = loose(writer)
    client = client_of(writer)
    sent = as_shown(client.get(ADD)) | TEXT | {"headline": ""}
    page = client.post(ADD, with_row(sent, "photos", upload=kept.pk, caption="图说留着"))
    assert list(errors_of(page)) == ["headline"]
    assert f"{SEND}{kept.pk}/" in page.content.decode()
    again = as_shown(page) | {"headline": "渡口添灯"}
    assert again["photos-0-upload"] == str(kept.pk)
    response = client.post(ADD, again)
    assert response.status_code == 302, errors_of(response)
    assert [photo.caption for photo in Photo.objects.all()] == ["图说留着"]


def test_form_with_errors_keeps_the_chosen_file_too(writer):
    """Browsers forget a chosen file when a page comes back; without script it is kept as well."""
    client = client_of(writer)
    sent = as_shown(client.get(ADD)) | TEXT | {"headline": ""}
    sent = with_row(sent, "photos", image=picture("义诊.jpg"), caption="一")
    sent = with_row(sent, "photos", image=SimpleUploadedFile("坏.jpg", b"hello"), caption="二")
    page = client.post(ADD, sent)
    assert set(errors_of(page)) == {"headline", "photos-1-image"}
    kept = LoosePicture.objects.get()
    assert f"{SEND}{kept.pk}/" in page.content.decode()
    again = as_shown(page) | {"headline": "渡口添灯", "photos-1-image": picture("好.jpg")}
    response = client.post(ADD, again)
    assert response.status_code == 302, errors_of(response)
    assert list(Photo.objects.values_list("position", "caption")) == [(1, "一"), (2, "二")]
    assert not LoosePicture.objects.exists()


def test_chosen_file_goes_before_an_uploaded_one(writer):
    kept = loose(writer, picture("旧.jpg"))
    assert file_story(writer, upload=kept.pk, image=picture("新.jpg")).status_code == 302
    assert "新" in Photo.objects.get().image.name
    assert LoosePicture.objects.filter(pk=kept.pk).exists()


def test_saved_photo_keeps_its_picture_and_its_focus(writer):
    story = make_draft(filed_by=writer)
    photo = make_photo(story, focus_x=10, focus_y=90)
    client = client_of(writer)
    sent = as_shown(client.get(change(story))) | {"photos-0-caption": "换了图说"}
    for name in ("focus_x", "focus_y", "upload"):
        sent.pop(f"photos-0-{name}")
    assert client.post(change(story), sent).status_code == 302
    after = Photo.objects.get()
    assert (after.caption, after.image.name) == ("换了图说", photo.image.name)
    assert (after.focus_x, after.focus_y) == (10, 90)


@pytest.mark.parametrize("wrong", ["-1", "101", "中"])
def test_focus_outside_of_the_picture_is_refused(writer, wrong):
    response = file_story(writer, image=picture(), focus_x=wrong)
    assert list(errors_of(response)) == ["photos-0-focus_x"]


def test_save_that_is_taken_back_leaves_the_loose_picture(writer, monkeypatch):
    kept = loose(writer)

    def fail(*_args, **_kwargs):
        raise RuntimeError("the power is gone")

    monkeypatch.setattr("articles.revisions.record", fail)
    with pytest.raises(RuntimeError):
        file_story(writer, upload=kept.pk)
    assert not Photo.objects.exists()
    assert LoosePicture.objects.get() == kept
    assert default_storage.exists(kept.image.name)


def test_photo_rows_of_a_story_closed_to_change_show_no_inner_fields(writer):
    story = make_article(filed_by=writer)
    make_photo(story)
    page = client_of(make_login("final_reviewer")).get(change(story))
    assert page.status_code == 200
    assert b"photo-desk" not in page.content
    assert b"focus_x" not in page.content


# Clearing away


def aged(login, days):
    kept = loose(login)
    LoosePicture.objects.filter(pk=kept.pk).update(
        at=timezone.now() - datetime.timedelta(days=days)
    )
    return kept


def test_command_clears_old_pictures_that_no_draft_needs(
    writer, other, capsys, django_capture_on_commit_callbacks
):
    old, needed, young = aged(writer, 31), aged(writer, 31), aged(other, 29)
    content = {"photos-TOTAL_FORMS": "1", "photos-0-upload": str(needed.pk)}
    drafts.keep(writer, drafts.new_key(), None, 0, content, sequence=1)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("clear_loose_pictures")
    assert set(LoosePicture.objects.all()) == {needed, young}
    assert not default_storage.exists(old.image.name)
    assert default_storage.exists(needed.image.name)
    assert "1" in capsys.readouterr().out
    call_command("clear_loose_pictures", "--older-than", "29")
    assert set(LoosePicture.objects.all()) == {needed}


@pytest.mark.parametrize("days", ["-1", "99999"])
def test_command_refuses_days_that_are_none(days):
    with pytest.raises(CommandError):
        call_command("clear_loose_pictures", f"--older-than={days}")


# On the public site


@pytest.mark.parametrize(
    ("focus", "classes"),
    [
        ((50, 50), ""),
        ((40, 60), ""),
        ((0, 0), "fx-0 fy-0"),
        ((100, 100), "fx-4 fy-4"),
        ((12, 13), "fx-0 fy-1"),
        ((50, 90), "fx-2 fy-4"),
    ],
)
def test_focus_is_told_in_classes(focus, classes):
    assert Photo(focus_x=focus[0], focus_y=focus[1]).focus_classes == classes


def test_published_picture_carries_its_focus(client):
    story = make_article()
    make_photo(story, focus_x=0, focus_y=100)
    page = client.get(story.get_absolute_url()).content.decode()
    assert re.search(r'<img [^>]*class="fx-0 fy-4"', page)
