"""Opens exports with the tools that users have, and compares what they see with the records.

Two comparisons: the database with the records, written here a second time from the definition of the tables; and
every other format, in every tool, with the database.
"""

import asyncio
import copy
import csv
import json
import math
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import openpyxl
import pandas
import polars
import pyarrow.parquet
from frictionless import Package, system
from datasette.app import Datasette
from openpyxl.utils.escape import unescape

LONG = "长" * 40_000
HOSTILE = ["=1+1", "甲,\"乙\"\n丙", " 前后 ", "0012", "NA", "null", "_x000D_", "<b>&amp;</b>", "𠮷", "'", "-", "\t"]


def hostile(record):
    """A record like another, with texts that formats escape."""
    record = copy.deepcopy(record)
    record["id"] = "f" * 16
    record["title"] = HOSTILE[0]
    texts = iter(HOSTILE * 1000)
    for section in record["sections"]:
        for content in section["content"]:
            if content["type"] in ("paragraph", "item"):
                content["text"] = next(texts)
    if record["sections"]:
        record["sections"][0]["content"].insert(0, {"type": "paragraph", "text": LONG, "at": None})
    for indicator in record["indicators"]:
        indicator["label"] = next(texts)
    return record


def from_records(records):
    """Some tables, made from the records by another program than the one that is tested."""
    seen = {}
    tables = {name: [] for name in ("reports", "indicators", "sections", "cells", "findings", "quantities")}
    for record in records:
        seen[record["id"]] = seen.get(record["id"], 0) + 1
        own = record["id"] if seen[record["id"]] == 1 else f"{record['id']}-{seen[record['id']]}"
        year = record["period"] and record["period"]["year"]
        who = (own, record["agency"]["name"], record["agency"]["region"]["code"], year)
        tables["reports"].append((*who, record["title"], record["source"]["path"], record["coverage"]["placed"]))
        for position, it in enumerate(record["indicators"]):
            origin = "table" if "table" in it["from"] else "prose"
            tables["indicators"].append((*who, origin, position, it["id"], json.dumps(it["dims"]), it["label"],
                                         it["value"], it["unit"], it["status"], it["bound"], it["raw"]))
        for position, it in enumerate(record["derived"]):
            tables["indicators"].append((*who, "derived", position, it["id"], json.dumps(it["dims"]), None,
                                         it["value"], it["unit"], "derived", "exact", None))
        for it in record["sections"]:
            text = "\n".join(c["text"] for c in it["content"] if c["type"] in ("paragraph", "item"))
            tables["sections"].append((*who, it["id"], it["heading"], it["canonical"], text))
        for table in record["tables"]:
            for it in table["cells"]:
                tables["cells"].append((own, table["id"], it["row"], it["col"], it["text"]))
        for it in record["checks"]:
            tables["findings"].append((*who, it["rule"], it["status"], it["expected"], it["found"], it["message_zh"]))
        for it in record["quantities"]:
            tables["quantities"].append((own, it["section"], *it["chars"], it["text"], it["value"], it["unit"]))
    return tables


WHO = "report_id, agency, agency_code, year"
QUERIES = {
    "reports": f"SELECT {WHO}, title, source, placed FROM reports",
    "indicators": f"SELECT {WHO}, origin, position, indicator, dims, label, value, unit, status, bound, raw "
    "FROM indicators",
    "sections": f"SELECT {WHO}, section, heading, canonical, text FROM sections",
    "cells": "SELECT report_id, \"table\", row, col, text FROM cells",
    "findings": f"SELECT {WHO}, rule, status, expected, found, message_zh FROM findings",
    "quantities": "SELECT report_id, section, char_start, char_end, text, value, unit FROM quantities",
}


