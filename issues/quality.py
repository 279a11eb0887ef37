"""Proof quality (编校质量): what the errors of an issue count, and their rate against the limit.

The limit is that of 《报纸期刊质量管理规定》 (国家新闻出版署, 国新出发〔2020〕10号, 28 May 2020),
article 5: a newspaper's proofs pass where the rate does not exceed three in ten thousand (报纸编校
差错率不超过万分之三). How errors are counted is in its annex 《报纸编校差错率计算方法》:

- part 1: the rate is errors by characters, in ten-thousandths;
- part 3.1: errors of text in mastheads, page heads, column heads and headlines count double, and so
  do wrong names, times and pictures of importance in the body;
- part 3.2: the same error of text counts at most three times in an issue; errors of fact,
  knowledge, logic and grammar count 1; one wrong, superfluous or missing character 1, two to five
  2, more 4; transposed characters 1; a figure, whatever its length, 1; numerals against GB/T 15835
  0.1, and at most 1 in an issue; a foreign word 1, whatever is wrong in it.

Read in the copy of China Pharmaceutical University (qk.cpu.edu.cn/51/e7/c12053a217575/page.htm),
which could be had as far as that. What follows there (scripts of minorities, letters, simplified
and traditional characters, punctuation, layout) could not be checked, so `weight_of` gives no
figure for it and a person says what it counts.

Characters are the newsroom's own count (字数) of the bodies of the stories that stand in the issue,
as published today. The annex (part 2) counts the characters a page has room for, headlines,
rules and white space between columns with it, photos at 80 per cent; that figure is greater, so the
rate reckoned here is never lower than the rule's for the same errors.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from difflib import SequenceMatcher

from django.db.models import Sum
from django.utils.translation import gettext as _

from articles.usage import Period
from issues.models import Issue, Page, Placement, ProofError

Kind = ProofError.Kind

LIMIT = Decimal(3)  # in ten-thousandths
RULE = "《报纸期刊质量管理规定》（国新出发〔2020〕10号）第五条及附件《报纸编校差错率计算方法》"
TEN_THOUSAND = 10_000
MOST_REPEATS = 3
MOST_NUMERALS = Decimal(1)
# What one error counts, where that does not depend on its length.
WEIGHTS = {
    Kind.FACT: Decimal(1),
    Kind.TRANSPOSED: Decimal(1),
    Kind.FIGURE: Decimal(1),
    Kind.NUMERALS: Decimal("0.1"),
    Kind.FOREIGN: Decimal(1),
}
# How many characters are wrong at one place → what that counts; more count `LONG`.
BY_LENGTH = ((1, Decimal(1)), (5, Decimal(2)))
LONG = Decimal(4)
# Errors of text, which the rule lets count at most so often in an issue.
OF_TEXT = frozenset({*WEIGHTS, Kind.WORDS})


@dataclass(frozen=True)
class Rate:
    """What the errors of a page, an issue or a period come to.

    Attributes:
        characters: of the stories, by the newsroom's count.
        errors: how many errors were noted and stand.
        weight: what they count by the rule.

    """

    characters: int = 0
    errors: int = 0
    weight: Decimal = Decimal(0)

    def __add__(self, other: Rate) -> Rate:
        return Rate(
            self.characters + other.characters,
            self.errors + other.errors,
            self.weight + other.weight,
        )

    @property
    def in_ten_thousandths(self) -> Decimal | None:
        """The rate, rounded up to two places so that what is over the limit never looks like it.

        None where there is no text to reckon by.
        """
        if not self.characters:
            return None
        exact = self.weight * TEN_THOUSAND / self.characters
        return exact.quantize(Decimal("0.01"), ROUND_CEILING)

    @property
    def is_within_limit(self) -> bool | None:
        """Whether the rate does not exceed the limit; None where there is no text."""
        if not self.characters:
            return None
        return self.weight * TEN_THOUSAND <= LIMIT * self.characters

    @property
    def verdict(self) -> str:
        """The same in words."""
        if self.is_within_limit is None:
            return _("no text to reckon by")
        return _("within the limit") if self.is_within_limit else _("over the limit")


@dataclass(frozen=True)
class Line:
    """An error, and what it counts within its issue; None where it has been struck out."""

    error: ProofError
    counts: Decimal | None


@dataclass(frozen=True)
class IssueQuality:
    """The errors of an issue and what they come to.

    Attributes:
        pages: each page with its rate, in order.
        total: the issue's.
        lines: the errors, the latest first, those that were struck out with them.

    """

    pages: list[tuple[Page, Rate]]
    total: Rate
    lines: list[Line]


@dataclass(frozen=True)
class Report:
    """The issues of a period with their rates, and what they come to together."""

    rows: list[tuple[Issue, Rate]] = field(default_factory=list)
    total: Rate = Rate()


def weight_of(kind: str, wrong: str, right: str, *, prominent: bool = False) -> Decimal | None:
    """Return what one error counts by the rule, or None where the rule is not known to us.

    Args:
        kind: one of `ProofError.Kind`.
        wrong: the words as printed.
        right: as they should be.
        prominent: whether it stands in a headline or the like, or falsifies something important;
            it counts double then.

    """
    weight = _by_length(wrong, right) if kind == Kind.WORDS else WEIGHTS.get(Kind(kind))
    return weight * 2 if weight is not None and prominent else weight


def _by_length(wrong: str, right: str) -> Decimal:
    changes = SequenceMatcher(None, "".join(wrong.split()), "".join(right.split())).get_opcodes()
    length = sum(max(b - a, d - c) for change, a, b, c, d in changes if change != "equal")
    return next((weight for most, weight in BY_LENGTH if length <= most), LONG)


def counted(errors: Iterable[ProofError]) -> list[tuple[ProofError, Decimal]]:
    """Say what each error counts beside the others of its issue.

    Args:
        errors: those of one issue that stand, in the order they were noted: what comes after the
            most that the rule counts, counts nothing.

    """
    repeats: Counter[tuple[str, str, str]] = Counter()
    numerals = Decimal(0)
    found = []
    for error in errors:
        counts = error.weight
        if error.kind in OF_TEXT:
            same = (error.kind, error.wrong, error.right)
            repeats[same] += 1
            if repeats[same] > MOST_REPEATS:
                counts = Decimal(0)
        if error.kind == Kind.NUMERALS:
            counts = min(counts, MOST_NUMERALS - numerals)
            numerals += counts
        found.append((error, counts))
    return found


def quality_of(issue: Issue) -> IssueQuality:
    """Return an issue's errors and rates (three queries)."""
    pages = list(issue.pages.all())
    texts = Placement.objects.filter(page__issue=issue).order_by().values("page")
    characters = dict(texts.annotate(all=Sum("article__characters")).values_list("page", "all"))
    errors = list(
        issue.proof_errors.select_related("page", "story", "by", "strike__by").order_by("pk")
    )
    rates = {page.pk: Rate(characters.get(page.pk, 0)) for page in pages}
    counts = dict[int, Decimal]()
    for error, weight in counted(error for error in errors if not hasattr(error, "strike")):
        counts[error.pk] = weight
        rates[error.page_id] += Rate(0, 1, weight)
    return IssueQuality(
        [(page, rates[page.pk]) for page in pages],
        sum(rates.values(), Rate()),
        [Line(error, counts.get(error.pk)) for error in reversed(errors)],
    )


def report(period: Period, at: datetime.datetime | None = None) -> Report:
    """Reckon the rates of the issues dated in a period that are live (three queries).

    Args:
        period: the days.
        at: the moment; now, if none is given.

    """
    issues = list(
        Issue.objects.live(at).filter(date__range=(period.first, period.last)).order_by("date")
    )
    keys = [issue.pk for issue in issues]
    texts = Placement.objects.filter(page__issue__in=keys).order_by().values("page__issue")
    characters = dict(
        texts.annotate(all=Sum("article__characters")).values_list("page__issue", "all")
    )
    errors: dict[int, list[ProofError]] = defaultdict(list)
    for error in ProofError.objects.standing().filter(issue__in=keys).order_by("pk"):
        errors[error.issue_id].append(error)
    rows = [
        (
            issue,
            sum(
                (Rate(0, 1, weight) for _error, weight in counted(errors[issue.pk])),
                Rate(characters.get(issue.pk, 0)),
            ),
        )
        for issue in issues
    ]
    return Report(rows, sum((rate for _issue, rate in rows), Rate()))
