"""What the documentation prints: its fenced blocks, and the commands in them."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def blocks(page: Path, kind: str) -> list[str]:
    """Return the fenced blocks of a kind, in their order."""
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}[^\n]*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(page: Path) -> Iterator[str]:
    """Yield every command of a page: in a block of its own, or within a line."""
    for block in blocks(page, "sh"):
        yield from block.strip().splitlines()
    yield from re.findall(r"`(geo-lv [^`]+)`", page.read_text(encoding="utf-8"))


def words_of(command: str) -> list[str]:
    """Return the words of a command, as a shell reads them."""
    return shlex.split(command.removeprefix(".venv/bin/"), comments=True)
