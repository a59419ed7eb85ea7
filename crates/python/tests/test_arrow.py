"""Documents to tables of Arrow."""

import json

import nianbao
import pyarrow
import pyarrow.parquet
import pytest


@pytest.fixture(scope="module")
def exported(command, extracted, tmp_path_factory):
    place = tmp_path_factory.mktemp("exported") / "panel"
    command("export", str(extracted), "--to", "parquet", "-o", str(place))
    return place


def test_tables_are_those_of_the_export(corpus, exported):
    for name, columns in nianbao.tables().items():
        batch = nianbao.to_arrow(corpus, name)
        assert isinstance(batch, pyarrow.RecordBatch)
        batch.validate(full=True)
        expected = pyarrow.parquet.read_table(exported / f"{name}.parquet")
        assert batch.schema.names == [column.name for column in columns]
        assert batch.schema.equals(expected.schema, check_metadata=False), name
        assert pyarrow.Table.from_batches([batch]).equals(expected), name


def test_batches_are_bounded_and_the_same_rows(corpus):
    whole = nianbao.to_arrow(corpus, "cells")
    reader = nianbao.arrow_batches(corpus, "cells", batch_bytes=40_000, jobs=2)
    batches = list(reader)
    assert len(batches) > 3
    # A record's rows are not torn apart: a batch is full when it has the bytes.
    assert max(batch.nbytes for batch in batches[:-1]) < 40_000 + 400_000
    assert pyarrow.Table.from_batches(batches).equals(pyarrow.Table.from_batches([whole]))


def test_an_empty_table_has_its_schema(text):
    batch = nianbao.to_arrow([], "reports")
    assert batch.num_rows == 0 and batch.schema == nianbao.to_arrow(text, "reports").schema
    assert nianbao.arrow_batches([]).read_all().num_rows == 0


def test_failed_documents_are_listed_or_raised(text):
    failed = []
    batch = nianbao.to_arrow([text, b"", "/nowhere"], "reports", failed=failed)
    assert batch.num_rows == 1 and [error.code for error in failed] == ["empty", "not_found"]
    for call in (nianbao.to_arrow, lambda sources: nianbao.arrow_batches(sources).read_all()):
        with pytest.raises(nianbao.ExtractError, match="empty"):
            call([text, b"", "/nowhere"])
    with pytest.raises(ValueError, match="there is no table \"panel\""):
        nianbao.to_arrow(text, "panel")


def test_a_batch_for_engines_has_all_and_raises_nothing(corpus, lines):
    names = ["reports", "indicators", "warnings"]
    documents = [(path, path) for path in corpus] + [(b"", "empty.txt"), ("/nowhere", "gone"), (b"%PDF-1.4", "a.pdf")]
    wanted = {"tables": names, "with_record": True}
    batches = list(nianbao.extract_batch(documents, batch_bytes=200_000, **wanted))
    schema = nianbao.batch_schema(**wanted)
    assert schema.names == ["path", "part", "record", *names, "error"]
    assert len(batches) > 2 and all(batch.schema == schema for batch in batches)
    for batch in batches:
        batch.validate(full=True)
    rows = [row for batch in batches for row in batch.to_pylist()]
    errors = [(row["path"], row["error"]["stage"], row["error"]["code"]) for row in rows if row["error"]]
    assert errors[:2] == [("empty.txt", "reading", "empty"), ("gone", "input", "not_found")]
    assert [path for path, _, _ in errors] == ["empty.txt", "gone", "a.pdf"]
    records = {}
    for row in rows[: -len(errors)]:
        assert row["part"] == len(records.setdefault(row["path"], []))
        records[row["path"]].append(row["record"])
    assert records == lines
    # The rows of a record are the table's; ids of copies are not told apart here.
    for name in names:
        nested = [it for row in rows for it in row[name] or ()]
        flat = nianbao.to_arrow(corpus, name).to_pylist()
        for row in flat:
            row["report_id"] = row.get("copy_of") or row["report_id"]
        for row in flat:
            if "copy_of" in row:
                row["copy_of"] = None
        assert nested == flat, name


def test_a_record_of_a_batch_reads_as_json(text):
    (batch,) = nianbao.extract_batch([(text, "a.txt")], tables=(), with_record=True)
    (row,) = batch.to_pylist()
    assert json.loads(row["record"]) == nianbao.extract(text, name="a.txt")
    assert list(row) == ["path", "part", "record", "error"]
    with pytest.raises(ValueError, match="batch_bytes"):
        list(nianbao.extract_batch([text], batch_bytes=0))
