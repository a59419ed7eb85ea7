"""One peer in a process of its own: worker.py TOOL OUT ROUNDS, the pages' paths on standard input.

OUT gets one line for each page as soon as it is done, so that a crash costs one page, and a last line with the CPU time.
"""
from __future__ import annotations

import json
import logging
import sys
import time
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import Any

from extraction import Extraction
from tools import TOOLS, Tool


def extract(tool: Tool, path: str, page: Any) -> Extraction:
    """One page; whatever the tool throws is a failure of that page."""
    try:
        return tool.read(path, tool.call(page))
    except Exception as error:
        return Extraction(path, error=f'{type(error).__name__}: {error}'[:200])


def round_seconds(tool: Tool, pages: list[Any]) -> float:
    """CPU seconds of the tool for all the pages."""
    begun = time.process_time()
    for page in pages:
        try:
            tool.call(page)
        except Exception:
            pass
    return time.process_time() - begun


def main() -> None:
    """Extracts once, which warms the tool up, then takes the time of the fastest round."""
    name, out, rounds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    logging.disable(logging.CRITICAL)
    warnings.simplefilter('ignore')
    tool = TOOLS[name]()
    paths = sys.stdin.read().split('\n')
    pages = [tool.take(Path(path).read_bytes()) for path in paths]
    with out.open('a', encoding='utf-8') as lines:
        for path, page in zip(paths, pages):
            lines.write(json.dumps(asdict(extract(tool, path, page)), ensure_ascii=False) + '\n')
            lines.flush()
        fastest = min(round_seconds(tool, pages) for _ in range(rounds))
        lines.write(json.dumps({'seconds': fastest / len(pages), 'version': tool.version,
                                'offers': sorted(tool.offers)}) + '\n')


if __name__ == '__main__':
    main()
