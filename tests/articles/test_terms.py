"""The list of terms as a table: in from a file, out as one; and its pages."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext

from articles.models import Term
from articles.terms import TermFileError, export_terms, import_terms
from tests.newsroom import client_of, make_login

pytestmark = pytest.mark.django_db
TABLE = "词语,类别,改为,理由\n农民工,规范,进城务工人员,新闻用语规范\n某某骗局,敏感,,待核实\n"


def rows():
    return list(Term.objects.order_by("pk").values_list("text", "kind", "replacement", "reason"))


EXPECTED = [
    ("农民工", "preferred", "进城务工人员", "新闻用语规范"),
    ("某某骗局", "sensitive", "", "待核实"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_taken_in_whatever_it_was_saved_with(encoding):
    taken = import_terms(TABLE.encode(encoding))
    assert rows() == EXPECTED
    assert (taken.added, taken.changed, taken.same) == (2, 0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "农民工,规范,进城务工人员,新闻用语规范\r\n某某骗局,敏感,,待核实\r\n",
        "农民工\t规范\t进城务工人员\t新闻用语规范\n某某骗局\t敏感\t\t待核实",
        "改为,词语,理由\n进城务工人员,农民工,新闻用语规范\n,某某骗局,待核实\n",
        "word,kind,replacement,reason\n农民工,preferred,进城务工人员,新闻用语规范\n\n某某骗局,sensitive,,待核实",
        '"农民工",,"进城务工人员","新闻用语规范"\n 某某骗局 ,,,待核实',
    ],
)
def test_the_head_the_kind_and_the_order_may_differ(text):
    import_terms(text.encode())
    assert rows() == EXPECTED


def test_a_second_time_words_are_changed_and_none_goes():
    import_terms(TABLE.encode())
    taken = import_terms("农民工,规范,务工人员,\n某某骗局,敏感,,待核实\n新词,敏感,,\n".encode())
    assert (taken.added, taken.changed, taken.same) == (1, 1, 1)
    assert rows()[0] == ("农民工", "preferred", "务工人员", "")
    assert len(rows()) == 3


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("x" * 61 + ",敏感,,", 2),
        (",敏感,,只有理由", 2),
        ("某词,不知道,,", 2),
        ("某词,规范,某词,", 2),
        ("某词,敏感,,甲,乙", 2),
        ("好词,敏感,,", 2),
        ("某词,敏感,," + "长" * 201, 2),
        ('"没有另一半,敏感,,', 2),
    ],
)
def test_one_bad_line_and_nothing_is_written(line, number):
    with pytest.raises(TermFileError) as refusal:
        import_terms(f"好词,敏感,,\n{line}\n".encode())
    assert [error.line for error in refusal.value.errors] == [number]
    assert rows() == []


def test_every_bad_line_is_named_and_lines_are_those_of_the_file():
    text = '词语,类别\n好词,敏感\n\n"两行\n的词",敏感\n一词,不知道\n好词,敏感\n'
    with pytest.raises(TermFileError) as refusal:
        import_terms(text.encode())
    assert [error.line for error in refusal.value.errors] == [6, 7]


@pytest.mark.parametrize("raw", [b"", b"  \n ,, \n", b"PK\x03\x04zip", "词语,类别\n".encode()])
def test_a_file_without_terms_is_refused(raw):
    with pytest.raises(TermFileError) as refusal:
        import_terms(raw)
    assert len(refusal.value.errors) == 1


def test_the_export_is_what_the_import_takes():
    import_terms((TABLE + "=SUM(A1),敏感,,\n").encode())
    before = sorted(rows())
    file = export_terms()
    assert file.startswith(b"\xef\xbb\xbf")
    cells = [row[0] for row in csv.reader(io.StringIO(file.decode("utf-8-sig")))]
    assert "=SUM(A1)" not in cells
    assert "'=SUM(A1)" in cells
    Term.objects.all().delete()
    import_terms(file)
    assert sorted(rows()) == before


def upload(text: str):
    return {"file": SimpleUploadedFile("词表.csv", text.encode("gb18030"))}


def test_a_reviewer_takes_a_table_in_on_its_page():
    client = client_of(make_login("final_reviewer"))
    response = client.post(reverse("admin:articles_term_import"), upload(TABLE), follow=True)
    assert rows() == EXPECTED
    assert "农民工" in response.content.decode()
    assert [str(message) for message in response.context["messages"]] == [
        gettext("%(added)d terms added, %(changed)d changed, %(same)d as before.")
        % {"added": 2, "changed": 0, "same": 0}
    ]


def test_the_page_says_what_is_wrong_line_by_line():
    client = client_of(make_login("final_reviewer"))
    response = client.post(
        reverse("admin:articles_term_import"), upload(TABLE + "某词,不知道,,\n,敏感,,无词\n")
    )
    shown = response.content.decode()
    for line in (4, 5):
        assert (
            gettext("Line %(line)s: %(message)s").split("%(message)s")[0] % {"line": line} in shown
        )
    assert rows() == []


def test_who_only_looks_terms_up_takes_nothing_in():
    client = client_of(make_login("first_reviewer"))
    assert client.post(reverse("admin:articles_term_import"), upload(TABLE)).status_code == 403
    assert rows() == []
    listed = client.get(reverse("admin:articles_term_changelist")).content.decode()
    assert reverse("admin:articles_term_import") not in listed
    assert reverse("admin:articles_term_export") in listed


def test_a_correspondent_sees_no_list():
    client = client_of(make_login("correspondent"))
    assert client.get(reverse("admin:articles_term_changelist")).status_code == 403
    assert client.get(reverse("admin:articles_term_export")).status_code == 403


def test_the_list_is_searched_by_word_replacement_and_reason():
    import_terms(TABLE.encode())
    client = client_of(make_login("final_reviewer"))
    for query, shown in {"农民": "农民工", "进城": "农民工", "核实": "某某骗局"}.items():
        response = client.get(reverse("admin:articles_term_changelist"), {"q": query})
        assert [term.text for term in response.context["cl"].result_list] == [shown]


def test_a_word_replaced_by_itself_is_refused_in_the_form():
    client = client_of(make_login("final_reviewer"))
    sent = {"text": "某词", "kind": "preferred", "replacement": "某词", "reason": ""}
    response = client.post(reverse("admin:articles_term_add"), sent)
    assert "replacement" in response.context["adminform"].form.errors
    assert rows() == []
