"""What must not take the interpreter down, and what must end when it is told to."""

import os
import pathlib
import signal
import subprocess
import sys
import time

import nianbao
import pytest

import hostile

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc")


def children():
    """The processes that this one has started and that still are."""
    tasks = pathlib.Path("/proc/self/task").iterdir()
    return {pid for task in tasks for pid in (task / "children").read_text().split()}


@pytest.fixture(scope="module")
def pdf(corpus):
    return next(path for path in corpus if path.endswith(".pdf"))


def test_a_pdf_is_read_by_a_child_and_a_page_is_not(pdf, text):
    settings = nianbao.Settings(keywords=7)
    before = children()
    nianbao.extract(text, name="a.txt", settings=settings)
    assert children() == before
    record = nianbao.extract(pdf, settings=settings)
    assert len(children() - before) == 1
    assert nianbao.extract(pdf, settings=settings) == record
    assert len(children() - before) == 1
    assert record == nianbao.extract(pdf, settings=nianbao.Settings(keywords=7, isolation="never"))
    assert len(children() - before) == 1


def test_every_document_can_be_read_by_a_child(corpus, lines):
    settings = nianbao.Settings(isolation="always")
    for document in nianbao.extract_many(corpus, settings=settings, jobs=2):
        assert [record["id"] for record in document.records] == [
            record["id"] for record in nianbao.extract_records(document.path)
        ]


def test_what_takes_too_much_dies_in_its_child(pdf):
    settings = nianbao.Settings(cpu_time=2, memory=256, isolation="auto")
    sources = [(hostile.slow(), "slow.pdf"), (pdf, "sound.pdf"), (hostile.heavy(), "heavy.pdf"), (pdf, "sound.pdf")]
    documents = list(nianbao.extract_many(sources, jobs=2, settings=settings))
    codes = [it.error and (it.error.path, it.error.stage, it.error.code) for it in documents]
    assert codes == [("slow.pdf", "reading", "timeout"), None, ("heavy.pdf", "reading", "memory_limit"), None]
    assert documents[1].records == documents[3].records
    (batch,) = nianbao.extract_batch(sources, settings=settings)
    assert [row["error"] and row["error"]["code"] for row in batch.to_pylist()] == [
        "timeout", None, "memory_limit", None,
    ]


def test_where_no_child_can_be_started_its_documents_say_so(pdf, text):
    settings = nianbao.Settings(python="/nowhere/python")
    documents = list(nianbao.extract_many([pdf, text], settings=settings))
    assert documents[0].error.code == "no_worker" and documents[1].error is None


def test_neither_environment_nor_folder_gets_into_a_child(pdf, tmp_path):
    (tmp_path / "nianbao.py").write_text("raise SystemExit(9)")
    (tmp_path / "signal.py").write_text("raise SystemExit(9)")
    path = os.path.abspath(pdf)
    program = f"import nianbao, os; os.chdir({str(tmp_path)!r}); os.environ['PYTHONPATH'] = '.'\n" \
              f"print(nianbao.extract({path!r})['kind'])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "annual_report\n"


def test_a_forked_process_has_children_of_its_own(pdf):
    settings = nianbao.Settings(keywords=6)
    record = nianbao.extract(pdf, settings=settings)
    own = children()
    pid = os.fork()
    if pid == 0:
        os._exit(0 if nianbao.extract(pdf, settings=settings) == record else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert children() == own
    assert nianbao.extract(pdf, settings=settings) == record


INTERRUPTED = """
import sys, nianbao
def endless():
    while True:
        yield BYTES
def run(what):
    if what == "many":
        for _ in nianbao.extract_many(endless(), jobs=2): pass
    elif what == "one":
        nianbao.extract(BYTES, name="slow.pdf")
    elif what == "arrow":
        nianbao.to_arrow(endless(), failed=[])
    else:
        for _ in nianbao.extract_batch(endless()): pass
BYTES = open(sys.argv[2], "rb").read()
print("begun", flush=True)
run(sys.argv[1])
"""


@pytest.mark.parametrize("what", ["one", "many", "arrow", "batch"])
def test_ctrl_c_ends_at_once_whatever_is_under_way(what, tmp_path):
    (tmp_path / "slow.pdf").write_bytes(hostile.slow())
    words = [sys.executable, "-c", INTERRUPTED, what, str(tmp_path / "slow.pdf")]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout.readline() == b"begun\n"
    # The document takes 20 seconds of processor time.
    time.sleep(1.5)
    assert child.poll() is None
    sent = time.monotonic()
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    took = time.monotonic() - sent
    assert b"KeyboardInterrupt" in said and child.returncode != 0
    assert took < 5, took


MEMORY = """
import resource, sys, nianbao
text = open(sys.argv[1], "rb").read()
def sources():
    for number in range(int(sys.argv[2])):
        yield text + str(number).encode()
for document in nianbao.extract_many(sources(), jobs=2): assert document.error is None
for batch in nianbao.extract_batch(sources(), with_record=True, batch_bytes=1 << 20): pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_memory_does_not_grow_with_the_documents(corpus):
    def most(count):
        words = [sys.executable, "-c", MEMORY, next(path for path in corpus if path.endswith(".html")), str(count)]
        return int(subprocess.run(words, capture_output=True, text=True, check=True).stdout)

    few, many = most(40), most(400)
    assert many < few + 40, f"{few} MiB for 40 documents, {many} MiB for 400"
