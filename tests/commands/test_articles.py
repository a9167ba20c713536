"""``--claims``: an article from a file or a pipe, in whatever form and encoding; bad ones cost one line."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from analysis.claims.texts.check import check
from commands import articles
from commands.arguments import parser
from layouts.charts.claims.article_rows import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.dataset import Dataset

TEXT = "Trade between China and Russia rose 26.3% in 2023. Trade with the US fell 11.6%. In 2023 it rose 99%."
PAGE = f"""<html><head><meta charset="utf-8"><title>99%</title><script>x=5%</script></head>
<body><nav>7%</nav><p>{TEXT.split(" Trade with", maxsplit=1)[0]}</p><p>See <a href="https://example.org/5%25">this</a>.</p></body></html>"""


def run(dataset: Dataset, *words: str) -> int:
    """Run the command on a dataset."""
    return articles.claims(dataset, parser().parse_args(["--claims", *words]))


def test_lines_to_read(dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sentence, figure, months, verdict, figure at hand with source and release, the count; false claims exit 0."""
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert run(dataset, str(file)) == 0
    said = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert "1. Trade between China and Russia rose 26.3% in 2023." in said
    assert "26.3%, China’s trade with Russia, both ways, 2023: ◉ Held when printed" in said
    assert "At hand: +26.4% (customs now, UN Comtrade; published now)" in said
    assert "other numbers" in said


def test_a_text_without_a_figure_says_so(dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to judge is an answer as well: one line, exit 0."""
    file = tmp_path / "article.txt"
    file.write_text("China and Russia met for 5 days in 2023.", encoding="utf-8")
    assert run(dataset, str(file)) == 0
    assert "left alone" in capsys.readouterr().out


HEADS = (
    '<meta property="article:published_time" content="2024-01-12T09:30:00+08:00">',
    '<meta name="pubdate" content="2024-01-12">',
    '</head><body><time datetime="2024-01-12T01:30Z">Friday</time>',
)


@pytest.mark.parametrize("head", HEADS)
def test_a_page_says_its_day(dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str], head: str) -> None:
    """What a page names as its day settles "last year", and the output says which day was used."""
    file = tmp_path / "page.html"
    file.write_text(f"<html><head>{head}<p>Trade between China and Russia rose 26.3% last year.</p>", encoding="utf-8")
    assert run(dataset, str(file)) == 0
    lines = capsys.readouterr().out
    assert "◉ Held when printed" in lines
    assert "the date of the text" in lines
    assert run(dataset, str(file), "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["day"], said["day_of"], said["figures"][0]["period_start"]) == ("2024-01-12", "text", "2023-01")


def test_the_day_asked_for_settles_a_text_without_one(
    dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``?asof=`` is the day of a text that names none; without either there is no verdict, and no day is named."""
    file = tmp_path / "article.txt"
    file.write_text("Trade between China and Russia rose 26.3% last year.", encoding="utf-8")
    assert run(dataset, str(file), "--query", "?asof=2024-02-01") == 0
    assert "the day asked for" in capsys.readouterr().out
    assert run(dataset, str(file), "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["day"], said["figures"][0]["verdict"]) == (None, "no verdict")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_rows_for_programs(dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    """CSV and JSON have the same columns and the same figures."""
    file = tmp_path / "article.md"
    file.write_text(f"# A *title*\n\n{TEXT}", encoding="utf-8")
    assert run(dataset, str(file), "--format", form) == 0
    said = capsys.readouterr().out
    rows = json.loads(said)["figures"] if form == "json" else list(csv.DictReader(io.StringIO(said)))
    assert set(rows[0]) == set(COLUMNS)
    assert (rows[0]["article"], rows[0]["verdict"], rows[0]["period_start"]) == ("26.3", "held when printed", "2023-01")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (PAGE, "utf-8"),
        (TEXT, "utf-16"),
        ("中俄贸易额2023年增长26.3%。", "gb18030"),
        ("Товарооборот Китая и России в 2023 году вырос на 26,3%.", "windows-1251"),
    ],
)
def test_forms_and_encodings(tmp_path: Path, dataset: Dataset, text: str, encoding: str) -> None:
    """Pages without what is no text, and texts in the encodings of the three languages, are read alike."""
    file = tmp_path / "article"
    file.write_bytes(text.encode(encoding))
    words, _ = articles.read(str(file))
    assert "99%" not in words or encoding == "utf-16"
    figures = check(dataset, words).figures
    assert [one.claim.number for one in figures][:1] == ["26.3"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "holds no text"),
        (b"%PDF-1.7 ...", "is a PDF, no text"),
        (b"PK\x03\x04....", "is an archive or an office document, no text"),
        (b"a\x00b", "NUL"),
        (b"x" * (articles.LARGEST + 1), "is larger than 5 MB"),
        (b"<html><body></body></html>", "holds no text"),
    ],
)
def test_bad_files_cost_one_line(
    dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, why: str
) -> None:
    """One line on standard error, nothing on the other, exit 2."""
    file = tmp_path / "article"
    file.write_bytes(content)
    assert run(dataset, str(file)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert why in said.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("/nonexistent",), "cannot be read"),
        (("/",), "cannot be read"),
        (("/nonexistent", "--format", "png"), "--format: with --claims"),
        (("/nonexistent", "--query", "?colour=red"), "--query: there is no colour=red"),
    ],
)
def test_misuse_costs_one_line(
    dataset: Dataset, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], why: str
) -> None:
    """What is wrong with a command is said in one line, exit 2."""
    assert run(dataset, *words) == 2
    assert why in capsys.readouterr().err
