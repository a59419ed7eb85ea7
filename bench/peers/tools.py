"""The peers from PyPI, each called as its documentation recommends.

A tool is three steps, of which only `call` is timed: `take` makes its input of the page's bytes, `call` extracts,
`read` brings the result into our form. The modules are imported when a tool is made, so that one process loads one peer.
"""
from __future__ import annotations

import io
from abc import ABC, abstractmethod
from html.parser import HTMLParser
from importlib.metadata import version
from typing import Any

import htmlreader
from extraction import Extraction, Grid
from textmeasure import iso_date


def decode(page: bytes) -> str:
    """For tools that take text only: as a well-set browser would decode the page. They detect no charset of their own."""
    for mark, codec in ((b'\xef\xbb\xbf', 'utf-8-sig'), (b'\xff\xfe', 'utf-16'), (b'\xfe\xff', 'utf-16')):
        if page.startswith(mark):
            return page.decode(codec, 'replace')
    try:
        return page.decode('utf-8')
    except UnicodeDecodeError:
        return page.decode('gb18030', 'replace')


class Tool(ABC):
    """One peer."""

    package: str
    offers: frozenset[str]

    @property
    def version(self) -> str:
        """The version that is installed."""
        return version(self.package)

    def take(self, page: bytes) -> Any:
        """The input; most take the bytes, so that their own detection of the charset is measured too."""
        return page

    @abstractmethod
    def call(self, page: Any) -> Any:
        """The work."""

    @abstractmethod
    def read(self, path: str, result: Any) -> Extraction:
        """The result in our form."""


class Trafilatura(Tool):
    """One call gives text, tables and metadata; comments off. `favor_recall` makes its text worse on these pages, and is off."""

    package = 'trafilatura'
    offers = frozenset(('text', 'title', 'date', 'tables'))

    def __init__(self) -> None:
        import trafilatura
        self.extract = trafilatura.extract

    def call(self, page: bytes) -> str | None:
        html: str | None = self.extract(page, output_format='html', with_metadata=True, include_tables=True,
                                        include_comments=False)
        return html

    def read(self, path: str, result: str | None) -> Extraction:
        meta = _Meta()
        meta.feed(result or '')
        text, tables = htmlreader.read(result or '')
        return Extraction(path, text, meta.values.get('title'), iso_date(meta.values.get('date')), tables)


class Resiliparse(Tool):
    """Main content as plain text; the charset detected as its manual shows. Gives back no tables and no dates."""

    package = 'resiliparse'
    offers = frozenset(('text', 'title'))

    def __init__(self) -> None:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.encoding import detect_encoding
        from resiliparse.parse.html import HTMLTree
        self.extract, self.detect, self.tree = extract_plain_text, detect_encoding, HTMLTree

    def call(self, page: bytes) -> tuple[str, str]:
        tree = self.tree.parse_from_bytes(page, self.detect(page))
        return tree.title, self.extract(tree, main_content=True, preserve_formatting=True)

    def read(self, path: str, result: tuple[str, str]) -> Extraction:
        title, text = result
        return Extraction(path, text, title)


class Readability(Tool):
    """readability-lxml: the summary, as HTML, and the title."""

    package = 'readability-lxml'
    offers = frozenset(('text', 'title', 'tables'))

    def __init__(self) -> None:
        from readability import Document
        self.document = Document

    def call(self, page: bytes) -> tuple[str, str]:
        document = self.document(page)
        return document.title(), document.summary()

    def read(self, path: str, result: tuple[str, str]) -> Extraction:
        title, html = result
        text, tables = htmlreader.read(html)
        return Extraction(path, text, title, tables=tables)


class Gne(Tool):
    """GeneralNewsExtractor: takes decoded text, as from a browser; tables from the HTML of the body."""

    package = 'gne'
    offers = frozenset(('text', 'title', 'date', 'tables'))

    def __init__(self) -> None:
        from gne import GeneralNewsExtractor
        self.extractor = GeneralNewsExtractor()

    def take(self, page: bytes) -> str:
        return decode(page)

    def call(self, page: str) -> dict[str, Any]:
        result: dict[str, Any] = self.extractor.extract(page, with_body_html=True)
        return result

    def read(self, path: str, result: dict[str, Any]) -> Extraction:
        _, tables = htmlreader.read(result['body_html'])
        return Extraction(path, result['content'], result['title'], iso_date(result['publish_time']), tables)


class Pandas(Tool):
    """pandas.read_html: every table of the page. Blank cells stay blank, thousands keep their commas."""

    package = 'pandas'
    offers = frozenset(('tables',))

    def __init__(self) -> None:
        import pandas
        self.read_html = pandas.read_html

    def call(self, page: bytes) -> list[Any]:
        try:
            frames: list[Any] = self.read_html(io.BytesIO(page), keep_default_na=False, thousands=None)
        except ValueError as error:
            if 'No tables found' in str(error):
                return []
            raise
        return frames

    def read(self, path: str, result: list[Any]) -> Extraction:
        return Extraction(path, tables=[_frame_grid(frame) for frame in result])


def _frame_grid(frame: Any) -> Grid:
    """A data frame as rows of text; its header, where it found one, comes first."""
    header: Grid = []
    if frame.columns.dtype.kind not in 'iu':
        names = [name if isinstance(name, tuple) else (name,) for name in frame.columns]
        header = [[str(part) for part in line] for line in zip(*names)]
    return header + [[_value(value) for value in row] for row in frame.itertuples(index=False, name=None)]


def _value(value: object) -> str:
    """A column of numbers comes as numbers: 12.0 was written 12."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


class _Meta(HTMLParser):
    """`<meta name content>` of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == 'meta' and values.get('name'):
            self.values.setdefault(values['name'] or '', values.get('content') or '')


TOOLS: dict[str, type[Tool]] = {'trafilatura': Trafilatura, 'resiliparse': Resiliparse, 'readability-lxml': Readability,
                                'gne': Gne, 'pandas.read_html': Pandas}
