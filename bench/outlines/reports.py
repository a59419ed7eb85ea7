"""A report: agency, year, title and a tree of sections, numbered in one of many ways."""
import words as W

CN = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四']
ROUND = '㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩'
CIRCLE = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫'
PAREN = '⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿'
# style: ordinal -> (number, mark)
STYLES = {
    'part': lambda n: ('第%s部分' % CN[n], ' '), 'chapter': lambda n: ('第%s章' % CN[n], ' '), 'cn_comma': lambda n: (CN[n], '、'),
    'cn_dot': lambda n: (CN[n], '.'), 'cn_space': lambda n: (CN[n], ' '), 'cn_wide': lambda n: ('(%s)' % CN[n], ''), 'cn_full': lambda n: ('(%s)' % CN[n], ''),
    'cn_round': lambda n: (ROUND[n - 1], ''), 'cn_paren_comma': lambda n: ('(%s)' % CN[n], '、'), 'n_comma': lambda n: (str(n), '、'), 'n_dot': lambda n: (str(n), '.'),
    'n_wide_dot': lambda n: (chr(0xFF10 + n) if n < 10 else str(n), '.'), 'n_paren': lambda n: ('(%d)' % n, ''), 'n_small': lambda n: (PAREN[n - 1], ''), 'circle': lambda n: (CIRCLE[n - 1], '')}
SCHEMES = [(12, ['cn_comma', 'cn_wide', 'n_dot', 'n_paren']), (6, ['cn_comma', 'cn_full', 'n_comma', 'circle']), (3, ['cn_space', 'cn_wide', 'n_dot', 'circle']), (3, ['cn_dot', 'cn_wide', 'n_wide_dot', 'n_paren']),
           (3, ['part', 'cn_comma', 'cn_wide', 'n_dot']), (2, ['chapter', 'cn_comma', 'cn_wide', 'n_comma']), (2, ['cn_comma', 'cn_round', 'n_dot', 'n_small']), (2, ['cn_comma', 'n_dot', 'n_paren', 'circle']),
           (2, ['cn_wide', 'n_dot', 'n_paren', 'circle']), (2, ['n_comma', 'n_paren', 'circle', 'n_small']), (1, ['n_comma', 'cn_wide', 'circle', 'n_paren']), (1, ['cn_wide', 'cn_comma', 'n_dot', 'n_paren']),
           (2, ['cn_comma', 'cn_paren_comma', 'n_comma', 'n_paren']), (2, ['cn_comma', 'n_comma', 'cn_wide', 'circle']), (1, ['n_dot', 'cn_wide', 'n_paren', 'circle'])]
FORMS = [(4, ['overview', 'proactive', 'on_request', 'remedies', 'problems', 'other']), (3, ['overview', 'proactive', 'on_request', 'consultation', 'remedies', 'problems']),
         (2, ['overview', 'org', 'proactive', 'on_request', 'fees', 'remedies', 'problems']), (2, ['org', 'proactive', 'key_areas', 'on_request', 'fees', 'remedies', 'problems', 'other']), (2, ['org', 'proactive', 'results', 'problems']),
         (1, ['overview', 'proactive', 'problems'])]
UNDER = {'overview': ['org', 'proactive', 'on_request', 'management', 'platform', 'supervision'], 'proactive': ['key_areas', 'platform', 'management'], 'org': ['supervision', 'management'],
         'on_request': ['fees', 'management'], 'results': ['platform', 'supervision']}


def pick(rng, weighted):
    return rng.choices([x for _, x in weighted], [w for w, _ in weighted])[0]


class Node:
    def __init__(self, level, topic, heading):
        self.level, self.topic, self.heading = level, topic, heading
        self.ordinal = self.number = None
        self.mark = ''
        self.paras = []      # ('p', text) | ('i', number, mark, text) | ('t', rows) | ('x', text): a line that looks like a heading
        self.optional = False
        self.how = 'line'    # line, stop, colon, space


