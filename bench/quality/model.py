"""What a generated report is: its sections, tables and the truth that it carries."""


class Table:
    """A table as a list of rows of cells (text, rowspan, colspan); `readings` are (id, dims, row, col, unit)."""

    def __init__(self, rows, header_rows, caption=None, number=None, unit=None, readings=(), optional_rows=()):
        self.rows, self.header_rows, self.caption = rows, header_rows, caption
        self.number, self.unit, self.readings = number, unit, list(readings)
        self.optional_rows = list(optional_rows)

    def cells(self):
        """The cells, each once, with the positions that they cover, as a record has them."""
        taken, out = set(), []
        for r, row in enumerate(self.rows):
            c = 0
            for text, rowspan, colspan in row:
                while (r, c) in taken:
                    c += 1
                taken |= {(r + dr, c + dc) for dr in range(rowspan) for dc in range(colspan)}
                out.append(dict(row=r, col=c, row_span=rowspan, col_span=colspan, text=text))
                c += colspan
        return out

    def grid(self):
        """The expanded grid: a merged cell is repeated over its span."""
        placed = {(x['row'] + dr, x['col'] + dc): x['text']
                  for x in self.cells() for dr in range(x['row_span']) for dc in range(x['col_span'])}
        width = max(c for _, c in placed) + 1
        return [[placed.get((r, c), '') for c in range(width)] for r in range(len(self.rows))]


def cell(text, rowspan=1, colspan=1):
    return (str(text), rowspan, colspan)


def read_cell(raw):
    """(value, status) of a cell, by the rules of the codebook on numbers."""
    text = raw.strip()
    if text == '':
        return None, 'blank'
    if text in ('/', '—', '——', '-', '\\', '不适用', '不涉及'):
        return None, 'not_applicable'
    if text in ('无', '没有'):
        return 0, 'reported'
    number = text.replace(',', '').rstrip('条件宗次元万个份人')
    scale = 10000 if text.endswith('万条') else 1
    value = float(number) * scale
    return (int(value) if value == int(value) else value), 'reported'


class Report:
    """blocks: ('h', level, mark, number, heading) | ('p', text) | ('item', number, text) | ('t', Table)
    | ('run', level, mark, number, heading, text): a heading with its text behind it in one paragraph."""

    def __init__(self, agency, accept, year, era):
        self.agency, self.accept, self.year, self.era = agency, accept, year, era
        self.title, self.published, self.blocks = None, None, []
        self.stated, self.checks, self.checks_open = [], [], []
        self.phenomena, self.furniture, self.invisible = set(), [], []
        self.optional_ids, self.signature, self.complete = [], [], True

    def tables(self):
        return [b[1] for b in self.blocks if b[0] == 't']

    def truth(self, path, part, parts):
        sections = [dict(id='s1', parent=None, level=0, number=None, heading=None, content=[])]
        tables, indicators, open_ = [], [], []
        for b in self.blocks:
            if b[0] in ('h', 'run'):
                level, number, heading = b[1], b[3], b[4]
                while open_ and open_[-1][0] >= level:
                    open_.pop()
                s = dict(id='s%d' % (len(sections) + 1), parent=open_[-1][1] if open_ else None, level=level,
                         number=number, heading=heading, content=[])
                sections.append(s)
                open_.append((level, s['id']))
                if b[0] == 'run':
                    s['content'].append(dict(type='paragraph', text=b[5]))
            elif b[0] == 'p':
                sections[-1]['content'].append(dict(type='paragraph', text=b[1]))
            elif b[0] == 'item':
                sections[-1]['content'].append(dict(type='item', number=b[1], text=b[2]))
            else:
                t, name = b[1], 't%d' % (len(tables) + 1)
                grid = t.grid()
                sections[-1]['content'].append(dict(type='table', table=name))
                tables.append(dict(id=name, section=sections[-1]['id'], number=t.number, caption=t.caption,
                                   unit=t.unit, header_rows=t.header_rows, rows=grid, cells=t.cells(),
                                   optional_rows=t.optional_rows))
                for id_, dims, r, c, unit in t.readings:
                    value, status = read_cell(grid[r][c])
                    indicators.append({'id': id_, 'dims': dims, 'label': grid[r][0], 'value': value, 'status': status,
                                       'bound': 'exact', 'unit': unit, 'raw': grid[r][c],
                                       'from': {'table': name, 'row': r, 'col': c}})
        for id_, dims, value, bound, optional in self.stated:
            indicators.append({'id': id_, 'dims': dims, 'value': value, 'status': 'reported', 'bound': bound,
                               'optional': optional, 'from': {'section': 's1', 'prose': ''}})
        if not sections[0]['content']:
            sections = sections[1:] or sections
        return dict(source=dict(path=path, part=part, parts=parts), kind='annual_report', complete=self.complete,
                    title=self.title, agency=dict(name=self.agency, accept=self.accept or [self.agency]),
                    period=dict(year=self.year), published=self.published, sections=sections, tables=tables,
                    indicators=indicators, checks=[dict(rule=r, status='fail') for r in self.checks],
                    checks_open=self.checks_open, optional_ids=self.optional_ids, furniture=self.furniture,
                    invisible=self.invisible, phenomena=sorted(self.phenomena | {'era_' + self.era}))


def other_truth(path, part, parts, text, phenomena, kind='other'):
    return dict(source=dict(path=path, part=part, parts=parts), kind=kind, complete=None, title=None,
                agency=dict(name=None, accept=[None]), period=dict(year=None), published=None,
                sections=[dict(id='s1', parent=None, level=0, number=None, heading=None,
                               content=[dict(type='paragraph', text=t) for t in text])],
                tables=[], indicators=[], checks=[], phenomena=sorted(phenomena))
