"""What the documentation tells people to type does what it says."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from tests.docs.pages import ROOT, Page, missing, read_page, run

from tropa.cli import COMMANDS

PAGES = ["README.md", "README.ru.md", "docs/your-data.md", "docs/your-data.ru.md"]
MORE = ("olist", "bpic2012", "analyses", "findings", "exports", "maps", "people", "start", "voice")
ALL = [*PAGES, *(f"docs/{name}.md" for name in MORE)]
# They end when somebody stops them; that they are commands at all is checked.
ENDLESS = ("serve", "demo")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", PAGES)
def test_the_commands_of_a_page_run(name: str, tmp_path: Path) -> None:
    page = read_page(name)
    assert page.steps
    write_files(page, tmp_path)
    with contextlib.chdir(tmp_path):
        for step in page.steps:
            if step.words[0] == "make":
                assert re.search(rf"^{step.words[1]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
            elif step.words[1] in ENDLESS:
                assert step.words[1] in COMMANDS
            else:
                ran = run(step)
                assert ran.status == 0, f"{step.command}\n{ran.err}"
                assert missing(step, ran) == [], f"{step.command}\n{ran.out}{ran.err}"


def write_files(page: Page, folder: Path) -> None:
    (folder / "examples").symlink_to(ROOT / "examples")
    for file, text in page.files.items():
        (folder / file).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if not target.startswith(("http://", "https://")):
            assert (ROOT / name).parent.joinpath(target).exists(), target


def test_the_readme_opens_with_a_picture_and_two_commands() -> None:
    for name in ("README.md", "README.ru.md"):
        text = (ROOT / name).read_text("utf-8")
        places = [text.index(word) for word in ("docs/images/living-map-", "make demo", "make test", "tropa init")]
        assert places == sorted(places), name


def test_translations_have_the_same_commands() -> None:
    """The names in a translation are its own; the commands and their order are not."""
    for name in ("README", "docs/your-data"):
        one, other = (
            [(step.words[0], step.words[1]) for step in read_page(f"{name}{language}.md").steps]
            for language in ("", ".ru")
        )
        assert one == other, name
