#!/usr/bin/env python3
"""Seeds of the fuzz targets, made from `fixtures/` and `corpus/`: seeds.py ROOT OUT.

Nothing of them is kept in the repository twice. What inputs look like is said at the head of each target.
`regressions/TARGET/` holds inputs that broke a law once; they are seeds too.
"""
import gzip
import io
import pathlib
import shutil
import struct
import sys
import tarfile
import zipfile

LONGEST = 32 << 10


def files(root, *patterns):
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            if path.is_file() and 0 < path.stat().st_size <= LONGEST:
                yield path.read_bytes()


def lines(text):
    """Fixtures of stages as the notation of `src/notation.rs`."""
    return text.replace(b"<table>", b"<<").replace(b"</table>", b">>").replace(b"{h2}", b"##")


def archives(entries):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        archive.writestr("inner.zip", b"PK\x05\x06" + bytes(18))
        archive.writestr("../../outside.txt", b"x")
    yield b"\x00" + packed.getvalue()
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        for name, data in entries:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    yield b"\x01" + plain.getvalue()
    yield b"\x02" + gzip.compress(plain.getvalue(), mtime=0)
    yield b"\x04" + gzip.compress(warc(entries), mtime=0)


def response(data):
    gzipped = gzip.compress(data, mtime=0)
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)
    return [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gbk\r\n\r\n" + data,
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzipped,
        b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks,
        b"HTTP/1.1 404 Not Found\n\nnone",
    ]


def warc(entries):
    out = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n"
    for number, (name, data) in enumerate(entries):
        message = response(data)[number % 4]
        out += (
            b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: <http://a.cn/%s>\r\n"
            b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n" % (name.encode(), len(message))
        )
        out += message + b"\r\n\r\n"
    return out


def robots():
    """The path's letters, then a file as sites have it, or the notation of the target."""
    files = [
        b"User-agent: *\nDisallow: /*?\nAllow: /a$\nCrawl-delay: 2.5\nSitemap: http://a.example/s.xml\n",
        b"\xef\xbb\xbfUser-agent:nianbao\r\nUser-agent: other # both\r\nDisallow:\r\n\r\nuser-agent: *\r\ndisallow: /\r\n",
        b"Sitemap: /relative\nAllow: /b\nDisallow /\nUSER AGENT: Nianbao\nDissallow: /%61*b\n",
        b"u\nda*b\naab\n*\nd\n",
        b"*\no\nd/\naa$\nu\ne\nda\n",
    ]
    return [path + b"\n" + text for text in files for path in (b"", b"aab", b"ab?a=b", b"a*b$")]


def frame(letter, payload):
    return letter + struct.pack("<Q", len(payload)) + payload


def seeds(root):
    pages = list(files(root, "fixtures/document-reading/*.html", "corpus/**/*.html", "corpus/**/*.htm"))
    texts = list(files(root, "fixtures/document-reading/*.txt", "corpus/**/*.txt"))
    notation = [
        lines(text)
        for text in files(root, "fixtures/table-parsing/*.txt", "fixtures/section-segmentation/*.txt",
                          "fixtures/text-normalisation/*.txt", "fixtures/indicator-resolution-*/*.txt",
                          "corpus/**/*.txt")
    ]
    entries = [(f"{number}.html", page[:2000]) for number, page in enumerate(pages[:3])]
    entries += [("年报.txt", texts[0][:2000])]
    yield "html", pages
    yield "text", [bytes([number % 8]) + text for number, text in enumerate(texts)]
    yield "pdf", list(files(root, "fixtures/document-reading-pdf/*.pdf", "corpus/**/*.pdf"))
    for target in ("normalise", "tables", "segment", "indicators"):
        yield target, notation + [b"%html\n" + text for text in notation[::3]]
    sentences = sorted({line for text in texts + notation for line in text.split(b"\n") if len(line) > 20})
    yield "notation", sentences[::max(1, len(sentences) // 300)]
    yield "extract", [b"\x00" + text for text in texts] + [b"\x01" + page for page in pages]
    yield "record", list(files(root, "fuzz/record.json"))
    yield "profile", [
        bytes([which, 3, 0, out]) + text
        for which in range(18)
        for out, text in ((0, b""), (1, b"x = 1"), (2, b"[[row]]\nlabel = \"x\""), (1, "甲\t乙\t丙".encode()))
    ]
    yield "frames", [
        frame(b"I", b'{"path":"a","uri":null,"content_type":"text/html"}') + frame(b"B", b"abc"),
        frame(b"S", b"reading") + frame(b"F", b'{"stage":"reading","code":"x","message":"y"}'),
        struct.pack("<QQ", 1, 2) * 3,
    ]
    yield "archive", list(archives(entries))
    yield "warc", [warc(entries), warc(entries[:1])]
    yield "robots", robots()
    yield "http", [message for _, data in entries for message in response(data)]


def main():
    root, out = (pathlib.Path(argument) for argument in sys.argv[1:])
    for target, inputs in seeds(root):
        folder = out / target
        folder.mkdir(parents=True, exist_ok=True)
        assert inputs, f"no seed for {target}"
        for number, data in enumerate(inputs):
            (folder / f"seed-{number:04}").write_bytes(data)
        kept = root / "fuzz/regressions" / target
        for path in sorted(kept.iterdir()) if kept.is_dir() else ():
            shutil.copy(path, folder / path.name)


main()
