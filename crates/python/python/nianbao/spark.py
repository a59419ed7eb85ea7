"""Archives that outgrow one machine: extraction in the workers of Apache Spark, 3.5 or newer. Needs pyspark and pyarrow.

>>> from nianbao import spark as nianbao_spark
>>> manifest = spark.read.parquet("manifest")              # doctest: +SKIP
>>> rows = nianbao_spark.extract(manifest, partitions=2000)  # doctest: +SKIP
>>> rows.write.parquet("rows")                               # doctest: +SKIP

The wheel must be installed where the executors run Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Optional, Union
from urllib.parse import unquote, urlsplit

from ._arrow import batch_schema, extract_batch
from ._settings import Settings

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructType

__all__ = ["extract", "schema"]

#: A document as `extract_batch` takes it: where it is or what it holds, and its name.
_Document = tuple[Union[str, bytes], str]


def extract(
    manifest: DataFrame,
    *,
    path: str = "path",
    content: Optional[str] = None,
    tables: Sequence[str] = ("indicators",),
    with_record: bool = True,
    partitions: Optional[int] = None,
    batch_bytes: int = 16 << 20,
    settings: Optional[Settings] = None,
) -> DataFrame:
    """One row for each record found in the documents of a manifest, and one for each document that cannot be read.

    `manifest` has a row a document: its `path`, which the executors can open (a file system that all of them see; a
    `file:` address will do), or its bytes in the column `content`, of which `path` is then the name alone. Make it of a
    list of names, not with `binaryFile`: that drops empty files, and nothing says so. Archives are no documents; for
    those `rdd.pipe` and `nianbao extract --filter`.

    The columns are those of `nianbao.extract_batch`: `path`, `part`, `record` (the line of JSON that `nianbao extract`
    writes; none where `with_record` is off), an array of structs for each of `tables`, and `error`, a struct of
    `stage`, `code` and `message`, null for a record. Every row of the manifest is in the result: as records, or as an
    error.

    `partitions` spreads the manifest over so many tasks first, by chance and evenly; without it the tasks are those
    of the manifest, and a small file of names is one. `coalesce` on the result would make the extraction itself
    run in fewer tasks: use `repartition`.

    Nothing runs on the driver. No document ends a job: PDFs, and all else that could take a process down, are read in a
    child of the Python worker, under the limits of `settings`; a child takes up to `settings.memory` beside the
    worker, which `spark.executor.memoryOverhead` must have room for. Batches have about `batch_bytes`; documents are
    opened one by one.
    """
    selected = [path] if content is None else [path, content]
    documents = manifest.select(*selected)
    if partitions is not None:
        documents = documents.repartition(partitions)
    names = list(tables)

    def extracted(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        yield from extract_batch(
            _documents(batches), tables=names, with_record=with_record, batch_bytes=batch_bytes, settings=settings
        )

    return documents.mapInArrow(extracted, schema(tables=names, with_record=with_record, settings=settings))


def schema(
    *, tables: Sequence[str] = ("indicators",), with_record: bool = True, settings: Optional[Settings] = None
) -> StructType:
    """The columns that `extract` gives for the same arguments."""
    from pyspark.sql.types import StructField, StructType

    fields = batch_schema(tables=tables, with_record=with_record, settings=settings)
    return StructType([StructField(field.name, _type(field.type), field.nullable) for field in fields])


def _type(of: pyarrow.DataType) -> DataType:
    """A type of Arrow as Spark calls it. Spark's own translation is no public function in all of its versions."""
    import pyarrow.types as arrow
    from pyspark.sql import types as spark

    if arrow.is_struct(of):
        fields = [of.field(position) for position in range(of.num_fields)]
        return spark.StructType([spark.StructField(it.name, _type(it.type), it.nullable) for it in fields])
    if arrow.is_list(of):
        return spark.ArrayType(_type(of.value_type), of.value_field.nullable)
    plain: list[tuple[Any, DataType]] = [
        (arrow.is_string, spark.StringType()),
        (arrow.is_int64, spark.LongType()),
        (arrow.is_float64, spark.DoubleType()),
        (arrow.is_boolean, spark.BooleanType()),
    ]
    for matches, known in plain:
        if matches(of):
            return known
    raise TypeError(f"no type of Spark for {of}; please report it")


def _documents(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[_Document]:
    """The documents of batches of a manifest, one by one."""
    for batch in batches:
        contents = batch.column(1) if batch.num_columns > 1 else None
        for row, value in enumerate(batch.column(0)):
            name = value.as_py()
            if contents is None:
                # What has no name is nowhere: an empty document is an error that says so.
                yield (b"", "") if name is None else (_local(name), _local(name))
            else:
                yield contents[row].as_py() or b"", name or ""


def _local(path: str) -> str:
    """The path in a `file:` address, as Spark writes those; any other path as it is."""
    if not path.startswith("file:/"):
        return path
    return unquote(urlsplit(path).path)