class Report:
    def __init__(self, rng):
        self.rng = rng
        r = rng.random()
        if r < .6:
            place = rng.choice(W.PLACES)
            b = rng.choice(W.BUREAUS)
            self.county = ''.join(place)
            self.agency, self.self_names = self.county + b, W.SELF['局']
        elif r < .8:
            place = rng.choice(W.PLACES)
            self.county = ''.join(place)
            self.agency, self.self_names = self.county + '人民政府', W.SELF[place[1]]
        else:
            self.county = rng.choice(W.CITIES)
            town = rng.choice(W.TOWNS)
            if rng.random() < .5:
                self.agency, self.self_names = self.county + rng.choice(W.BUREAUS), W.SELF['局']
            else:
                self.agency = ''.join(rng.choice(W.PLACES)) + town + ('办事处' if town.endswith('街道') else '人民政府')
                self.self_names = W.SELF['街道'] if town.endswith('街道') else W.SELF[town[-1]]
        self.me = rng.choice(self.self_names)
        self.year = rng.randint(2008, 2025)
        self.title = self.fill(rng.choice(W.TITLES))
        self.preamble = [self.fill(rng.choice(W.PREAMBLE))] if rng.random() < .8 else []
        self.nodes = []
        self.tail = []
        self.furniture_before, self.furniture_after = [], []
        self.phen = set()

    def context(self):
        return dict(N=self.agency, Y=self.year, C=self.county, Z=self.year + 1, X=self.year - 1)

    def fill(self, text):
        g = self.rng
        for k, v in dict(N=self.agency, Y=self.year, A=self.me).items():
            text = text.replace('{%s}' % k, str(v))
        while '{n}' in text:
            text = text.replace('{n}', str(g.randint(20, 900)), 1)
        while '{m}' in text:
            text = text.replace('{m}', str(g.randint(2, 19)), 1)
        return text


def build(rng, want=()):
    """`want`: phenomena to plant: unnumbered, skipped, restarted, lookalike, quotation, items, table, deep, residue, one_by_one, repeated_number."""
    rep = Report(rng)
    scheme = pick(rng, SCHEMES)
    form = list(pick(rng, FORMS))
    if 'section_six_first' in want:
        form = form[-1:] + form[:-1]
    free = rng.random() < .25
    used = set()

    def heading(topic, free_):
        pool = W.TOPICS[topic][1 if free_ else 0]
        c = [h for h in pool if h not in used] or pool
        h = rng.choice(c)
        used.add(h)
        return h

    def add(level, topic, head, n):
        node = Node(level, topic, head)
        node.ordinal = n
        rep.nodes.append(node)
        return node

    def sentences(topic, k):
        s = list(W.TOPICS[topic][2])
        rng.shuffle(s)
        out = []
        while s and len(out) < k:
            n = rng.randint(1, 2)
            out.append(('p', rep.fill(''.join(s[:n]))))
            s = s[n:]
        return out

    for i, topic in enumerate(form, 1):
        top = add(1, topic, heading(topic, free and rng.random() < .6), i)
        if topic == 'problems' and rng.random() < .7:
            defects(rep, rng, add)
            continue
        kids = UNDER.get(topic)
        if kids and rng.random() < (.75 if topic in ('overview', 'org') else .35):
            if rng.random() < .4:
                top.paras += sentences(topic, 1)
            kids = rng.sample(kids, min(len(kids), rng.randint(2, 4)))
            for j, k in enumerate(kids, 1):
                node = add(2, k, heading(k, rng.random() < .7), j)
                node.paras += sentences(k, rng.randint(1, 2))
                if 'deep' in want and rng.random() < .5:
                    rep.phen.add('deep')
                    for x, (h, t) in enumerate(rng.sample(W.MEASURES, rng.randint(2, 3)), 1):
                        third = add(3, 'measure', h, x)
                        third.paras.append(('p', t))
                        if rng.random() < .3:
                            for y, (h4, t4) in enumerate(rng.sample(W.MEASURES, 2), 1):
                                add(4, 'measure', h4, y).paras.append(('p', t4))
        else:
            top.paras += sentences(topic, rng.randint(1, 3))
    number(rep, rng, scheme, want)
    plant(rep, rng, want)
    if rng.random() < .3:
        rep.tail = [rep.agency, '%d年%d月%d日' % (rep.year + 1, rng.randint(1, 3), rng.randint(2, 28))]
    return rep


def defects(rep, rng, add):
    node = add(2, 'problems', rng.choice(W.PROBLEM_HEAD), 1)
    k = rng.randint(2, 4)
    style = rng.choice(['lines', 'inline', 'yishi', 'shouxian'])
    ds = rng.sample(W.DEFECTS, k)
    if style == 'lines':
        end = rng.choice(['。', ';'])
        for j, d in enumerate(ds, 1):
            node.paras.append(('i', j, 'n_dot', d + (end if j < k else '。')))
        rep.phen.add('list_items')
    elif style == 'inline':
        node.paras.append(('p', ''.join('%s%s%s' % (j, '.', d) + (';' if j < k else '。') for j, d in enumerate(ds, 1))))
        rep.phen.add('inline_list')
    elif style == 'yishi':
        node.paras.append(('p', ''.join('%s是%s' % (W_CN(j), d) + (';' if j < k else '。') for j, d in enumerate(ds, 1))))
    else:
        for w, d in zip(['首先', '其次', '再次', '最后'], ds):
            node.paras.append(('p', w + ',' + d + '。'))
        rep.phen.add('first_then')
    node = add(2, 'improve', rng.choice(W.IMPROVE_HEAD), 2)
    ms = rng.sample(W.MEASURES, rng.randint(2, 4))
    style = rng.choice(['heads', 'yishi', 'prose'])
    if style == 'heads':
        for j, (h, t) in enumerate(ms, 1):
            add(3, 'measure', h, j).paras.append(('p', t))
    elif style == 'yishi':
        for j, (h, t) in enumerate(ms, 1):
            node.paras.append(('p', '%s是%s。%s' % (W_CN(j), h, t)))
        rep.phen.add('one_by_one')
    else:
        node.paras.append(('p', ''.join(t for _, t in ms)))


