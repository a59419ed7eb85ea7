"""Documents to records, as users call it."""

import copy
import dataclasses
import json
import pathlib
import pickle
import re
import threading
import time

import nianbao
import pytest


def as_line(record):
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def test_records_are_those_of_the_command_byte_for_byte(corpus, lines):
    for jobs in (1, 3):
        made = {it.path: [as_line(record) for record in it.records] for it in nianbao.extract_many(corpus, jobs=jobs)}
        assert list(made) == corpus
        assert made == lines


def test_a_record_is_a_dict(text):
    record = nianbao.extract(text, name="report.txt")
    assert isinstance(record, dict) and record["period"]["year"] == 2016
    assert record["source"]["path"] == "report.txt"
    assert json.loads(json.dumps(record)) == record == copy.deepcopy(record) == pickle.loads(pickle.dumps(record))


def test_paths_and_bytes_are_one(corpus, lines):
    path = pathlib.Path(next(path for path in corpus if len(lines[path]) == 1))
    for source in (path, str(path)):
        assert [as_line(nianbao.extract(source))] == lines[str(path)]
    for source in (path.read_bytes(), bytearray(path.read_bytes())):
        assert [as_line(nianbao.extract(source, name=str(path)))] == lines[str(path)]


def test_a_document_of_several_records_keeps_them(corpus, lines):
    path = next(path for path in corpus if len(lines[path]) > 1)
    with pytest.raises(nianbao.SeveralRecordsError, match="extract_records") as caught:
        nianbao.extract(path)
    assert caught.value.path == path
    assert caught.value.records == nianbao.extract_records(path)
    assert [as_line(record) for record in caught.value.records] == lines[path]


@pytest.mark.parametrize(
    ("source", "stage", "code"),
    [
        (b"", "reading", "empty"),
        ("/nowhere/report.html", "input", "not_found"),
        ("corpus", "input", "not_a_file"),
        (b"%PDF-1.7 and no more", "reading", None),
    ],
)
def test_errors_are_typed(root, source, stage, code):
    with pytest.raises(nianbao.ExtractError) as caught:
        nianbao.extract(source)
    error = caught.value
    assert isinstance(error, nianbao.NianbaoError)
    assert error.stage == stage and error.message and error.code == (code or error.code)
    assert error.path == ("" if isinstance(source, bytes) else source)
    assert error.message in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert (again.path, again.stage, again.code) == (error.path, error.stage, error.code)


def test_wrong_calls_are_told(text):
    with pytest.raises(TypeError):
        nianbao.extract(3)
    with pytest.raises(ValueError, match="memory"):
        nianbao.extract(text, settings=nianbao.Settings(memory=3))
    with pytest.raises(ValueError, match="isolation"):
        nianbao.extract(text, settings=nianbao.Settings(isolation="sometimes"))
    with pytest.raises(ValueError, match="jobs"):
        next(nianbao.extract_many([text], jobs=0))


def test_one_bad_document_costs_no_other(text):
    seen = []
    sources = [text, b"", ("/nowhere.html", "a name"), (text, "named.txt")]
    documents = list(nianbao.extract_many(sources, jobs=2, progress=seen.append))
    assert [it.error and it.error.code for it in documents] == [None, "empty", "not_found", None]
    assert [len(it.records) for it in documents] == [1, 0, 0, 1]
    assert documents[2].path == documents[2].error.path == "a name"
    assert documents[3].records[0]["source"]["path"] == "named.txt"
    assert seen == [1, 2, 3, 4]


def test_what_the_caller_raises_is_raised(text):
    def sources():
        yield text
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        list(nianbao.extract_many(sources()))

    def progress(_):
        raise LookupError("mine, too")

    with pytest.raises(LookupError, match="mine, too"):
        list(nianbao.extract_many([text], progress=progress))


def test_sources_are_taken_as_they_are_needed(text):
    taken = 0

    def sources():
        nonlocal taken
        for taken in range(1, 10_000):
            yield text

    documents = nianbao.extract_many(sources(), jobs=2)
    for _ in range(5):
        next(documents)
    assert taken <= 5 + 2 * 4
    documents.close()


def test_settings_reach_the_records(text, root):
    assert nianbao.extract(text, settings=nianbao.Settings(keywords=0))["keywords"] == []
    with pytest.raises(nianbao.ExtractError) as caught:
        nianbao.extract("README.md", settings=nianbao.Settings(document_bytes=100))
    assert caught.value.code == "too_large"


def test_settings_are_those_of_the_command(command):
    shown = command("config", "show").stdout.decode()
    shown = dict(re.findall(r"^(\w+) = (\S+)", shown, re.MULTILINE))
    for field in dataclasses.fields(nianbao.Settings):
        if field.name not in ("profile", "python"):
            assert json.dumps(field.default) == shown[field.name], field.name
    # What says how a run goes, and what only documents that are read together have, is not of this package.
    left = set(shown) - {field.name for field in dataclasses.fields(nianbao.Settings)}
    archives = {"archive_bytes", "archive_ratio", "archive_entries", "archive_depth"}
    assert left <= {"jobs", "fail_on", "quiet", "progress", "log_format", "site_evidence", "join_pages", *archives}


def test_every_setting_is_heeded(text, root):
    pdf = "fixtures/document-reading-pdf/annual_report.pdf"
    deep = b"<div>" * 50 + text + b"</div>" * 50
    marked = b"<html><body><p a=1 b=2 c=3>" + text
    rows = b"<tr><td rowspan=3>" + text + b"</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr>"
    table = b"<table>" + rows + b"</table>"
    for source, settings in [
        (text, {"output_bytes": 100}),
        (text, {"output_bytes": 100, "isolation": "always"}),
        (text, {"document_bytes": 10}),
        (deep, {"html_nesting": 8}),
        (marked, {"html_attributes": 1}),
        (table, {"table_cells": 1}),
        (table, {"filled_cells": 1}),
        (table, {"filled_bytes": 1}),
        (pdf, {"pdf_pages": 1}),
        (pdf, {"pdf_glyphs": 1}),
        (pdf, {"pdf_operators": 1}),
        (pdf, {"pdf_stream_bytes": 1}),
        (pdf, {"pdf_bytes": 1}),
    ]:
        name = next(iter(settings))
        document = next(nianbao.extract_many([source], settings=nianbao.Settings(**settings)))
        said = document.error and document.error.message or json.dumps([it["warnings"] for it in document.records])
        assert name in said, (name, said)
    with pytest.raises(ValueError, match="pdf_form_depth"):
        nianbao.extract(text, settings=nianbao.Settings(pdf_form_depth=51))


def test_profiles_read_other_reports(root):
    profile = root / "profiles/final-accounts"
    settings = nianbao.Settings(profile=str(profile))
    sources = sorted(path for path in (profile / "corpus").rglob("*") if path.is_file())
    documents = list(nianbao.extract_many(sources, settings=settings))
    ids = {record["profile"]["id"] for it in documents for record in it.records}
    assert ids == {"final-accounts"}
    with pytest.raises(nianbao.ProfileError, match="no .toml"):
        nianbao.extract(b"", settings=nianbao.Settings(profile=str(root / "corpus")))


def test_the_lock_of_the_interpreter_is_released(text):
    big = text + "依法公开政府信息。\n".encode() * 60_000
    turns, done = 0, threading.Event()

    def work():
        nianbao.extract(big, name="big.txt")
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    while not done.is_set():
        turns += 1
        time.sleep(0.001)
    thread.join()
    assert turns > 20, turns
