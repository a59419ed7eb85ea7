"""A night in which nothing has changed: `nianbao refresh` beside `wget -N` and Scrapy with its HTTP cache, on the same server on this
machine, one request at a time, no delay. Called by `run`.

Each is called once to fetch everything and then so many times again: what is measured is the call again. Of each: wall time, its own
processor time and its largest memory; and what the server was asked, so that nobody is fast by not asking."""
import argparse
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = """contact = "mailto:nobody@example.org"
[fetch]
delay = 0
allow_private = ["127.0.0.1"]
[[source]]
url_files = ["urls.txt"]
"""
SPIDER = """import scrapy

class Pages(scrapy.Spider):
    name = "pages"
    custom_settings = dict(
        HTTPCACHE_ENABLED=True, HTTPCACHE_POLICY="scrapy.extensions.httpcache.RFC2616Policy", ROBOTSTXT_OBEY=True,
        CONCURRENT_REQUESTS=1, CONCURRENT_REQUESTS_PER_DOMAIN=1, DOWNLOAD_DELAY=0, LOG_LEVEL="ERROR", TELNETCONSOLE_ENABLED=False,
    )

    async def start(self):
        for line in open("urls.txt"):
            # Without this the policy takes pages for fresh for months and asks nobody.
            yield scrapy.Request(line.strip(), headers={"Cache-Control": "max-age=0"})

    def parse(self, response):
        pass
"""


class Site:
    def __init__(self, pages):
        command = [sys.executable, ROOT / "tests/night/site.py", "--pages", str(pages)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def asked(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/asked") as answer:
            return json.load(answer)

    def stop(self):
        self.process.kill()
        self.process.wait()


def measured(command, folder):
    """Wall seconds, processor seconds, KiB."""
    begun = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{command[0]} ended with {status}: {error.decode()[-2000:]}")
    return time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "target/release/nianbao")
    parser.add_argument("--without", nargs="+", default=[], metavar="TOOL", help="nianbao, wget, scrapy")
    options = parser.parse_args()
    tools = {
        "nianbao refresh": [str(options.binary.resolve()), "refresh", "corpus.toml", "--quiet"],
        "wget -N": ["wget", "-q", "-N", "-x", "-i", "urls.txt"],
        "scrapy, HTTP cache": [sys.executable, "-m", "scrapy", "runspider", "spider.py"],
    }
    without = options.without + ([] if shutil.which("wget") else ["wget"])
    tools = {name: command for name, command in tools.items() if name.split()[0] not in without}
    print(f"{datetime.date.today()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print("| pages | tool | ms a page (each time) | processor ms a page | largest memory, MiB | asked of the server |")
    print("|---:|---|---:|---:|---:|---|")
    for pages in options.pages:
        site = Site(pages)
        try:
            night(site, pages, tools, options.times)
        finally:
            site.stop()


def night(site, pages, tools, times):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        urls = "".join(f"http://127.0.0.1:{site.port}/r/{number}.html\n" for number in range(pages))
        results = {name: [] for name in tools}
        for name, command in tools.items():
            own = folder / name.split()[0]
            own.mkdir()
            for file, text in (("urls.txt", urls), ("corpus.toml", CORPUS), ("spider.py", SPIDER)):
                (own / file).write_text(text)
            measured(command, own)
        asked = {}
        # In turn, so that what else the machine does meets all of them.
        for _ in range(times):
            for name, command in tools.items():
                site.asked()
                results[name].append(measured(command, folder / name.split()[0]))
                asked[name] = site.asked()
        for name, found in results.items():
            wall = ", ".join(f"{seconds / pages * 1000:.2f}" for seconds, _, _ in found)
            processor = min(seconds for _, seconds, _ in found) / pages * 1000
            memory = max(kib for _, _, kib in found) / 1024
            told = ", ".join(f"{count} × {status}" for status, count in sorted(asked[name].items()))
            print(f"| {pages} | {name} | {wall} | {processor:.2f} | {memory:.0f} | {told} |", flush=True)


main()