def plain(value, empty_is_null=False):
    """A value as all tools can hold it: truth as 0 or 1, no difference between 9 and 9.0, one kind of null."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if empty_is_null and value == "":
        return None
    if isinstance(value, bool):
        return int(value)
    return value


def rows_of(rows, empty_is_null=False):
    return [tuple(plain(value, empty_is_null) for value in row) for row in rows]


def same(what, found, expected):
    assert len(found) == len(expected), f"{what}: {len(found)} rows, not {len(expected)}"
    for number, (one, other) in enumerate(zip(found, expected)):
        assert one == other, f"{what}, row {number}:\n{one}\nis not\n{other}"


class Database:
    """The tables of the database, by name: columns, kinds and rows."""

    def __init__(self, path):
        connection = sqlite3.connect(path)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        kinds = {}
        for table, column, kind in connection.execute('SELECT "table", "column", kind FROM columns'):
            kinds.setdefault(table, {})[column] = kind
        # `columns` does not describe itself before it is written whole.
        self.kinds = kinds
        self.rows = {}
        for table, columns in kinds.items():
            names = ", ".join(f'"{name}"' for name in columns)
            self.rows[table] = connection.execute(f'SELECT {names} FROM "{table}" ORDER BY rowid').fetchall()
        self.connection = connection


def check_records(database, records):
    for table, expected in from_records(records).items():
        found = rows_of(database.connection.execute(QUERIES[table] + " ORDER BY rowid"))
        if table == "indicators":
            dims = [json.loads(row[7]) for row in found]
            assert dims == [json.loads(row[7]) for row in expected]
            found = [row[:7] + row[8:] for row in found]
            expected = [row[:7] + row[8:] for row in expected]
        same(f"records: {table}", found, expected)


def check_parquet(folder, database):
    for table, rows in database.rows.items():
        path = folder / f"{table}.parquet"
        expected = rows_of(rows)
        read = pyarrow.parquet.read_table(path)
        found = list(zip(*[column.to_pylist() for column in read.columns])) if read.num_rows else []
        same(f"pyarrow: {table}", rows_of(found), expected)
        same(f"polars: {table}", rows_of(polars.read_parquet(path).rows()), expected)
        found = duckdb.sql(f"SELECT * FROM read_parquet('{path}')").fetchall()
        same(f"duckdb: {table}", rows_of(found), expected)
        frame = pandas.read_parquet(path)
        assert list(frame.columns) == list(database.kinds[table]), table
        numbers = [name for name, kind in database.kinds[table].items() if kind == "number"]
        for name in numbers:
            assert frame[name].dtype == "float64" or len(frame) == 0, (table, name, frame[name].dtype)


def check_csv(folder, database):
    types = {"integer": "Int64", "number": "float64", "boolean": "boolean"}
    names = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
    for table, rows in database.rows.items():
        path = folder / f"{table}.csv"
        kinds = database.kinds[table]
        expected = rows_of(rows, empty_is_null=True)
        frame = pandas.read_csv(path, dtype={name: types.get(kind, "string") for name, kind in kinds.items()},
                                keep_default_na=False, na_values=[""])
        found = frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None)
        same(f"pandas csv: {table}", rows_of(found), expected)
        columns = json.dumps({name: names.get(kind, "VARCHAR") for name, kind in kinds.items()}, ensure_ascii=False)
        found = duckdb.sql(f"SELECT * FROM read_csv('{path}', columns = {columns.replace(chr(34), chr(39))}, "
                           "header = true, delim = ',', quote = '\"', escape = '\"', auto_detect = false, "
                           "max_line_size = 10000000)").fetchall()
        same(f"duckdb csv: {table}", rows_of(found, True), expected)
        schema = {"integer": polars.Int64, "number": polars.Float64, "boolean": polars.Boolean}
        schema = {name: schema.get(kind, polars.String) for name, kind in kinds.items()}
        found = polars.read_csv(path, schema=schema).rows()
        same(f"polars csv: {table}", rows_of(found, True), expected)
        with open(path, encoding="utf-8", newline="") as file:
            widths = {len(row) for row in csv.reader(file, strict=True)}
        assert widths == {len(kinds)}, (table, widths)


def check_xlsx(path, database):
    workbook = openpyxl.load_workbook(path, read_only=False)
    rest = {}
    if "continued" in workbook.sheetnames:
        for sheet, row, column, _, text in workbook["continued"].iter_rows(min_row=2, values_only=True):
            rest[sheet, row, column] = rest.get((sheet, row, column), "") + text
    assert rest, "no text was longer than a cell"
    for table, rows in database.rows.items():
        sheet = workbook[table]
        assert sheet.freeze_panes == "A2", table
        header, *found = sheet.iter_rows(values_only=True)
        kinds = database.kinds[table]
        assert list(header) == list(kinds), table
        # Excel reads `_x005F_` as an underscore; openpyxl leaves that to its users.
        found = [[unescape(value) if isinstance(value, str) else value for value in row] for row in found]
        for (name, row, column), text in rest.items():
            if name == table:
                found[row - 2][header.index(column)] += text
        same(f"openpyxl: {table}", rows_of(found), rows_of(rows, empty_is_null=True))


def check_package(folder):
    # Files are named by their own folder, wherever that is.
    with system.use_context(trusted=True):
        package = Package(str(folder / "datapackage.json"))
        report = package.validate()
    assert report.valid, report.flatten(["type", "message"])[:5]
    assert {"codebook", "indicators", "wide"} <= {resource.name for resource in package.resources}


async def check_datasette(path, database):
    site = Datasette([str(path)])

    async def asked(query):
        response = await site.client.get(f"/{path.stem}/{query}".rstrip("/"))
        assert response.status_code == 200, (query, response.text[:500])
        return response

    found = (await asked("sections.json?_search=依申请公开&_shape=array&_size=1")).json()
    assert found and "申请" in (found[0]["heading"] or "") + found[0]["text"], found
    for page in ("", "indicators?_facet=indicator&status=reported", "wide", "failing_findings", "readings"):
        await asked(page)
    row = database.connection.execute("SELECT report_id FROM reports").fetchone()[0]
    assert "reports/" + row in (await asked("indicators")).text, "a reading does not lead to its report"


def main(nianbao, source):
    with open(Path(source) / "records.jsonl", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    records.append(hostile(next(record for record in records if record["indicators"])))
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        with open(folder / "records.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        places = {"sqlite": "export.db", "csv": "csv", "parquet": "parquet", "xlsx": "export.xlsx",
                  "datapackage": "package"}
        for name, place in places.items():
            call = [nianbao, "export", folder, "--to", name, "-o", folder / place, "--quiet"]
            subprocess.run(call, check=True)
        database = Database(folder / "export.db")
        check_records(database, records)
        check_parquet(folder / "parquet", database)
        check_csv(folder / "csv", database)
        check_xlsx(folder / "export.xlsx", database)
        check_package(folder / "package")
        asyncio.run(check_datasette(folder / "export.db", database))
        rows = sum(len(rows) for rows in database.rows.values())
    print(f"{len(records)} records, {rows} rows, the same in pandas, pyarrow, polars, DuckDB, sqlite3, openpyxl, "
          "frictionless and Datasette")


if __name__ == "__main__":
    main(*sys.argv[1:])
