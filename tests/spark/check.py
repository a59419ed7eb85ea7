"""Extraction on a cluster of two executor processes gives what one machine gives, row for row.

    tests/spark/check.py NIANBAO [--documents 400] [--executors 2] [--measure]

`--measure` leaves the comparisons out and prints seconds and processor time of the extraction alone.
"""

import argparse
import collections
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import nianbao
import nianbao.spark
import pyarrow
import pyarrow.parquet
from documents import ROOT, make
from processor import seconds
from pyspark.sql import SparkSession

#: Limits that two of the hostile files reach, each in a process of its own.
LIMITS = {"cpu_time": 2, "memory": 256}
SETTINGS = nianbao.Settings(**LIMITS)
#: How the command reads every document by itself, under the same limits.
ALONE = [word for name, value in LIMITS.items() for word in ("--set", f"{name}={value}")]


class Single:
    """What the command writes on one machine."""

    def __init__(self, program, folder, inputs):
        listed, self.out = folder / "names", folder / "out"
        listed.write_bytes(b"".join(os.fsencode(name) + b"\0" for name in inputs))
        words = ["extract", "--files-from", listed, "-0", "--site-evidence", "off", "--join-pages", "off", *ALONE]
        code = subprocess.run([program, *words, "--quiet", "-o", self.out]).returncode
        assert code in (0, 3), code
        self.records = self.lines("records.jsonl")
        self.errors = self.lines("errors.jsonl")

    def lines(self, name):
        return (self.out / name).read_text(encoding="utf-8").splitlines()


def cluster(executors):
    """A cluster of executor processes with one core each."""
    # Executors run this Python, which has the wheel.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "4",
        # No task before all executors are there.
        "spark.scheduler.minRegisteredResourcesRatio": "1.0",
        "spark.scheduler.maxRegisteredResourcesWaitingTime": "120s",
        # An attempt that fails is a fault here: nothing is tried twice.
        "spark.task.maxFailures": "1",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "100",
    }
    builder = SparkSession.builder.master(f"local-cluster[{executors},1,1024]").appName("nianbao")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def manifest(spark, folder, names, **columns):
    """A manifest as users keep it: a file."""
    table = pyarrow.table({"path": names, **columns})
    pyarrow.parquet.write_table(table, folder / "manifest.parquet")
    return spark.read.parquet(str(folder / "manifest.parquet"))


def in_order(rows):
    return sorted(rows, key=lambda row: (os.fsencode(row["path"]), -1 if row["part"] is None else row["part"]))


def same(found, expected, what):
    for number, (one, two) in enumerate(zip(found, expected)):
        assert one == two, f"{what} {number}:\n{str(one)[:600]}\nis not\n{str(two)[:600]}"
    assert len(found) == len(expected), f"{len(found)} {what}s, not {len(expected)}"
    print(f"  {len(found)} {what}s are those of one machine")


def check_rows(rows, single, names):
    """Records and errors of a data frame's rows."""
    rows = in_order(rows)
    same([row["record"] for row in rows if row["error"] is None], single.records, "record")
    errors = [(row["path"], *row["error"]) for row in rows if row["error"] is not None]
    expected = [json.loads(line) for line in single.errors]
    same(errors, [tuple(it[name] for name in ("path", "stage", "code", "message")) for it in expected], "error")
    assert {row["path"] for row in rows} == set(names), "a row of the manifest has no answer"


def check_indicators(rows, single, program, folder):
    """The nested table, beside the exported one."""
    words = ["export", single.out, "--to", "parquet", "--only", "indicators", "-o", folder / "tables", "--quiet"]
    subprocess.run([program, *words], check=True)
    exported = pyarrow.parquet.read_table(folder / "tables" / "indicators.parquet").to_pylist()
    nested = [it.asDict(recursive=True) for row in in_order(rows) for it in row["indicators"] or ()]
    # The export gives a second name to the records of a copy.
    for it in (*exported, *nested):
        it["report_id"] = it["report_id"].split("-")[0]
    same(nested, exported, "indicator")


def warc(path, names):
    """An archive of documents that are files."""
    with gzip.open(path, "wb") as file:
        for name in names:
            body = pathlib.Path(name).read_bytes()
            head = f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://www.example.gov.cn/{len(name)}\r\n"
            file.write(head.encode() + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(body), body))


