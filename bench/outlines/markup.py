"""One marked text becomes a file and its truth, so that the two cannot drift apart.

Everything outside marks is written as it stands and is the text of the section that is open. Marks:
  ⟦piece|kind=annual_report|agency=…|accept=a^b|year=2012|complete=1|phen=a,b⟧   a report (or other text) begins here
  ⟦T|title⟧              the title; ⏎ writes a line break that the truth does not know
  ⟦1|一|、|heading⟧       a heading of level 1: number, mark, heading; `1?` where leaving it out is right too
  ⟦i|1|.|text⟧           an item of a list, never a heading
  ⟦F|text⟧               site furniture     ⟦X|text⟧  written, not judged (a repeated title)
  ⟦t|style|a^b/c^d⟧      a table, rows parted by /, cells by ^ — style: cells, rows, html
  ⟦-|text⟧               written as it stands, in the truth without its white space (wrapped lines)
"""
import html
import re

MARK = re.compile(r'⟦(.*?)⟧', re.S)
TAG = re.compile(r'<[^>]*>')
HAN = '[\u4e00-\u9fff”》〕%]'
WIDE = [(re.compile('(?<=%s)%s' % (HAN, re.escape(a))), b) for a, b in zip(',;:)', '，；：）')] + [(re.compile(r'\((?=[\u4e00-\u9fff])'), '（')]


def widened(marked):
    """The same with the punctuation that is usual between Chinese characters."""
    for a, b in WIDE:
        marked = a.sub(b, marked)
    return marked


def plain(text, is_html):
    if is_html:
        text = html.unescape(TAG.sub('\n', text))
    return text


def squeeze(text):
    return re.sub(r'\s+', '', text.replace('⏎', ''))


def table_text(style, rows):
    if style == 'html':
        return '<table border="1">' + ''.join('<tr>' + ''.join('<td>%s</td>' % c for c in r) + '</tr>' for r in rows) + '</table>'
    if style == 'rows':
        return '\n'.join(' | '.join(r) + ' |' for r in rows)
    if style == 'plain':
        return '\n'.join('\n'.join(r) for r in rows)
    return '\n'.join('\n'.join((c + ' |').strip() for c in r) for r in rows)


class Piece:
    def __init__(self, keys):
        self.keys = keys
        self.title = None
        self.sections = []
        self.tables = []
        self.furniture = []
        self.stack = []

    def open(self, level, number, heading, optional):
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        parent = self.stack[-1][1] if self.stack else None
        sid = 's%d' % (len(self.sections) + 1)
        sec = dict(id=sid, parent=parent, level=level, number=number or None, heading=heading, content=[])
        if optional:
            sec['optional'] = True
        self.sections.append(sec)
        self.stack.append((level, sid))

    def section(self):
        if not self.sections:
            self.sections.append(dict(id='s1', parent=None, level=0, number=None, heading=None, content=[]))
        return self.sections[-1]

    def text(self, text):
        for line in text.split('\n'):
            line = line.strip()
            if line:
                self.section()['content'].append(dict(type='paragraph', text=line))

    def truth(self, path, part, parts, fmt):
        k = self.keys
        name = k.get('agency') or None
        accept = [x for x in (k.get('accept') or '').split('^') if x]
        if name:
            accept.append(name)
        year = int(k['year']) if k.get('year') else None
        complete = {'1': True, '0': False}.get(k.get('complete', ''), None)
        return dict(source=dict(path=path, part=part, parts=parts), format=fmt, kind=k['kind'], complete=complete,
                    title=self.title, agency=dict(name=name, accept=accept + ([None] if not name else [])),
                    period=dict(year=year, accept=[year] + ([None] if k.get('year_open') else [])),
                    published=k.get('published') or None,
                    sections=self.sections, tables=self.tables, indicators=[], furniture=self.furniture,
                    phenomena=[x for x in (k.get('phen') or '').split(',') if x])


def convert(marked, path):
    """The text of the file, and its truth lines."""
    is_html = path.endswith('.html')
    out, pieces = [], []
    pos = 0
    pending = []

    def put(raw, text):
        out.append(raw)
        text = plain(text, is_html)
        if pieces:
            pieces[-1].text(text)
        elif text.strip() and not is_html:
            raise ValueError('text before the first piece: %r' % text)

    for m in MARK.finditer(marked):
        put(marked[pos:m.start()], marked[pos:m.start()])
        pos = m.end()
        part = m.group(1).split('|')
        kind, p = part[0], (pieces[-1] if pieces else None)
        if kind == 'piece':
            pieces.append(Piece(dict(x.split('=', 1) for x in part[1:])))
            pieces[-1].furniture += pending
            pending = []
        elif kind == 'T':
            out.append(part[1].replace('⏎', '\n' if not is_html else '<br>'))
            p.title = squeeze(part[1])
        elif kind == 'F':
            out.append(part[1])
            for line in plain(part[1], is_html).split('\n'):
                if line.strip():
                    (p.furniture if p else pending).append(line.strip())
        elif kind == 'X':
            out.append(part[1].replace('⏎', '\n'))
        elif kind == '-':
            out.append(part[1])
            p.text(squeeze(plain(part[1], is_html)))
        elif kind == 't':
            rows = [r.split('^') for r in part[2].split('/')]
            out.append(table_text(part[1], rows))
            tid = 't%d' % (len(p.tables) + 1)
            p.section()['content'].append(dict(type='table', table=tid))
            p.tables.append(dict(id=tid, rows=rows, cells_scored=False))
        elif kind == 'i':
            out.append(part[1] + part[2] + part[3])
            p.section()['content'].append(dict(type='item', number=part[1], text=plain(part[3], is_html)))
        else:
            optional = kind.endswith('?')
            raw = part[3].replace('⏎', '<br>' if is_html else '\n')
            out.append(part[1] + part[2] + raw)
            p.open(int(kind.rstrip('?')), part[1], re.sub(r'\s+', ' ', plain(part[3], is_html).replace('⏎', '')).strip(), optional)
    put(marked[pos:], marked[pos:])
    fmt = 'html' if is_html else 'text'
    return ''.join(out), [p.truth(path, i, len(pieces), fmt) for i, p in enumerate(pieces)]
