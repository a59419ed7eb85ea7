"""Runs the tools over the same pages: peers in workers, programs as programs."""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import htmlreader
import tools
from extraction import Extraction, Run
from textmeasure import iso_date, report_text

HERE = Path(__file__).parent


def json_lines(path: Path) -> list[dict[str, Any]]:
    """The whole lines of a file; a last one that a crash cut off is left out. A file that is not there has none."""
    if not path.exists():
        return []
    # Not splitlines: texts hold separators that only Unicode takes for line ends.
    return [json.loads(line) for line in path.read_text('utf-8').split('\n')[:-1]]


def run_peer(name: str, pages: list[Path], work: Path, rounds: int) -> Run:
    """A peer from PyPI. A page on which its process dies counts as failed, and another process goes on behind it."""
    done: dict[str, Extraction] = {}
    tail: dict[str, Any] = {}
    notes: list[str] = []
    left = [str(page) for page in pages]
    while left:
        out = work / f'{name}.jsonl'
        out.unlink(missing_ok=True)
        worker = subprocess.run([sys.executable, HERE / 'worker.py', name, out, str(rounds)],
                                input='\n'.join(left), text=True, stderr=subprocess.PIPE)
        lines = json_lines(out)
        tail = next((line for line in lines if 'seconds' in line), {})
        done |= {line['path']: Extraction(**line) for line in lines if 'path' in line}
        left = [path for path in left if path not in done]
        if worker.returncode == 0:
            break
        if not lines:
            raise RuntimeError(f'{name} does not start: {worker.stderr[-2000:]}')
        if left:
            done[left[0]] = Extraction(left[0], error=f'the process ended with {worker.returncode}')
            left = left[1:]
    if not tail:
        notes.append(f'{name}: its last process died; no time was taken')
    return Run(name, tail.get('version', '?'), frozenset(tail.get('offers', ())), tail.get('seconds', float('nan')), done, notes)


def run_ours(binary: Path, pages: list[Path], work: Path, rounds: int) -> Run:
    """nianbao with one thread, its results written to a folder."""
    out = work / 'nianbao'
    command = [str(binary), 'extract', '--quiet', '--fresh', '-j', '1', '-o', str(out), '--files-from', '-']

    def call(paths: list[Path]) -> float:
        shutil.rmtree(out, ignore_errors=True)
        return cpu_seconds(command, paths, work / 'nianbao.out')

    seconds, note = timed(call, pages, rounds)
    records: dict[str, list[dict[str, Any]]] = {}
    for record in json_lines(out / 'records.jsonl'):
        records.setdefault(record['source']['path'], []).append(record)
    read = {str(page): _of_records(str(page), records.get(str(page), [])) for page in pages}
    version = subprocess.run([binary, '--version'], capture_output=True, text=True, check=True).stdout.split()[-1]
    offers = frozenset(('text', 'title', 'date', 'tables', 'agency', 'year'))
    return Run('nianbao', version, offers, seconds, read, [f'nianbao: {note}'])


def _of_records(path: str, records: list[dict[str, Any]]) -> Extraction:
    """The first report found on the page, or what there is."""
    record = next((r for r in records if r['kind'] == 'annual_report'), records[0] if records else None)
    if record is None:
        return Extraction(path, error='no record')
    return Extraction(path, report_text(record), record['title'], record['published'], [t['rows'] for t in record['tables']],
                      (record['agency'] or {}).get('name'), (record['period'] or {}).get('year'))


def run_dom_smoothie(binary: Path, version: str, pages: list[Path], work: Path, rounds: int) -> Run:
    """The Rust peer. It takes text: the pages are decoded for it beforehand."""
    folder = work / 'utf8'
    folder.mkdir(exist_ok=True)
    plain: dict[str, str] = {}
    for number, page in enumerate(pages):
        copy = folder / f'{number}.html'
        copy.write_text(tools.decode(page.read_bytes()), 'utf-8')
        plain[str(copy)] = str(page)
    out = work / 'dom_smoothie.jsonl'
    seconds, note = timed(lambda paths: cpu_seconds([str(binary)], paths, out), [Path(p) for p in plain], rounds)
    read: dict[str, Extraction] = {}
    for line in json_lines(out):
        path = plain[line['path']]
        if 'error' in line:
            read[path] = Extraction(path, error=line['error'])
        else:
            _, grids = htmlreader.read(line['html'])
            read[path] = Extraction(path, line['text'], line['title'], iso_date(line['date']), grids)
    return Run('dom_smoothie', version, frozenset(('text', 'title', 'date', 'tables')), seconds, read,
               [f'dom_smoothie: {note}'])


def cpu_seconds(command: list[str], paths: list[Path], out: Path) -> float:
    """User and system time of one run of a program that takes the paths on standard input."""
    listing = out.with_suffix('.paths')
    listing.write_text('\n'.join(map(str, paths)) + '\n', 'utf-8')
    with listing.open() as source, out.open('w') as target:
        child = subprocess.Popen(command, stdin=source, stdout=target)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 3):
        raise RuntimeError(f'{command[0]} ended with {child.returncode}')
    return usage.ru_utime + usage.ru_stime


def timed(call: Callable[[list[Path]], float], pages: list[Path], rounds: int) -> tuple[float, str]:
    """(CPU seconds for each page beyond the first, what was taken off), the fastest of the rounds each.

    A run over the first page alone is taken off: the program's start, and what it loads when first used, for which the
    peers in Python have their warm-up. The last run is over all the pages."""
    start = min(call(pages[:1]) for _ in range(rounds))
    whole = min(call(pages) for _ in range(rounds))
    note = f'{whole:.3f} s of CPU for all, of which {start:.3f} s, a run over the first page alone, were taken off'
    return max(whole - start, 0.0) / max(len(pages) - 1, 1), note
