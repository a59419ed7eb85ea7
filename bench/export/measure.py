"""Rows a second and memory of `nianbao export`, beside pandas on the same rows.

    bench/export/run [--records 20000] [--formats csv,parquet,sqlite]

Records are made here and piped in, so that their number is not bound by the disk: each has a report's metadata,
three sections, a table of twelve rows and fourteen readings (about 10 KB of JSON). The export's time holds the
reading of the JSON. pandas gets the same indicator rows ready in memory, and its time is that of `to_csv` or
`to_parquet` alone; its memory holds all rows.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LABELS = ["收到申请数", "当面申请数", "传真申请数", "网络申请数", "信函申请数", "申请办结数", "同意公开答复数", "不同意公开答复数",
          "不属于本机关公开数", "申请信息不存在数", "行政复议数", "行政诉讼数"]
IDS = ["requests.received"] + ["requests.received.by_channel"] * 4 + [
    "requests.outcome.total", "requests.outcome.granted", "requests.outcome.denied", "requests.outcome.not_this_agency",
    "requests.outcome.info_not_exist", "reconsideration.total", "litigation.total"]
CHANNELS = [None, "in_person", "fax", "online", "letter"] + [None] * 7


def record(number):
    year, county = 2008 + number % 16, number // 16
    sha = f"{number:064x}"
    at = {"node": f"/html/body/div[2]/p[{number % 40}]"}
    path = f"site{county % 300}/{year}/t{number}.html"
    values = [(number * 7 + row * row) % 500 for row in range(12)]
    dims = [{"channel": channel} if channel else {} for channel in CHANNELS]
    reading = {"status": "reported", "bound": "exact", "unit": "件", "form": "F2", "note": None,
               "how": {"label": "same", "column": "list"}, "confidence": 0.99}
    readings = [{"id": IDS[row], "dims": dims[row], "label": LABELS[row], "value": value, "raw": str(value),
                 "from": {"table": "t1", "row": row, "col": 1}, **reading} for row, value in enumerate(values)]
    readings += [{"id": IDS[0], "dims": {}, "label": "收到申请", "value": values[0], "raw": f"{values[0]}件",
                  "from": {"section": "s2", "chars": [10, 14]}, **reading, "form": None}] * 2
    text = f"{year}年,我局收到政府信息公开申请{values[0]}件,均已依法答复。" * 4
    cells = [{"row": row, "col": col, "row_span": 1, "col_span": 1, "text": text, "at": at}
             for row, value in enumerate(values) for col, text in enumerate((LABELS[row], str(value)))]
    sections = [{"id": f"s{n}", "parent": None, "level": 1, "number": "一", "heading": heading, "heading_line": None,
                 "canonical": None, "at": at, "content": [{"type": "paragraph", "text": text, "at": at}] * 2}
                for n, heading in enumerate(("概述", "依申请公开情况", "存在的问题"), 1)]
    return {
        "schema": "1", "id": f"{number:016x}",
        "source": {"path": path, "uri": None, "sha256": sha, "bytes": 30_000, "media_type": "text/html",
                   "charset": "UTF-8", "charset_basis": "valid_utf8", "replaced": 0, "part": 0, "parts": 1},
        "kind": "annual_report", "complete": True, "title": f"第{county}局{year}年政府信息公开工作年度报告",
        "agency": {"name": f"某市第{county}局", "as_written": "本局", "basis": "title",
                   "region": {"province": "广东省", "city": "广州市", "county": None, "code": "440100"}},
        "period": {"year": year, "start": None, "end": None, "basis": "title"}, "published": f"{year + 1}-01-20",
        "document_number": None, "sections": sections, "indicators": readings, "quantities": [], "checks": [],
        "tables": [{"id": "t1", "section": "s2", "number": "附表1", "caption": "统计表", "caption_lines": [], "unit": "件",
                    "header_rows": 0, "rows": [[LABELS[row], str(value)] for row, value in enumerate(values)],
                    "cells": cells, "shape": "grid", "at": at}],
        "keywords": [{"term": "公开", "weight": 0.4}], "warnings": [], "furniture": [],
        "coverage": {"characters": 2000, "placed": 2000, "share": 1},
    }


def pipe(count, out):
    # The lines of a thousand records with other ids: making them must not be what is measured.
    lines = [json.dumps(record(number), ensure_ascii=False) for number in range(1000)]
    for number in range(count):
        line = lines[number % 1000].replace(f"{number % 1000:016x}", f"{number:016x}")
        out.write(line.encode() + b"\n")


def export(nianbao, count, name, place, only=None):
    begun = time.perf_counter()
    call = [nianbao, "export", "-", "--to", name, "-o", place] + (["--only", only] if only else [])
    child = subprocess.Popen(call, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    pipe(count, child.stdin)
    child.stdin.close()
    said = child.stderr.read().decode()
    _, status, used = os.wait4(child.pid, 0)
    assert status == 0, said
    rows = sum(int(line.split(": ")[1].split()[0]) for line in said.splitlines() if line.endswith(" rows"))
    return rows, time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def size(place):
    files = place.rglob("*") if place.is_dir() else [place]
    return sum(file.stat().st_size for file in files) / 1e6


def pandas_rows(parquet, folder):
    import pandas
    frame = pandas.read_parquet(parquet / "indicators.parquet")
    for name, write in (("csv", lambda path: frame.to_csv(path, index=False)),
                        ("parquet", lambda path: frame.to_parquet(path, compression="zstd"))):
        begun, used = time.perf_counter(), time.process_time()
        write(folder / f"pandas.{name}")
        seconds, cpu = time.perf_counter() - begun, time.process_time() - used
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| pandas {pandas.__version__} to_{name}, `indicators` alone | {len(frame):,} | {seconds:.1f} | {cpu:.1f} | "
              f"{len(frame) / cpu:,.0f} | {memory:.0f} | |")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--nianbao", default="target/release/nianbao")
    arguments.add_argument("--records", type=int, default=20_000)
    arguments.add_argument("--formats", default="csv,parquet,sqlite")
    arguments.add_argument("--only", help="only these tables; all without it")
    arguments.add_argument("--without-pandas", action="store_true")
    given = arguments.parse_args()
    print("| | rows | seconds | of the processor | rows a second of it | memory MiB | MB written |")
    print("|---|--:|--:|--:|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for name in given.formats.split(","):
            place = folder / name
            rows, seconds, cpu, memory = export(given.nianbao, given.records, name, place, given.only)
            print(f"| nianbao export --to {name}, {given.only or 'all tables'} | {rows:,} | {seconds:.1f} | {cpu:.1f} | {rows / cpu:,.0f} | "
                  f"{memory:.0f} | {size(place):.0f} |", flush=True)
        if not given.without_pandas:
            parquet = folder / "parquet"
            if not parquet.exists():
                export(given.nianbao, given.records, "parquet", parquet)
            pandas_rows(parquet, folder)


if __name__ == "__main__":
    sys.exit(main())
