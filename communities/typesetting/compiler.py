"""The typst compiler in a process of its own (`compiler_child`), bounded in memory and time."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.typesetting import fonts

logger = logging.getLogger(__name__)
CHILD = Path(__file__).parent / "compiler_child.py"


def compose(template: Path, data: Mapping[str, Any], *, patience: float) -> bytes:
    """Return a document as a PDF.

    Args:
        template: the .typ file; it reads `data.json`.
        data: what it reads there.
        patience: seconds after which the compiler is ended.

    Raises:
        ValidationError: codes "fonts", "slow" and "failed".

    """
    with tempfile.TemporaryDirectory(prefix="typeset-") as name:
        folder = Path(name)
        task = {"task": "compose", "data": data, "pictures": []}
        ask(folder, template, task, patience)
        return (folder / "page.pdf").read_bytes()


def ask(folder: Path, template: Path, task: Mapping[str, Any], patience: float) -> dict[str, Any]:
    """Let the child do a task in a folder, and return its answer.

    Args:
        folder: where the task's files are and those it makes will be.
        template: the .typ file.
        task: its name, the data, the pictures to crop.
        patience: seconds after which the child is ended.

    Raises:
        ValidationError: codes "fonts", "slow" and "failed".

    """
    told = {**task, "fonts": str(fonts.folder())}
    (folder / "task.json").write_text(json.dumps(told, ensure_ascii=False))
    shutil.copy(template, folder / "page.typ")
    try:
        # -I: the child takes nothing from the folder it runs in, nor from the environment.
        done = subprocess.run(  # noqa: S603 - our own file; nothing of it comes from a visitor
            [sys.executable, "-I", str(CHILD), str(folder)],
            capture_output=True,
            timeout=patience,
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise ValidationError(
            _("Setting this page took longer than %(seconds)d seconds and was given up."),
            code="slow",
            params={"seconds": patience},
        ) from None
    except (subprocess.CalledProcessError, ValueError) as failure:
        said = getattr(failure, "stderr", b"") or b""
        logger.error("typesetting failed: %s", said.decode(errors="replace")[-2000:])
        raise ValidationError(
            _("This page could not be set; the server’s log says why."), code="failed"
        ) from None
    return answer
