"""A whole story and a byline's line, as the form's script has them read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.models import Article, Contributor, LoosePicture, Section
from tests.docx_files import make_docx, picture_file
from tests.factories import make_contributor, make_draft
from tests.factories import sign as put_under
from tests.newsroom import client_of, make_login

pytestmark = pytest.mark.django_db

STORY = reverse("admin:articles_article_read_story")
LINE = reverse("admin:articles_article_read_bylines")
TEXT = (
    "“电梯装不装，大家说了算。”4月2日，柳荫社区会议室里，二十多位居民围坐一圈。\n"
    "一楼的住户担心采光，六楼的老人盼着下楼。"
)


@pytest.fixture
def writer():
    return make_login("correspondent")


@pytest.fixture
def client(writer):
    return client_of(writer)


def upload(*paragraphs):
    return SimpleUploadedFile("稿.docx", make_docx(*paragraphs))


def test_pasted_story_is_answered_by_fields_and_nothing_is_saved(client):
    column = Section.objects.create(name="街巷短波", slug="duanbo", kind="column")
    head = "【街巷短波】\n柳荫社区议出电梯新方案\n本报讯（通讯员 黄小雨）"
    text = f"{head}{TEXT}\n联系电话：0556-1234567"
    answer = client.post(STORY, {"text": text}).json()
    (story,) = answer["stories"]
    assert story["fields"] == {
        "kicker": "",
        "headline": "柳荫社区议出电梯新方案",
        "deck": "",
        "body": TEXT,
        "credit_line": "通讯员 黄小雨",
        "dateline": True,
        "genre": "brief",
        "column": str(column.pk),
    }
    assert answer["left_over"] == ["联系电话：0556-1234567"]
    assert "联系电话：0556-1234567" in answer["html"]
    assert not Article.objects.exists()
    assert not Contributor.objects.exists()


def test_column_the_newsroom_does_not_have_is_left_over(client):
    answer = client.post(STORY, {"text": f"【街巷短波】\n电梯新方案\n本报讯 {TEXT}"}).json()
    assert "column" not in answer["stories"][0]["fields"]
    assert answer["left_over"] == ["街巷短波"]
    assert Section.objects.count() == 0


def test_column_that_is_a_section_goes_there(client):
    section = Section.objects.create(name="街巷短波", slug="duanbo")
    answer = client.post(STORY, {"text": f"【街巷短波】\n电梯新方案\n本报讯 {TEXT}"}).json()
    assert answer["stories"][0]["fields"]["section"] == str(section.pk)


def test_several_stories_are_all_answered_and_all_as_one_the_last(client):
    second = "3月4日，区医院的医生来到桥头小区，为八十位老人量血压。"
    text = f"柳荫社区议出电梯新方案\n{TEXT}（黄小雨）\n\n桥头义诊进小区\n{second}（蔺小舟）"
    stories = client.post(STORY, {"text": text}).json()["stories"]
    assert [one["fields"]["headline"] for one in stories] == [
        "柳荫社区议出电梯新方案",
        "桥头义诊进小区",
        "柳荫社区议出电梯新方案",
    ]
    assert stories[2]["fields"]["body"] == f"{TEXT}\n## 桥头义诊进小区\n{second}"


def test_document_brings_its_pictures_for_its_uploader_alone(client, writer):
    file = upload("渡口添灯", TEXT, picture_file(), "图为渡口新灯。蔺小舟 摄", "灯亮了，路就平了。")
    (story,) = client.post(STORY, {"file": file}).json()["stories"]
    kept = LoosePicture.objects.get()
    assert (kept.user, kept.width, kept.height) == (writer, 60, 40)
    assert story["fields"]["body"] == f"{TEXT}\n[图1]\n灯亮了，路就平了。"
    (photo,) = story["photos"]
    assert (photo["id"], photo["caption"], photo["credit"]) == (
        kept.pk,
        "图为渡口新灯。",
        "蔺小舟 摄",
    )
    shown = client.get(photo["url"])
    assert shown.getvalue().startswith(b"\xff\xd8")
    assert client_of(make_login("reporter")).get(photo["url"]).status_code == 404


def test_picture_that_cannot_be_taken_leaves_no_gap_in_the_numbers(client):
    def broken(document):
        document.add_picture(picture_file())
        next(part for part in document.part.package.image_parts)._blob = b"no picture"

    file = upload("渡口添灯", TEXT, broken, "灯亮了，路就平了，夜里有人走。", picture_file("#00f"))
    answer = client.post(STORY, {"file": file}).json()
    (story,) = answer["stories"]
    assert story["fields"]["body"].endswith("灯亮了，路就平了，夜里有人走。\n[图1]")
    assert len(story["photos"]) == 1
    assert len(answer["problems"]) == 1
    assert LoosePicture.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "empty"),
        ({"text": " \n"}, "empty"),
        ({"file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}, "old_word"),
        ({"file": b"hello"}, "no_docx"),
        ({"file": make_docx()}, "empty"),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_to_do(client, sent, code):
    if "file" in sent:
        sent = {"file": SimpleUploadedFile("稿.docx", sent["file"])}
    answer = client.post(STORY, sent)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["error"]


@pytest.mark.parametrize("address", [STORY, LINE])
def test_only_those_who_file_stories_are_answered(address, client):
    assert Client().post(address, {"text": "灯亮了。"}).status_code == 401
    manager = client_of(make_login("community_manager"))
    assert manager.post(address, {"text": "灯亮了。"}).status_code == 403
    assert client.get(address).status_code == 405
    client.handler.enforce_csrf_checks = True
    assert client.post(address, {"text": "灯亮了。"}).status_code == 403


def ask(client, line, **more):
    return client.post(LINE, {"line": line, **more}).json()


def test_line_is_answered_by_its_people(client):
    known = make_contributor("付明", title="全媒体记者")
    one = make_contributor("王敏", organisation="望塔街道")
    other = make_contributor("王敏", organisation="柳荫社区")
    answer = ask(client, "全媒体记者 付明 通讯员 王敏 卢新燕 这是一句不相干的话。")
    assert answer["people"] == [
        {
            "name": "付明",
            "roles": ["全媒体记者"],
            "organisation": "",
            "contributor": known.pk,
            "candidates": [],
        },
        {
            "name": "王敏",
            "roles": ["通讯员"],
            "organisation": "",
            "contributor": None,
            "candidates": [
                {"id": one.pk, "text": "通讯员，望塔街道"},
                {"id": other.pk, "text": "通讯员，柳荫社区"},
            ],
        },
        {
            "name": "卢新燕",
            "roles": ["通讯员"],
            "organisation": "",
            "contributor": None,
            "candidates": [],
        },
    ]
    assert answer["unread"] == ["这是一句不相干的话"]
    assert 'value="卢新燕">' in answer["html"]


def test_answers_stay_given_while_one_types_on(client):
    one = make_contributor("王敏", organisation="望塔街道")
    make_contributor("王敏", organisation="柳荫社区")
    answers = {"new_people": ["卢新燕"], "chosen_people": [str(one.pk), "x"]}
    html = ask(client, "通讯员 王敏 卢新燕", **answers)["html"]
    assert 'value="卢新燕" checked>' in html
    assert f'<option value="{one.pk}" selected>' in html


def test_line_of_a_story_knows_its_own_people_and_no_strangers(client, writer):
    person = make_contributor("付明")
    mine, other = make_draft(filed_by=writer), make_draft()
    for story in (mine, other):
        put_under(story, person, name="小葵花")
    assert ask(client, "记者 小葵花", article=mine.pk)["people"][0]["contributor"] == person.pk
    for key in (other.pk, "", "x", "9" * 30):
        assert ask(client, "记者 小葵花", article=key)["people"][0]["contributor"] is None


def test_empty_line_names_nobody(client):
    assert ask(client, " ") == {"people": [], "unread": [], "html": ask(client, "")["html"]}
    assert "<li" not in ask(client, "")["html"]
