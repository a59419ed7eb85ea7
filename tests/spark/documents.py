"""A folder of documents, one in twenty of them hostile, the same for the same number."""

import gzip
import io
import os
import pathlib
import random
import zipfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
#: One in so many documents is hostile.
HOSTILE = 20


def make(folder, count, hostile=True):
    """Writes `count` documents and gives their names in byte-wise order; the last one is not there. Without
    `hostile` that is all that cannot be read."""
    chance = random.Random(count)
    sound = sorted(path for path in (ROOT / "corpus").rglob("*") if path.is_file())
    broken = list(_hostile(chance)) if hostile else []
    names = []
    for number in range(count - 1):
        group = folder / f"{number % 7}"
        group.mkdir(parents=True, exist_ok=True)
        if broken and number % HOSTILE == HOSTILE - 1:
            ending, content = broken[number // HOSTILE % len(broken)]
            path = group / f"{number:05}{ending}"
            if content is None:
                os.mkfifo(path)
            else:
                path.write_bytes(content)
        else:
            source = sound[number % len(sound)]
            path = group / f"{number:05} {source.name}"
            # A name that an address has to quote, and a document of its own: a copy would have the id of another.
            content = source.read_bytes()
            if source.suffix in (".html", ".htm"):
                content += f"<!-- {number} -->".encode()
            path.write_bytes(content)
        names.append(str(path))
    names.append(str(folder / "gone.html"))
    return sorted(names, key=os.fsencode)


def _hostile(chance):
    """Endings and contents; no content: a pipe, which would never end."""
    pages = sorted((ROOT / "corpus").rglob("*.htm*"))
    page, pdf = pages[0].read_bytes(), (ROOT / "fixtures/document-reading-pdf/annual_report.pdf").read_bytes()
    yield ".html", None
    yield ".html", b""
    yield ".bin", chance.randbytes(5_000)
    yield ".html", chance.randbytes(5_000)
    yield ".pdf", b"%PDF-1.7\n" + chance.randbytes(5_000)
    yield ".pdf", pdf[: len(pdf) // 2]
    yield ".pdf", pdf[:4]
    yield ".html", page[: len(page) // 2 - 1]
    yield ".html", b"<div>" * 200_000 + b"x"
    yield ".html", b"<table>" * 20_000
    yield ".html", b"<table><tr>" + b"<td colspan=1000 rowspan=65534>1" * 500 + b"</table>"
    yield ".pdf", (ROOT / "fixtures/document-reading-pdf/encrypted.pdf").read_bytes()
    yield ".html", _zip_bomb()
    yield ".html", gzip.compress(bytes(20 << 20))
    yield ".pdf", _pdf(_stream("", b"/F Do\n" * 100_000), _form(16 << 20))
    yield ".pdf", _pdf(_stream("/Filter /FlateDecode", zlib.compress(bytes(250 << 20), 1)))
    yield ".pdf", b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000
    yield ".txt", bytes(3_000)
    yield ".txt", "某县林业局2012年年度报告".encode("utf-16-le")[:-1]
    yield ".doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)
    yield ".xml", _laughs()


def _zip_bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.html", bytes(20 << 20))
    return packed.getvalue()


def _laughs():
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "年"}">' for n in range(12))
    return f'<?xml version="1.0"?><!DOCTYPE html [{entities}]><html><body>&a11;</body></html>'.encode()


def _form(size):
    """A form of much blank."""
    entries = "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Filter /FlateDecode"
    return _stream(entries, zlib.compress(bytes(size), 9))


def _stream(entries, data):
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def _pdf(content, *forms):
    """A page with this content, whose form `F` is the first of `forms`."""
    resources = "/XObject << /F 5 0 R >>" if forms else ""
    leaf = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << {resources} >> >>"
    catalogue, pages = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    objects = [catalogue, pages, leaf.encode(), content, *forms]
    file, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return file + head + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(file))
