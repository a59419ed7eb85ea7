"""How documents are read."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Optional

from . import _nianbao
from ._errors import ProfileError


@dataclass(frozen=True)
class Settings:
    """How documents are read. Names, units and defaults are those of `nianbao config show`.

    Equal settings share their codebook and their worker processes.
    """

    #: Folder of another family of reports, as for `--profile`.
    profile: Optional[str] = None
    #: Keywords of an annual report; 0 for none.
    keywords: int = 10
    #: Compare a PDF's characters with a second reader's.
    cross_check: bool = False
    #: Largest document, in bytes.
    document_bytes: int = 67_108_864
    #: Depth of HTML elements.
    html_nesting: int = 512
    #: Attributes of one HTML tag.
    html_attributes: int = 1024
    #: Cells of one table.
    table_cells: int = 1_000_000
    #: Cells of a page's tables that are not in its source.
    filled_cells: int = 200_000
    #: Bytes of merged cells' texts, once more for each further cell they cover.
    filled_bytes: int = 16_777_216
    #: Pages of a PDF.
    pdf_pages: int = 20_000
    #: Glyphs of a PDF page.
    pdf_glyphs: int = 2_000_000
    #: Operators of a PDF page, with those of the forms it paints.
    pdf_operators: int = 5_000_000
    #: Forms in forms of a PDF page, 50 at most.
    pdf_form_depth: int = 50
    #: Bytes that a stream of a PDF unpacks to.
    pdf_stream_bytes: int = 268_435_456
    #: Bytes that all streams of a PDF unpack to.
    pdf_bytes: int = 536_870_912
    #: Bytes of the records of one document, as JSON.
    output_bytes: int = 268_435_456
    #: Which documents are read in a worker process: "auto" (those that could take a process down: PDFs, and what is
    #: large), "always" or "never".
    isolation: str = "auto"
    #: Seconds of a document in a worker, on any machine.
    timeout: int = 600
    #: Seconds of processor time of a document in a worker.
    cpu_time: int = 20
    #: MiB of address space of a worker, at least 256.
    memory: int = 1024
    #: Documents after which a worker is replaced.
    worker_documents: int = 200
    #: The Python that runs workers, where it is not the one that runs this.
    python: Optional[str] = None


def reader(settings: Optional[Settings]) -> _nianbao.Reader:
    """What reads by these settings, made once."""
    return _reader(settings if settings is not None else Settings())


@lru_cache(maxsize=8)
def _reader(settings: Settings) -> _nianbao.Reader:
    shaping: _nianbao._Shaping = {
        "keywords": settings.keywords,
        "cross_check": settings.cross_check,
        "document_bytes": settings.document_bytes,
        "html_nesting": settings.html_nesting,
        "html_attributes": settings.html_attributes,
        "table_cells": settings.table_cells,
        "filled_cells": settings.filled_cells,
        "filled_bytes": settings.filled_bytes,
        "pdf_pages": settings.pdf_pages,
        "pdf_glyphs": settings.pdf_glyphs,
        "pdf_operators": settings.pdf_operators,
        "pdf_form_depth": settings.pdf_form_depth,
        "pdf_stream_bytes": settings.pdf_stream_bytes,
        "pdf_bytes": settings.pdf_bytes,
        "output_bytes": settings.output_bytes,
    }
    limits: _nianbao._Limits = {
        "isolation": settings.isolation,
        "timeout": settings.timeout,
        "cpu_time": settings.cpu_time,
        "memory": settings.memory,
        "worker_documents": settings.worker_documents,
        "worker": _worker(settings.python or sys.executable),
    }
    if settings.profile is None:
        return _nianbao.Reader(shaping, limits)
    files = _profile(Path(settings.profile))
    try:
        return _nianbao.Reader(shaping, limits, files)
    except ValueError as error:
        raise ProfileError(f"{settings.profile}: {error}") from None


def _worker(python: str) -> list[str]:
    # -I -S: nothing of the environment, the working directory or other packages gets into a worker.
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "worker.py")
    return [python, "-I", "-S", program, os.path.abspath(str(_nianbao.__file__))]


def _profile(folder: Path) -> list[tuple[str, str]]:
    """The files of a profile: names and texts. Its own documents, which lie beside them, are left out."""
    files = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - {"corpus", "corpus-sources"})
        for name in sorted(names):
            path = Path(place, name)
            if path.suffix in (".toml", ".tsv") and path.is_file():
                files.append((path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")))
    if not files:
        raise ProfileError(f"{folder}: there is no .toml or .tsv file")
    return files
