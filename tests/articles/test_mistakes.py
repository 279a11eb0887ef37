"""Readers' reports of mistakes: what is taken, how much, and what the desk makes of them."""

import itertools
import re

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import RequestFactory

from articles import mistakes, publishing
from articles.models import Article, MistakeReport
from articles.passages import loosely
from articles.senders import address_of, sender_key
from tests.articles.desk import HOUR, NOW, advance, file_story, make_people, rewrite
from tests.factories import HIDDEN, make_article
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db

DAY = 24 * HOUR
MINUTE = HOUR / 60
HOME = "203.0.113.7"


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def story(people):
    return advance(file_story(people), people, "public")


def report(story, text="灯是六盏，不是五盏。", at=NOW, address=HOME, **fields):
    return mistakes.send(story, text=text, at=at, address=address, **fields)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_story_the_public_does_not_see_takes_no_report(hidden):
    with pytest.raises(Article.DoesNotExist):
        report(make_article(**HIDDEN[hidden]))
    assert not MistakeReport.objects.exists()


def test_report_keeps_the_text_it_is_about_and_no_address(story):
    sent = report(story, quote="六盏灯", contact="0000-5550100")
    assert (sent.revision, sent.status) == (story.approved_revision, "open")
    assert HOME not in str(MistakeReport.objects.values().get())
    assert re.fullmatch(r"[\w-]{43}", sent.token)


def test_same_text_from_the_same_sender_is_kept_once_in_a_day(story):
    first = report(story)
    assert report(story, at=NOW + DAY - MINUTE) == first  # over midnight, too
    assert report(story, text="标题错了。") != first
    assert report(story, address="203.0.113.8") != first
    assert report(story, at=NOW + DAY) != first


def test_sender_is_recognised_for_a_day_alone(story):
    sent = report(story)
    assert sent.sender == sender_key(HOME, NOW.date())
    assert sender_key(HOME, NOW.date()) != sender_key(HOME, NOW.date() + DAY)
    report(story, text="又一处。", at=NOW + DAY)
    sent.refresh_from_db()
    assert sent.sender == ""


def test_senders_share_of_ipv6_is_one_sender():
    day = NOW.date()
    assert sender_key("2001:db8:1:2::3", day) == sender_key("2001:db8:1:2:ffff::9", day)
    assert sender_key("2001:db8:1:2::3", day) != sender_key("2001:db8:1:3::3", day)
    assert sender_key("::ffff:203.0.113.7", day) == sender_key(HOME, day)


@pytest.mark.parametrize(
    ("behind", "named", "found"),
    [
        (
            True,
            "198.51.100.1, 203.0.113.7",
            "203.0.113.7",
        ),  # the first one is the sender's own word
        (True, "", "127.0.0.1"),
        (False, "203.0.113.7", "127.0.0.1"),
    ],
)
def test_address_is_believed_as_far_as_our_proxy_wrote_it(behind, named, found, settings):
    settings.BEHIND_PROXY = behind
    assert address_of(RequestFactory().get("/", headers={"X-Forwarded-For": named})) == found


def test_limits_hold_and_say_when_to_come_back(story):
    """Per sender by the hour and by the day, per story, over all."""
    for n in range(5):
        report(story, text=f"第{n}处。", at=NOW + n * MINUTE)
    with pytest.raises(mistakes.TooManyError) as refusal:
        report(story, text="第五处。", at=NOW + 10 * MINUTE)
    assert refusal.value.again_at == NOW + HOUR
    assert "10:01" in str(refusal.value)
    # Another sender, and the same one a moment after the first has run out.
    assert report(story, at=NOW + 10 * MINUTE, address="203.0.113.8")
    assert report(story, text="第五处。", at=NOW + HOUR)
    # What is kept already is no more.
    assert report(story, text="第4处。", at=NOW + 10 * MINUTE)
    for n in range(14):
        report(story, text=f"慢慢来{n}。", at=NOW + 2 * HOUR + n * 13 * MINUTE)
    with pytest.raises(mistakes.TooManyError) as refusal:
        report(story, text="太多了。", at=NOW + 6 * HOUR)
    assert refusal.value.again_at == NOW + DAY


def test_story_and_newsroom_have_limits_of_their_own(story, monkeypatch):
    monkeypatch.setattr(
        mistakes,
        "LIMITS",
        (mistakes.Limit("story", 2, HOUR), mistakes.Limit("all", 3, HOUR)),
    )
    other = make_article("渡口通车")
    for n, subject in enumerate((story, story, other)):
        report(subject, address=f"203.0.113.{n}", at=NOW + n * MINUTE)
    for subject, again in ((story, NOW + HOUR), (make_article("第三篇"), NOW + HOUR)):
        with pytest.raises(mistakes.TooManyError) as refusal:
            report(subject, address="203.0.113.9", at=NOW + 5 * MINUTE)
        assert refusal.value.again_at == again


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("添了 6 盏灯", "添了**６**盏灯"),
        ("渡口添了6盏灯。\n夜里亮。", "渡口添了**６**盏灯。\n\n夜里亮"),
        ("见办法第三条", "见[办法](https://example.org/第)第三条"),
        ("添了七盏灯", None),
        ("。。", None),
    ],
)
def test_words_are_found_as_readers_give_them(quote, found):
    text = "渡口添了**６**盏灯。\n\n夜里亮。见[办法](https://example.org/第)第三条"
    span = loosely(quote, text)
    assert (text[slice(*span)] if span else None) == found