def W_CN(n):
    return CN[n]


def number(rep, rng, scheme, want):
    """Writes the numbers, with the mistakes that were wished for."""
    if 'unnumbered' in want:
        rep.phen.add('unnumbered')
        for n in rep.nodes:
            n.number, n.mark = '', ''
        return
    rep.phen.add('scheme_' + scheme[0] + '_' + scheme[1])
    tops = [n for n in rep.nodes if n.level == 1]
    if 'skipped' in want and len(tops) > 3:
        rep.phen.add('skipped')
        for n in tops[rng.randint(1, len(tops) - 2):]:
            n.ordinal += 1
    if 'repeated_number' in want and len(tops) > 3:
        rep.phen.add('repeated_number')
        for n in tops[rng.randint(2, len(tops) - 1):]:
            n.ordinal -= 1
    if 'starts_at_three' in want:
        rep.phen.add('starts_at_three')
        for n in tops:
            n.ordinal += 2
    if 'section_six_first' in want:
        rep.phen.add('section_six_first')
        for i, n in enumerate(tops):
            n.ordinal = len(tops) if i == 0 else i
    if 'running_second' in want:
        rep.phen.add('running_second')
        k = 0
        for n in rep.nodes:
            if n.level == 2:
                k += 1
                n.ordinal = min(k, 10)
    for n in rep.nodes:
        n.number, n.mark = STYLES[scheme[min(n.level, len(scheme)) - 1]](n.ordinal)
    if 'mixed_marks' in want:
        rep.phen.add('mixed_marks')
        swap = {'、': ['、', '.', ' ', '. ', '、 '], '.': ['.', '、', '. ']}
        for n in rep.nodes:
            if n.mark in swap and rng.random() < .4:
                n.mark = rng.choice(swap[n.mark])
    if 'restarted' in want and scheme[0].startswith('cn') and tops:
        top = next((t for t in tops if t.topic in ('overview', 'org')), tops[0])
        at = rep.nodes.index(top)
        nxt = [n for n in rep.nodes[at + 1:] if n.level == 2]
        if rep.nodes[at + 1:] and rep.nodes[at + 1].level == 2 and nxt:
            # a second series of the same numerals inside the first chapter
            rep.phen.add('restarted')
            inner = Node(2, 'results', '主要做法')
            inner.number, inner.mark = '一', '、'
            end = at + 1
            while end < len(rep.nodes) and rep.nodes[end].level > 1:
                rep.nodes[end].level += 1
                end += 1
            rep.nodes.insert(at + 1, inner)
            for t in tops:
                if t.mark == '、':
                    t.mark = ' '


def plant(rep, rng, want):
    bodies = [n for n in rep.nodes if n.paras]
    if 'lookalike' in want:
        rep.phen.add('lookalike')
        for n in rng.sample(bodies, min(3, len(bodies))):
            n.paras.insert(rng.randint(1, len(n.paras)), ('p', rep.fill(rng.choice(W.LOOKALIKES))))
    if 'quotation' in want:
        rep.phen.add('quotation')
        n = rng.choice(bodies)
        q = rng.choice(W.QUOTES)
        if rng.random() < .5:
            n.paras.append(('p', q))
        else:
            a, rest = q.split(':', 1)
            n.paras.append(('p', a + ':'))
            for x in rest.split('('):
                if x:
                    num, t = x.split(')', 1)
                    n.paras.append(('i', num, 'quoted', t))
    if 'spoken' in want:
        rep.phen.add('one_by_one')
        n = rng.choice(bodies)
        for j, s in enumerate(rng.sample(W.SAY, 3), 1):
            n.paras.append(('p', '%s是%s' % (CN[j], s)))
    if 'table' in want:
        rep.phen.add('table')
        n = next((x for x in bodies if x.topic in ('proactive', 'on_request')), bodies[-1])
        if n.topic == 'on_request':
            rows = [['指标', '数量'], ['申请总数', '9'], ['其中:1.当面申请数', '3'], ['2.传真申请数', '0'], ['3.网上申请数', '6']]
        else:
            rows = [['指标', '数量'], ['主动公开信息数', '170'], ['其中:全文电子化的主动公开信息数', '170'], ['新增的行政规范性文件数', '12']]
        n.paras.append(('t', rows))
    if 'residue' in want:
        rep.phen.add('residue')
