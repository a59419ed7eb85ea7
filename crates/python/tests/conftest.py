"""What the tests stand on: the corpus, the command that the package is held against, and its results."""

import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def root():
    """The repository; tests run in it, so that paths are those that the command prints."""
    os.chdir(ROOT)
    return ROOT


@pytest.fixture(scope="session")
def corpus(root):
    """Paths of the corpus in the order of the command."""
    paths = sorted(path.relative_to(root).as_posix().encode() for path in (root / "corpus").rglob("*") if path.is_file())
    assert len(paths) >= 10
    return [path.decode() for path in paths]


@pytest.fixture(scope="session")
def command(root):
    """Runs `nianbao`."""
    program = os.environ["NIANBAO"]
    return lambda *words: subprocess.run([program, *words], check=True, cwd=root, capture_output=True)


@pytest.fixture(scope="session")
def extracted(command, tmp_path_factory):
    """A folder with what the command makes of the corpus, each document read by itself."""
    out = tmp_path_factory.mktemp("extracted")
    command("extract", "corpus", "--site-evidence", "off", "--join-pages", "off", "--quiet", "-o", str(out))
    return out


@pytest.fixture(scope="session")
def lines(extracted):
    """The lines of records.jsonl, by document."""
    by_path = {}
    for line in (extracted / "records.jsonl").read_text(encoding="utf-8").splitlines():
        by_path.setdefault(json.loads(line)["source"]["path"], []).append(line)
    return by_path


@pytest.fixture(scope="session")
def text():
    """A small report."""
    return "某市林业局2016年政府信息公开工作年度报告\n\n一、概述\n本年度主动公开政府信息170条。\n".encode()