CLOSED = {"answered_at": NOW}
STATES = {
    "open": {"status": "open", "answered_at": None},
    "answered": {"status": "answered"},
    "dismissed": {"status": "dismissed"},
    "corrected": {"status": "corrected"},
}


def test_verb_is_done_in_the_states_of_the_table_alone(story, people):
    sent = report(story)
    correction = _corrected(story, people)
    does = {
        "answer": lambda by: mistakes.answer(sent, by=by, text="谢谢。", at=NOW),
        "dismiss": lambda by: mistakes.dismiss(sent, by=by, text="原文没有错。", at=NOW),
        "reopen": lambda by: mistakes.reopen(sent, by=by),
        "begin_correction": lambda by: mistakes.begin_correction(sent, by=by, at=NOW),
        "credit": lambda by: mistakes.credit(sent, by=by, correction=correction),
    }
    targets = {"answer": "answered", "dismiss": "dismissed", "credit": "corrected"}
    targets["reopen"] = "open"
    outcomes, expected = {}, {}
    for verb, state in itertools.product(does, STATES):
        fits = state in mistakes.SOURCES[verb]
        expected[verb, state] = (targets.get(verb, state) if fits else state, fits)
        fields = {"correction": correction} if state == "corrected" else {"correction": None}
        MistakeReport.objects.update(**{**CLOSED, **STATES[state], **fields})
        for other in (people.writer, people.first, people.second):
            with pytest.raises(PermissionDenied):
                does[verb](other)
        try:
            does[verb](people.final)
        except mistakes.MistakeError:
            done = False
        else:
            done = True
        outcomes[verb, state] = (MistakeReport.objects.get().status, done)
    assert set(does) == set(mistakes.SOURCES)
    assert outcomes == expected


def _corrected(story, people):
    copy = publishing.revise(story, by=people.editor, at=NOW)
    rewrite(copy, people.editor, "渡口添了七盏灯。", correction_note="灯是七盏。")
    advance(copy, people, "approved")
    publishing.publish(copy, by=people.editor, at=NOW)
    return story.corrections.get()


def test_answer_says_something_and_a_correction_is_of_the_same_story(story, people):
    sent = report(story)
    with pytest.raises(mistakes.MistakeError):
        mistakes.answer(sent, by=people.final, text="  ")
    other = advance(file_story(people, "渡口通车"), people, "public")
    correction = other.corrections.create(
        text="日期错了。", revision=other.head, by=people.editor, at=NOW + HOUR
    )
    with pytest.raises(mistakes.MistakeError):
        mistakes.credit(sent, by=people.final, correction=correction)


def test_dropped_or_dismissed_correction_lets_the_report_go(story, people):
    dropped, dismissed = report(story), report(story, text="另一处。")
    copy = mistakes.begin_correction(dropped, by=people.editor, at=NOW)
    assert mistakes.begin_correction(dismissed, by=people.editor, at=NOW) == copy
    mistakes.dismiss(dismissed, by=people.editor, text="没有错。", at=NOW)
    assert list(copy.mistakes_to_correct.all()) == [dropped]
    publishing.drop(copy, by=people.editor, at=NOW)
    dropped.refresh_from_db()
    assert (dropped.status, dropped.working_copy) == ("open", None)


def test_contact_is_for_those_who_answer_and_for_a_while(story, people, settings, capsys):
    settings.MISTAKE_CONTACT_DAYS = 30
    answered = report(story, contact="0000-5550100")
    waiting = report(story, text="另一处。", contact="lin@example.org")
    mistakes.answer(answered, by=people.final, text="谢谢。", at=NOW + DAY)
    answered.refresh_from_db()
    assert answered.contact_for(people.final, NOW + 31 * DAY - MINUTE) == "0000-5550100"
    assert answered.contact_for(people.final, NOW + 31 * DAY) == ""  # hidden, though still there
    assert answered.contact_for(people.writer, NOW) == ""
    for days, left in ((30, 2), (31, 1), (364, 1), (365, 0)):
        with time_machine.travel(NOW + days * DAY, tick=False):
            call_command("forget_contacts")
        assert MistakeReport.objects.exclude(contact="").count() == left, days
    assert capsys.readouterr().out.count("1") == 2
    waiting.refresh_from_db()
    assert (waiting.text, waiting.contact) == ("另一处。", "")


def test_correspondent_sees_reports_on_own_stories_alone(story, people):
    sent = report(story)
    others = make_login("correspondent", "someone.else")
    assert list(MistakeReport.objects.visible_to(people.writer)) == [sent]
    assert list(MistakeReport.objects.visible_to(people.final)) == [sent]
    assert not MistakeReport.objects.visible_to(others).exists()