def check(options, folder):
    names = make(folder / "in", options.documents)
    corpus = sorted((str(path) for path in (ROOT / "corpus").rglob("*") if path.is_file()), key=os.fsencode)
    singles = {}
    for what, inputs in (("corpus", corpus), ("hostile", names)):
        (folder / what).mkdir()
        singles[what] = Single(options.program, folder / what, inputs)
    codes = collections.Counter(json.loads(line)["code"] for line in singles["hostile"].errors)
    print(f"{len(names)} documents, errors: {dict(codes)}")
    for code in ("empty", "encrypted", "timeout", "memory_limit", "not_found", "not_a_file", "unsupported"):
        assert codes[code], f"no document ends with {code}: nothing is proved by this set"
    # Where the examples look for their files; the cluster stays where it began.
    os.chdir(folder)
    spark = cluster(options.executors)
    context = spark.sparkContext
    print(f"Spark {spark.version}, {options.executors} executors")

    print("a manifest of paths, the corpus")
    rows = nianbao.spark.extract(manifest(spark, folder, corpus), partitions=4, settings=SETTINGS).collect()
    check_rows(rows, singles["corpus"], corpus)
    check_indicators(rows, singles["corpus"], options.program, folder)
    # The driver is one of them.
    executors = context._jsc.sc().statusTracker().getExecutorInfos()
    assert len(executors) == 1 + options.executors, len(executors)

    print("a manifest of paths, one in twenty hostile; small batches")
    frame = manifest(spark, folder, names)
    rows = nianbao.spark.extract(frame, partitions=8, settings=SETTINGS, batch_bytes=1 << 16).collect()
    check_rows(rows, singles["hostile"], names)

    print("addresses as Spark writes them, and no address")
    addresses = [pathlib.Path(name).as_uri().replace("file:///", "file:/") for name in corpus]
    frame = manifest(spark, folder, [*addresses, None])
    rows = nianbao.spark.extract(frame, tables=(), settings=SETTINGS).collect()
    nowhere = [row for row in rows if row["path"] == ""]
    assert [row["error"]["code"] for row in nowhere] == ["empty"], nowhere
    check_rows([row for row in rows if row["path"]], singles["corpus"], corpus)

    print("a manifest that holds the documents")
    contents = [pathlib.Path(name).read_bytes() for name in corpus]
    frame = manifest(spark, folder, corpus, content=contents)
    frame = nianbao.spark.extract(frame, content="content", settings=SETTINGS)
    assert frame.schema == nianbao.spark.schema()
    check_rows(frame.collect(), singles["corpus"], corpus)

    print("rdd.pipe through the command, with an archive")
    archive = str(folder / "crawl.warc.gz")
    warc(archive, [name for name in corpus if name.endswith((".html", ".htm"))])
    (folder / "piped").mkdir()
    single = Single(options.program, folder / "piped", [*names, archive])
    words = [str(options.program), "extract", "--filter", "-j", "1", "--quiet", *ALONE]
    lines = context.parallelize([*names, archive], 8).pipe(" ".join(words), checkCode=True).collect()
    same(sorted(lines), sorted(single.records + single.errors), "line")

    print("the examples of docs/scale.md")
    manifest(spark, folder, corpus)
    scope = {"spark": spark, "paths": corpus, "nianbao": options.program}
    examples = re.findall(r"```python\n(.*?)```", (ROOT / "docs/scale.md").read_text(encoding="utf-8"), re.S)
    for example in examples:
        exec(example, scope)
    assert len(examples) == 2 and scope["errors"].count() == 0
    exported = pyarrow.parquet.read_table(folder / "tables" / "indicators.parquet")
    assert scope["panel"].count() == exported.num_rows
    assert len(scope["lines"].collect()) == scope["rows"].count()
    spark.stop()


def measure(options, folder):
    names = make(folder / "in", options.documents, hostile=False)
    size = sum(os.path.getsize(name) for name in names if os.path.isfile(name))
    print(f"{len(names)} documents, {size / 1e6:.1f} MB")

    def timed(what, work, children=False):
        before, begun = seconds(children), time.monotonic()
        work()
        took, spent = time.monotonic() - begun, seconds(children) - before
        print(f"{what}: {took:.1f} s, {spent:.1f} s of processors, {1e3 * spent / len(names):.1f} ms a document")

    (folder / "single").mkdir()
    timed("extract, threads: all", lambda: Single(options.program, folder / "single", names), children=True)
    spark = cluster(options.executors)
    frame = manifest(spark, folder, names)
    out = str(folder / "rows")

    def rows():
        extracted = nianbao.spark.extract(frame, partitions=16, settings=SETTINGS)
        extracted.write.mode("overwrite").option("compression", "zstd").parquet(out)

    def pipe():
        words = [str(options.program), "extract", "--filter", "-j", "1", "--quiet", *ALONE]
        return spark.sparkContext.parallelize(names, 16).pipe(" ".join(words), checkCode=True).count()

    for turn in ("first", "second"):
        timed(f"nianbao.spark, {options.executors} executors, {turn} job", rows)
    timed(f"rdd.pipe, {options.executors} executors", pipe)
    written = sum(file.stat().st_size for file in (folder / "rows").glob("*.parquet"))
    plain = (folder / "single" / "out" / "records.jsonl").stat().st_size
    print(f"{spark.read.parquet(out).count()} rows, {written / 1e6:.1f} MB of Parquet; records.jsonl {plain / 1e6:.1f} MB")
    spark.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--executors", type=int, default=2)
    parser.add_argument("--measure", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            (measure if options.measure else check)(options, pathlib.Path(folder))
        finally:
            os.chdir(ROOT)


if __name__ == "__main__":
    main()
