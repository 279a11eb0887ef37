"""What setting pages in type costs: seconds and memory, in a database made for it and thrown away.

    .venv/bin/python benchmarks/typeset.py
    .venv/bin/python benchmarks/typeset.py --pages 16

Each page is checked before its figure is printed: every paragraph stands in the PDF's text once.
The database is a new one beside the one of DATABASE_URL; nothing of a newsroom's own is touched.
"""

from __future__ import annotations

import argparse
import io
import resource
import sys
import time
from typing import Any

from throwaway import database

SENTENCE = "第{}天傍晚，社区工作人员挨家挨户敲门，把“一盏灯”的事说清楚：灯亮了，路就平了。"


def main() -> None:
    """Make an issue, set every page of it, and print what that cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=16, help="how many (16)")
    count = parser.parse_args().pages
    with database():
        measure(count)


def measure(count: int) -> None:
    """Print what each page costs, and the issue."""
    from issues.typesetting import typeset  # noqa: PLC0415 - after the setup

    pages = [make_page(number) for number in range(count)]
    times = []
    for page, bodies in pages:
        begin, used = time.perf_counter(), processor()
        made = typeset(page)
        times.append((time.perf_counter() - begin, processor() - used))
        check(made.pdf, bodies)
    seconds = [one for one, _used in times]
    used = sum(one for _seconds, one in times)
    sys.stdout.write(
        f"{count} pages of {sum(map(len, pages[0][1])):,} characters: "
        f"{sum(seconds):.1f} s, {used:.1f} s of processor time\n"
        f"a page: {min(seconds):.2f} to {max(seconds):.2f} s, "
        f"{used / count:.2f} s of processor time\n"
        f"most memory: server {memory(resource.RUSAGE_SELF):.0f} MB, "
        f"compiler {memory(resource.RUSAGE_CHILDREN):.0f} MB\n"
    )


def processor() -> float:
    """Return the processor seconds used so far, by this process and those it started."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def memory(who: int) -> float:
    """Return the most megabytes a process had."""
    return resource.getrusage(who).ru_maxrss / 1024


def make_page(number: int) -> tuple[Any, list[str]]:
    """Return a page (lead, features, photo news, briefs) and its paragraphs."""
    import datetime  # noqa: PLC0415 - with the rest

    from django.core.files.base import ContentFile  # noqa: PLC0415 - after the setup
    from PIL import Image  # noqa: PLC0415 - with the rest

    from articles.models import Article, Photo, Section  # noqa: PLC0415 - after the setup
    from issues.models import Issue, Page, Placement, Role  # noqa: PLC0415 - after the setup

    issue, _new = Issue.objects.get_or_create(date=datetime.date(2026, 11, 23), number=425)
    column, _new = Section.objects.get_or_create(name="街巷快讯", slug="brief", kind="column")
    page = Page.objects.create(
        issue=issue, code=f"A{number + 1:02}", name="社区", position=number + 1
    )
    plan = [(Role.LEAD, 40), *[(Role.FEATURE, 18)] * 3, (Role.PHOTO, 3), *[(Role.BRIEF, 5)] * 4]
    bodies = []
    for place, (role, length) in enumerate(plan, start=1):
        text = [SENTENCE.format(1000 * place + one) for one in range(length)]
        lines = ["".join(text[one : one + 4]) for one in range(0, length, 4)]
        bodies += lines
        story = Article.objects.create(
            headline=f"第{number}版第{place}篇 灯亮了路就平了",
            body="\n".join(lines),
            dateline=role == Role.BRIEF,
            column=column if role == Role.BRIEF else None,
        )
        if role in (Role.LEAD, Role.PHOTO):
            file = io.BytesIO()
            Image.effect_mandelbrot((1600, 1067), (-2, -1, 1, 1), 40).save(file, "JPEG")
            image = ContentFile(file.getvalue(), name="picture.jpg")
            Photo.objects.create(article=story, image=image, caption="巷口的灯", credit="韩冬 摄")
        Placement.objects.create(page=page, article=story, role=role, position=place)
    return page, bodies


def check(pdf: bytes, bodies: list[str]) -> None:
    """Make sure that every paragraph stands in a PDF's text once."""
    import pypdfium2  # noqa: PLC0415 - with the rest

    document = pypdfium2.PdfDocument(pdf)
    text = "".join(document[0].get_textpage().get_text_range().split())
    document.close()
    wrong = [body for body in bodies if text.count(body) != 1]
    if wrong:
        sys.exit(f"{len(wrong)} paragraphs are not on the page once, the first: {wrong[0]}")


if __name__ == "__main__":
    main()
