"""PDFs that take all time or memory, each within every other limit."""

import zlib

_FORM = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]"
_ZEROS = 1 << 20


def slow():
    """A page that paints a form of much blank 100,000 times."""
    form = _stream(f"{_FORM} /Filter /FlateDecode", zlib.compress(bytes(16 * _ZEROS), 9))
    return _page("/XObject << /F 5 0 R >>", _stream("", b"/F Do\n" * 100_000), form)


def heavy():
    """A page whose content takes 250 MiB."""
    return _page("", _stream("/Filter /FlateDecode", zlib.compress(bytes(250 * _ZEROS), 1)))


def _stream(entries, data):
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def _page(resources, content, *more):
    leaf = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << {resources} >> >>"
    catalogue, pages = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    file, table = b"%PDF-1.7\n", b""
    objects = [catalogue, pages, leaf.encode(), content, *more]
    for number, body in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(file)
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return file + head + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(file))
