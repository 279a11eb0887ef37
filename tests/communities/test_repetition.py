"""On which days an activity falls: repetitions, month ends, single dates cancelled and moved."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from communities.models import Activity
from communities.models.repetition import FOREVER

D = datetime.date
TUESDAY = D(2026, 3, 3)


def repeating(starts_on=TUESDAY, **fields):
    return Activity(
        title="义诊", kind="clinic", starts_on=starts_on, starts_at=datetime.time(9), **fields
    )


def days(activity, first=None, last=None):
    window = first or D(2026, 1, 1), last or D(2026, 12, 31)
    return [f"{day:%m-%d}" for day in activity.dates(*window)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["03-03"]),
        ({"repeats": "daily", "count": 3}, ["03-03", "03-04", "03-05"]),
        ({"repeats": "daily", "every": 2, "until": D(2026, 3, 8)}, ["03-03", "03-05", "03-07"]),
        # From a Tuesday on, on Mondays and Wednesdays: the first is the day after.
        (
            {"repeats": "weekly", "weekdays": "13", "until": D(2026, 3, 11)},
            ["03-04", "03-09", "03-11"],
        ),
        # Every second week counts weeks from Monday on: Monday the 2nd lies before the beginning.
        (
            {"repeats": "weekly", "weekdays": "12", "every": 2, "count": 4},
            ["03-03", "03-16", "03-17", "03-30"],
        ),
        (
            {"repeats": "monthly_on_weekday", "weekdays": "2", "nth": 2, "count": 3},
            ["03-10", "04-14", "05-12"],
        ),
        (
            {"repeats": "monthly_on_weekday", "weekdays": "5", "nth": -1, "count": 3},
            ["03-27", "04-24", "05-29"],
        ),
        # A month without a 31st is passed over; the last day is another thing.
        (
            {"repeats": "monthly_on_day", "month_day": 31, "count": 4},
            ["03-31", "05-31", "07-31", "08-31"],
        ),
        (
            {"repeats": "monthly_on_day", "month_day": -1, "until": D(2026, 6, 30)},
            ["03-31", "04-30", "05-31", "06-30"],
        ),
        (
            {"repeats": "monthly_on_day", "month_day": 1, "every": 3, "until": D(2026, 12, 1)},
            ["06-01", "09-01", "12-01"],
        ),
    ],
)
def test_days_on_which_it_falls(fields, expected):
    activity = repeating(**fields)
    activity.clean()
    assert days(activity) == expected
    activity.reckon()
    assert f"{activity.first_on:%m-%d}" == expected[0]
    assert f"{activity.last_on:%m-%d}" == expected[-1]


def test_february_has_its_last_day():
    activity = repeating(D(2028, 1, 31), repeats="monthly_on_day", month_day=-1)
    assert days(activity, D(2028, 2, 1), D(2029, 2, 28))[::12] == ["02-29", "02-28"]
    activity.reckon()
    assert activity.last_on == FOREVER


@given(
    st.sampled_from(
        [
            {"repeats": "daily"},
            {"repeats": "weekly", "weekdays": "147"},
            {"repeats": "monthly_on_day", "month_day": 30},
        ]
    ),
    st.integers(1, 12),
    st.integers(0, 900),
    st.integers(0, 60),
)
def test_a_window_has_the_days_that_the_whole_has(fields, every, ahead, length):
    """Reckoning from a nearer day gives the same days as reckoning from the first."""
    activity = repeating(every=every, **fields)
    first = TUESDAY + datetime.timedelta(days=ahead)
    last = first + datetime.timedelta(days=length)
    whole = activity.dates(TUESDAY, last)
    assert activity.dates(first, last) == [day for day in whole if day >= first]


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"repeats": "weekly"}, "weekdays", "missing"),
        ({"repeats": "monthly_on_weekday", "weekdays": "1"}, "nth", "missing"),
        ({"repeats": "monthly_on_day"}, "month_day", "missing"),
        ({"repeats": "daily", "count": 3, "until": D(2026, 4, 1)}, "count", "both"),
        ({"repeats": "daily", "until": D(2026, 3, 2)}, "until", "order"),
        ({"repeats": "daily", "until": D(2046, 3, 2)}, "until", "too_long"),
        # Tuesday to Wednesday holds no Monday; from April on every twelfth month is an April.
        ({"repeats": "weekly", "weekdays": "1", "until": D(2026, 3, 4)}, "until", "never"),
        (
            {
                "repeats": "monthly_on_day",
                "month_day": 31,
                "every": 12,
                "starts_on": D(2026, 4, 1),
            },
            "starts_on",
            "never",
        ),
        ({"ends_at": datetime.time(8)}, "ends_at", "order"),
        ({"ends_at": datetime.time(9)}, "ends_at", "order"),
    ],
)
def test_what_is_half_said_or_never_happens_is_refused_at_its_field(fields, field, code):
    with pytest.raises(ValidationError) as refused:
        repeating(**fields).clean()
    assert [
        (name, [one.code for one in errors]) for name, errors in refused.value.error_dict.items()
    ] == [(field, [code])]


def test_what_says_nothing_of_the_repetition_chosen_is_forgotten():
    activity = repeating(repeats="weekly", weekdays="2", nth=1, month_day=-1, count=2)
    activity.clean()
    assert (activity.nth, activity.month_day, activity.count) == (None, None, 2)
    activity.repeats = ""
    activity.clean()
    assert (activity.weekdays, activity.count, activity.every) == ("", None, 1)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"repeats": "daily"}, "每天"),
        ({"repeats": "weekly", "weekdays": "24"}, "每周二、周四"),
        ({"repeats": "weekly", "weekdays": "2", "every": 2, "count": 5}, "每2周的周二，共5次"),
        ({"repeats": "monthly_on_weekday", "weekdays": "6", "nth": -1}, "每月最后一个周六"),
        (
            {"repeats": "monthly_on_day", "month_day": 15, "until": D(2026, 12, 31)},
            "每月15日，到2026年12月31日为止",
        ),
        ({"repeats": "monthly_on_day", "month_day": -1}, "每月最后一天"),
    ],
)
def test_repetition_is_said_as_a_notice_says_it(fields, words):
    assert repeating(**fields).repetition_in_words == words
