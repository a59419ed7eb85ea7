"""Scraped Chinese government annual reports on information disclosure (政府信息公开年度报告), to structured records.

>>> import nianbao
>>> text = "某市林业局2016年政府信息公开工作年度报告\\n\\n一、概述\\n本年度主动公开政府信息170条。"
>>> record = nianbao.extract(text.encode(), name="report.txt")
>>> record["period"]["year"]
2016

`extract` and `extract_records` read one document, `extract_many` many; `to_arrow` and `arrow_batches` give the tables of
`nianbao export`, `extract_batch` is for engines such as Spark. Each document is read by itself: what many pages of a site
share, and reports that are split over pages, only the command knows.
"""

from __future__ import annotations

from ._arrow import arrow_batches, batch_schema, extract_batch, tables, to_arrow
from ._errors import ExtractError, NianbaoError, ProfileError, SeveralRecordsError
from ._extract import Source, extract, extract_many, extract_records
from ._nianbao import __version__
from ._records import Document, Record
from ._settings import Settings

__all__ = [
    "Document",
    "ExtractError",
    "NianbaoError",
    "ProfileError",
    "Record",
    "SeveralRecordsError",
    "Settings",
    "Source",
    "__version__",
    "arrow_batches",
    "batch_schema",
    "extract",
    "extract_batch",
    "extract_many",
    "extract_records",
    "tables",
    "to_arrow",
]
