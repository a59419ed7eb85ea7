"""What is written in Rust."""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Optional, TypedDict, Union

__version__: str

_Source = Union[str, os.PathLike[str], bytes]
_Sources = Iterable[Union[_Source, tuple[_Source, str]]]
_Progress = Optional[Callable[[int], Any]]
#: Name, records, and why there are none: stage, code and message.
_Answer = tuple[str, Optional[list[dict[str, Any]]], Optional[tuple[str, str, str]]]

class _Shaping(TypedDict):
    keywords: int
    cross_check: bool
    document_bytes: int
    html_nesting: int
    html_attributes: int
    table_cells: int
    filled_cells: int
    filled_bytes: int
    pdf_pages: int
    pdf_glyphs: int
    pdf_operators: int
    pdf_form_depth: int
    pdf_stream_bytes: int
    pdf_bytes: int
    output_bytes: int

class _Limits(TypedDict):
    isolation: str
    timeout: int
    cpu_time: int
    memory: int
    worker_documents: int
    worker: list[str]

class Batch:
    """Rows for any library that speaks Arrow's C data interface."""

    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> Any: ...
    def __arrow_c_array__(self, requested_schema: Optional[Any] = None) -> tuple[Any, Any]: ...

class Batches:
    """Batches of the rows of documents. Iterating reads on."""

    def __iter__(self) -> Batches: ...
    def __next__(self) -> Batch: ...
    def rest(self) -> Batch: ...
    def failed(self) -> list[tuple[str, str, str, str]]: ...

class Documents:
    """Many documents. Iterating reads on."""

    def __iter__(self) -> Documents: ...
    def __next__(self) -> _Answer: ...

class Reader:
    """How documents are read, with the codebook ready and workers at hand."""

    def __init__(
        self, shaping: _Shaping, limits: _Limits, profile: Optional[Sequence[tuple[str, str]]] = None
    ) -> None: ...
    def one(self, source: _Source, name: Optional[str] = None) -> _Answer: ...
    def many(self, sources: _Sources, jobs: int, progress: _Progress = None) -> Documents: ...
    def table(
        self, sources: _Sources, jobs: int, table: str, most: int, strict: bool, progress: _Progress = None
    ) -> Batches: ...
    def nested(
        self, sources: _Sources, jobs: int, tables: Sequence[str], with_record: bool, most: int
    ) -> Batches: ...

def tables() -> list[tuple[str, str, list[tuple[str, str, str]]]]: ...
def serve(memory: int, cpu_time: int) -> None: ...
