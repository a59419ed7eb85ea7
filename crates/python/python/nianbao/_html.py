"""A record as a page of a notebook: who, when, what does not add up, indicators, tables, sections.

Every text of a document is escaped, and no address of one becomes a link: reports come from strangers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any, Optional

if TYPE_CHECKING:
    from ._records import Document

#: Rows of a list that are shown, and characters of a text.
MOST_ROWS = 60
MOST_CHARACTERS = 400

# Colours are those of the notebook's theme.
_STYLE = """<style>
.nianbao { max-width: 72em; line-height: 1.4 }
.nianbao h4 { margin: 0 0 .3em; font-size: 1.15em }
.nianbao .facts { margin: 0 0 .5em; opacity: .75 }
.nianbao details { margin: .2em 0 } .nianbao summary { cursor: pointer }
.nianbao table { border-collapse: collapse; margin: .3em 0 .6em 1em; font-size: .92em }
.nianbao td, .nianbao th { border: 1px solid rgba(128, 128, 128, .4); padding: .1em .5em; text-align: left;
  vertical-align: top; white-space: pre-wrap; max-width: 36em }
.nianbao th { font-weight: 600; background: rgba(128, 128, 128, .12) }
.nianbao td.n { text-align: right; font-variant-numeric: tabular-nums } .nianbao .less { opacity: .6 }
</style>"""


def document(document: Document) -> str:
    """All records of a document, or its error."""
    head = f"<p><b>{_text(document.path or '(bytes)')}</b></p>"
    if document.error is not None:
        error = document.error
        return head + f"<p>{_text(error.stage)}: <b>{_text(error.code)}</b>: {_text(error.message)}</p>"
    return head + "<hr>".join(record(one) for one in document.records)


def record(record: Mapping[str, Any]) -> str:
    """One record. What a changed or shortened one lacks is not shown."""
    agency = _of(record, "agency")
    title = record.get("title") or agency.get("name") or _of(record, "source").get("path") or "(no title)"
    parts = [f"<h4>{_text(title)}</h4>", f"<div class='facts'>{_facts(record, agency)}</div>"]
    parts += _checks(record)
    parts += _indicators(record)
    parts += [_table(table) for table in _list(record, "tables")]
    parts += _sections(record)
    return f"{_STYLE}<div class='nianbao'>{''.join(parts)}</div>"


def _facts(record: Mapping[str, Any], agency: Mapping[str, Any]) -> str:
    region, period, source = _of(agency, "region"), _of(record, "period"), _of(record, "source")
    names = [region.get(level) for level in ("province", "city", "county")]
    kind = record.get("kind")
    if record.get("reason"):
        kind = f"{kind}: {record['reason']}"
    if record.get("complete") is False:
        kind = f"{kind}, breaks off"
    part = f"{source.get('path')} ({source['part'] + 1} of {source['parts']})" if source.get("parts", 1) > 1 else None
    coverage = _of(record, "coverage").get("share")
    facts = [
        agency.get("name"),
        " ".join(str(name) for name in names if name) or None,
        region.get("code"),
        period.get("year"),
        f"published {record['published']}" if record.get("published") else None,
        kind,
        part or source.get("path"),
        f"{coverage:.0%} of its text placed" if isinstance(coverage, (int, float)) else None,
    ]
    return " · ".join(_text(fact) for fact in facts if fact is not None)


def _checks(record: Mapping[str, Any]) -> list[str]:
    failing = [check for check in _list(record, "checks") if check.get("status") == "fail"]
    if not failing:
        return []
    rows = [(check.get("rule"), check.get("message")) for check in failing]
    return [_details(f"{len(failing)} of its checks fail", _rows(("rule", "what does not add up"), rows), opened=True)]


def _indicators(record: Mapping[str, Any]) -> list[str]:
    readings = _list(record, "indicators")
    if not readings:
        return []
    rows = []
    for it in readings:
        dims = ", ".join(f"{name}: {value}" for name, value in _of(it, "dims").items())
        value = it.get("value")
        shown = it.get("status") if value is None else value
        bound = it.get("bound")
        rows.append((it.get("id"), dims, shown, it.get("unit"), None if bound == "exact" else bound, it.get("label")))
    head = ("indicator", "of", "value", "unit", "bound", "as the report says")
    return [_details(f"{len(readings)} indicators", _rows(head, rows))]


def _table(table: Mapping[str, Any]) -> str:
    name = " ".join(str(part) for part in (table.get("number"), table.get("caption")) if part) or table.get("id")
    rows, headers = _list(table, "rows"), table.get("header_rows") or 0
    unit = f" ({table['unit']})" if table.get("unit") else ""
    body = "".join(_row(row, "th" if at < headers else "td") for at, row in enumerate(rows[:MOST_ROWS]))
    return _details(f"table {name}{unit}", f"<table>{body}</table>{_more(len(rows))}")


def _sections(record: Mapping[str, Any]) -> list[str]:
    sections = _list(record, "sections")
    if not sections:
        return []
    rows = []
    for section in sections:
        texts = [content["text"] for content in _list(section, "content") if content.get("text")]
        heading = " ".join(str(part) for part in (section.get("number"), section.get("heading")) if part)
        rows.append(("\u2003" * max(0, (section.get("level") or 0) - 1) + heading, "\n".join(texts)))
    return [_details(f"{len(sections)} sections", _rows(("heading", "text"), rows))]


def _rows(head: Iterable[str], rows: list[Any]) -> str:
    body = "".join(_row(row, "td") for row in rows[:MOST_ROWS])
    return f"<table>{_row(head, 'th')}{body}</table>{_more(len(rows))}"


def _row(cells: Iterable[Any], tag: str) -> str:
    return "<tr>" + "".join(_cell(cell, tag) for cell in cells) + "</tr>"


def _cell(cell: Any, tag: str) -> str:
    number = " class='n'" if isinstance(cell, (int, float)) else ""
    return f"<{tag}{number}>{'' if cell is None else _text(cell)}</{tag}>"


def _more(count: int) -> str:
    return f"<p class='less'>… {count - MOST_ROWS} more</p>" if count > MOST_ROWS else ""


def _details(summary: str, content: str, opened: bool = False) -> str:
    return f"<details{' open' if opened else ''}><summary>{_text(summary)}</summary>{content}</details>"


def _text(value: Any) -> str:
    text = str(value)
    return escape(text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + "…")


def _of(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value: Optional[Any] = record.get(name)
    return value if isinstance(value, Mapping) else {}


def _list(record: Mapping[str, Any], name: str) -> list[Any]:
    value: Optional[Any] = record.get(name)
    return value if isinstance(value, list) else []
