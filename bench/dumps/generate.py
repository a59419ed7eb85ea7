"""Text dumps of a generated set of pages, as extraction libraries write them, with the truth of the set.

    python3 bench/dumps/generate.py SOURCE OUT [--limit N]

SOURCE has `pages/` and `truth.jsonl`, as bench/quality and bench/holdout write them. Each page goes through
one of the extractors, in turn; pages that are no UTF-8 or of which less than 200 characters come out are left
out. Each line of truth has the extractor as its one phenomenon.
"""

import argparse
import collections
import json
import pathlib

import html2text
import inscriptis
import trafilatura

LEAST_CHARACTERS = 200


def with_html2text(page):
    converter = html2text.HTML2Text()
    converter.body_width = 0
    converter.ignore_links = True
    return converter.handle(page)


EXTRACTORS = {
    "trafilatura_text": lambda page: trafilatura.extract(
        page, include_tables=True, include_comments=False, favor_recall=True
    ),
    "trafilatura_markdown": lambda page: trafilatura.extract(
        page, include_tables=True, output_format="markdown"
    ),
    "html2text": with_html2text,
    "inscriptis": inscriptis.get_text,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--limit", type=int, default=200, help="pages at most")
    arguments = parser.parse_args()
    truth = collections.defaultdict(list)
    with open(arguments.source / "truth.jsonl", encoding="utf-8") as lines:
        for line in lines:
            report = json.loads(line)
            truth[pathlib.PurePosixPath(report["source"]["path"]).name].append(report)
    pages = arguments.out / "pages"
    pages.mkdir(parents=True, exist_ok=True)
    taken = 0
    with open(arguments.out / "truth.jsonl", "w", encoding="utf-8") as out:
        for path in sorted((arguments.source / "pages").iterdir()):
            if taken == arguments.limit:
                break
            if path.suffix not in {".html", ".htm", ".shtml"} or path.name not in truth:
                continue
            try:
                page = path.read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                continue
            extractor = list(EXTRACTORS)[taken % len(EXTRACTORS)]
            taken += 1
            text = EXTRACTORS[extractor](page)
            if not text or len(text) < LEAST_CHARACTERS:
                continue
            name = f"{path.stem}_{extractor}.txt"
            (pages / name).write_text(text, encoding="utf-8")
            for report in truth[path.name]:
                source = dict(report["source"], path=f"pages/{name}")
                report = dict(report, source=source, phenomena=[extractor])
                out.write(json.dumps(report, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
