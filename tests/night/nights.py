"""What the tests of nights share: `nianbao refresh` on the site of `site.py`, and what it leaves behind."""
import collections
import contextlib
import gzip
import json
import pathlib
import sqlite3
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = """contact = "mailto:nobody@example.org"
[fetch]
delay = 0
backoff = 0
allow_private = ["127.0.0.1"]
[[source]]
lists = ["http://127.0.0.1:{port}/list.html"]
[[export]]
to = "csv"
output = "tables"
[[export]]
to = "sqlite"
output = "reports.db"
only = ["reports", "indicators", "wide"]
"""


def fail(message):
    sys.exit(f"{pathlib.Path(sys.argv[0]).name}: {message}")


class Site:
    """The server, while it is entered."""

    def __init__(self, pages):
        self.command = [sys.executable, ROOT / "tests/night/site.py", "--pages", str(pages)]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
            return answer.read()


class Night:
    """Nights on a site."""

    def __init__(self, binary, site):
        self.binary, self.site = binary, site

    def folder(self, at):
        at.mkdir()
        (at / "corpus.toml").write_text(CORPUS.format(port=self.site.port))
        return at

    def start(self, at, *flags, **options):
        command = [self.binary, "refresh", at / "corpus.toml", "--quiet", *flags]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, **options)

    def whole(self, at, *flags):
        begun = time.monotonic()
        run = self.start(at, *flags)
        if run.wait() != 0:
            fail(f"a night ended with {run.returncode}")
        return time.monotonic() - begun

    def killed(self, at, number, kills, took, chance):
        """Night `number`, killed so many times; how often it was."""
        done = 0
        while True:
            run = self.start(at)
            try:
                run.wait(chance.uniform(0, took) if done < kills else None)
                if run.returncode != 0:
                    fail(f"a night ended with {run.returncode} after {done} kills")
                return done
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()
                done += 1
                if is_over(at, number):
                    return done


def is_over(at, number):
    """Whether night `number` is behind its report: one more call would be the next night."""
    reported = at / "out/state/reported.json"
    return reported.exists() and json.loads(reported.read_text())["run"] >= number


def archive(at):
    """What the archive holds: how often which kind of record of which page with which payload. What a run asks of a host at its
    beginning (robots.txt) is asked again by the one that goes on."""
    held = collections.Counter()
    for path in sorted((at / "archive").glob("*.warc.gz")):
        text = gzip.decompress(path.read_bytes())
        while text:
            head, _, rest = text.partition(b"\r\n\r\n")
            fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
            length = int(fields[b"Content-Length"])
            uri = fields.get(b"WARC-Target-URI", b"")
            if fields[b"WARC-Type"] in (b"response", b"revisit") and not uri.endswith(b"/robots.txt"):
                held[fields[b"WARC-Type"], uri, fields.get(b"WARC-Payload-Digest"), rest[:15]] += 1
            text = rest[length + 4:]
    return held


def index(at):
    """The index, but for times and places."""
    with contextlib.closing(sqlite3.connect(at / "archive/index.sqlite")) as database:
        pages = database.execute("SELECT url, role, state, status, etag, sha256, changed, checked, unmodified, code FROM page")
        return sorted(pages, key=str)


def results(at):
    """Records, errors and exports, byte for byte."""
    files = [at / "out/records.jsonl", at / "out/errors.jsonl", at / "reports.db", *sorted((at / "tables").rglob("*"))]
    return {str(path.relative_to(at)): path.read_bytes() for path in files if path.is_file()}


def told(at):
    """The changes of the last night, without the times at which they were seen and the folder in which they are."""
    text = (at / "out/changes.jsonl").read_text()
    changes = [json.loads(line) for line in text.splitlines()]
    for change in changes:
        for name in ("date", "milliseconds", "requests"):
            change.pop(name, None)
        if change["change"] == "export":
            change["path"] = pathlib.Path(change["path"]).name
    return changes


def compare(peace, other, what, changes=True):
    """Ends where another corpus is not what a corpus is that nothing has disturbed; the changes told may be left out."""
    if archive(peace) != archive(other):
        difference = (archive(peace) - archive(other)) + (archive(other) - archive(peace))
        fail(f"{what}: another archive: {list(difference.items())[:3]}")
    if index(peace) != index(other):
        fail(f"{what}: another index: {[pair for pair in zip(index(peace), index(other)) if pair[0] != pair[1]][:3]}")
    first, second = results(peace), results(other)
    if first.keys() != second.keys():
        fail(f"{what}: other files: {first.keys() ^ second.keys()}")
    for name, content in first.items():
        if content != second[name]:
            fail(f"{what}: other {name}")
    first, second = told(peace), told(other)
    if changes and first != second:
        fail(f"{what}: other changes: {[change for change in first + second if (change in first) != (change in second)][:4]}")
    left = [path.name for path in other.glob("*.draft")]
    if left:
        fail(f"{what}: {left} is left")
