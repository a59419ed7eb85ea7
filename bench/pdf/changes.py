"""What happens to a PDF after it was printed: changes that a reader must see through, and scans."""
import io
import re
import zlib


def object_streams(path, rng, report):
    import pikepdf
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True, linearize=rng.random() < .5)


def encrypted_empty(path, rng, report):
    import pikepdf
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        r = rng.choice([2, 3, 4, 6])
        pdf.save(path, encryption=pikepdf.Encryption(user='', owner='owner', R=r, aes=r >= 4, metadata=r >= 4))


def incremental(path, rng, report):
    import pymupdf as mu
    doc = mu.open(path)
    doc.set_metadata({'keywords': 'v2'})
    doc.save(path, incremental=True, encryption=mu.PDF_ENCRYPT_KEEP)


def attachment(path, rng, report):
    import pikepdf
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.attachments['数据附件.xlsx'] = pikepdf.AttachedFileSpec(pdf, b'not really', filename='数据附件.xlsx')
        pdf.save(path)


def damaged_xref(path, rng, report):
    import pikepdf
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = open(path, 'rb').read()
    at = data.rfind(b'startxref')
    kind = rng.choice(['offset', 'gone', 'shifted'])
    if kind == 'offset':
        data = re.sub(rb'startxref\s+\d+', b'startxref\n7', data)
    elif kind == 'gone':
        data = data[:at]
    else:
        data = data[:15] + b'%' + b'x' * rng.randint(1, 40) + b'\n' + data[15:]
    open(path, 'wb').write(data)


def turned(path, rng, report):
    """Scanned or saved sideways: the content turned, /Rotate turned back."""
    import pikepdf
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            x0, y0, x1, y1 = [float(v) for v in page.mediabox]
            w, h = x1 - x0, y1 - y0
            page.contents_add(b'q 0 1 -1 0 %f 0 cm\n' % h, prepend=True)
            page.contents_add(b'\nQ')
            page.mediabox = [0, 0, h, w]
            if '/CropBox' in page:
                del page['/CropBox']
            page.Rotate = 90
        pdf.save(path)


def offset_box(path, rng, report):
    """A media box that does not begin at 0, a crop box inside it."""
    import pikepdf
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            x0, y0, x1, y1 = [float(v) for v in page.mediabox]
            page.contents_add(b'q 1 0 0 1 100 200 cm\n', prepend=True)
            page.contents_add(b'\nQ')
            page.mediabox = [x0 + 80, y0 + 180, x1 + 120, y1 + 220]
            page.cropbox = [x0 + 100, y0 + 200, x1 + 100, y1 + 200]
        pdf.save(path)


def no_unicode_map(path, rng, report):
    """Without ToUnicode: what a predefined encoding or a known collection says must do."""
    import pikepdf
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for obj in pdf.objects:
            if isinstance(obj, pikepdf.Dictionary) and obj.get('/Type') == '/Font' and '/ToUnicode' in obj:
                del obj['/ToUnicode']
        pdf.save(path)


def seal(path, rng, report):
    """A round red picture over the signature on the last page."""
    import pymupdf as mu
    from PIL import Image, ImageDraw
    image = Image.new('RGBA', (300, 300), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((5, 5, 295, 295), outline=(220, 0, 0, 255), width=10)
    data = io.BytesIO()
    image.save(data, 'png')
    doc = mu.open(path)
    page = doc[-1]
    page.insert_image(mu.Rect(page.rect.width - 250, 300, page.rect.width - 120, 430), stream=data.getvalue())
    doc.saveIncr()


def picture_of(page, mu):
    return page.get_pixmap(dpi=60, colorspace=mu.csGRAY).tobytes('jpg')


def layer_of(page, new, mode):
    """What a recogniser found, invisible (mode 3) or in common ink (mode 0)."""
    for block in page.get_text('dict')['blocks']:
        for line in block.get('lines', []):
            for span in line['spans']:
                if span['text'].strip():
                    new.insert_text(span['origin'], span['text'], fontsize=span['size'], fontname='china-s', render_mode=mode)


def scanned(path, rng, report, pages=None, layer=None):
    """Pages as pictures; the others stay as they are. `layer`: the text lies invisible over or plain under the picture."""
    import os

    import pymupdf as mu
    doc, out = mu.open(path), mu.open()
    report.pictures = {}
    for number, page in enumerate(doc):
        if pages is not None and number not in pages:
            out.insert_pdf(doc, from_page=number, to_page=number)
            continue
        new = out.new_page(width=page.rect.width, height=page.rect.height)
        if layer == 'under':
            layer_of(page, new, 0)
        # A scan may leave a margin.
        edge = rng.choice([0, 0, 20])
        new.insert_image(new.rect + (edge, edge, -edge, -edge), stream=picture_of(page, mu), keep_proportion=False)
        if layer == 'over':
            layer_of(page, new, 3)
        area = (new.rect.width - 2 * edge) * (new.rect.height - 2 * edge) / (new.rect.width * new.rect.height)
        report.pictures[str(number + 1)] = round(area, 4)
    out.save(path + '.new', deflate=True)
    os.replace(path + '.new', path)


def scan(path, rng, report):
    scanned(path, rng, report)


def scan_of_some_pages(path, rng, report):
    import pymupdf as mu
    count = len(mu.open(path))
    scanned(path, rng, report, pages=set(rng.sample(range(count), max(1, count // 2))))


def scan_with_text_over(path, rng, report):
    scanned(path, rng, report, layer='over')


def scan_with_text_under(path, rng, report):
    scanned(path, rng, report, layer='under')


CHANGES = {f.__name__: f for f in (object_streams, encrypted_empty, incremental, attachment, damaged_xref, turned, offset_box, seal)}
SCANS = {f.__name__: f for f in (scan, scan_of_some_pages, scan_with_text_over, scan_with_text_under, no_unicode_map)}
