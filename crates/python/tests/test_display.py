"""The page of a record in a notebook."""

import html.parser
import json

import nianbao

#: What must never get out of a text.
HOSTILE = "<script>alert(1)</script><img src=x onerror='alert(1)'>\"'&"


class Tags(html.parser.HTMLParser):
    """Which elements a page has, that they are closed, and its text."""

    def __init__(self, page):
        super().__init__()
        self.seen, self.opened, self.words = set(), [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        assert {name for name, _ in attrs} <= {"class", "open"}, attrs
        if tag != "hr":
            self.opened.append(tag)

    def handle_endtag(self, tag):
        assert self.opened.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


KNOWN = {"style", "div", "h4", "details", "summary", "table", "tr", "td", "th", "p", "b", "hr"}


def hostile(value):
    """The same value with hostile texts and names."""
    if isinstance(value, dict):
        return {name: hostile(one) for name, one in value.items()}
    if isinstance(value, list):
        return [hostile(one) for one in value]
    return HOSTILE if isinstance(value, str) else value


def test_every_record_has_a_page(corpus):
    for document in nianbao.extract_many(corpus):
        for record in document.records:
            page = Tags(record._repr_html_())
            assert page.seen <= KNOWN and not page.opened
            text = "".join(page.words)
            assert (record["title"] or record["source"]["path"]) in text
            assert f"{len(record['indicators'])} indicators" in text or not record["indicators"]
        assert document.path in "".join(Tags(document._repr_html_()).words)


def test_no_text_of_a_document_becomes_markup(corpus):
    for document in nianbao.extract_many(corpus):
        for record in document.records:
            changed = nianbao.Record(hostile(record))
            changed["indicators"] = [{**it, "dims": {HOSTILE: HOSTILE}} for it in changed["indicators"]]
            for check in changed["checks"]:
                check["status"] = "fail"
            page = Tags(changed._repr_html_())
            assert page.seen <= KNOWN and not page.opened
            assert HOSTILE in "".join(page.words)
    error = nianbao.ExtractError(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    page = Tags(nianbao.Document(HOSTILE, error=error)._repr_html_())
    assert page.seen <= KNOWN and not page.opened


def test_what_a_record_lacks_is_not_shown(text):
    record = nianbao.extract(text, name="a.txt")
    for name in list(record):
        assert "nianbao" in nianbao.Record({**record, name: None})._repr_html_(), name
        del record[name]
        assert "nianbao" in record._repr_html_(), name
    assert nianbao.Record(json.loads("{}"))._repr_html_()


def test_long_tables_and_texts_are_cut(text):
    record = nianbao.extract(text, name="a.txt")
    record["title"] = "年" * 100_000
    record["indicators"] = record["indicators"] * 10_000
    assert len(record._repr_html_()) < 40_000


def test_a_list_of_documents_is_looked_over(corpus):
    documents = list(nianbao.extract_many(corpus[:2])) + [nianbao.Document("a.pdf")]
    for document, shown in zip(documents, map(repr, documents)):
        assert document.path in shown and f"{len(document.records)} records" in shown and len(shown) < 400
