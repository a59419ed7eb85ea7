#!/usr/bin/env python3
"""Writes made-up pages of reports and their truth: generate.py OUT [--count N] [--seed S]. The same seed gives the same bytes."""
import argparse
import json
import os
import random
import re

import dumps
import others
import pages
import pages_more
from model import other_truth
from reports import Builder

ERAS = ['F4', 'F4', 'F4', 'F3', 'F3', 'F2', 'F2', 'F1', 'F1', 'F1N']
# (name, codec, what the page declares: None = nothing; a byte order mark)
CHARSETS = [('utf8', 'utf-8', 'utf-8', b''), ('gb18030_as_gb2312', 'gb18030', 'gb2312', b''), ('gbk_silent', 'gbk', None, b''), ('utf8_as_gb2312', 'utf-8', 'gb2312', b''),
            ('gbk_as_utf8', 'gbk', 'utf-8', b''), ('utf8_bom', 'utf-8', None, b'\xef\xbb\xbf'), ('utf16le_bom', 'utf-16-le', 'utf-16', b'\xff\xfe'), ('utf16be_bom', 'utf-16-be', None, b'\xfe\xff'),
            ('utf8_silent', 'utf-8', None, b''), ('entities', 'ascii', 'utf-8', b''), ('gb18030', 'gb18030', 'gb18030', b'')]


def encode(text, charset, is_html):
    name, codec, declared, bom = charset
    if is_html:
        text = re.sub('<meta charset="utf-8">', '', text)
        if declared:
            tag = '<meta charset="%s">' % declared if len(text) % 2 else '<meta http-equiv="Content-Type" content="text/html; charset=%s">' % declared
            text = re.sub('(?i)<head>', lambda m: m.group(0) + tag, text, count=1)
    if codec == 'ascii':
        return text.encode('ascii', 'xmlcharrefreplace')
    return bom + text.encode(codec, 'replace')


def build(rng, levels_seen=False, dump=False):
    """`levels_seen`: the rendering tells levels of headings apart, so that they may go without numbers.
    `dump`: nothing parts tables that follow each other, so that there are none."""
    builder = Builder(rng, rng.choice(ERAS))
    if builder.style_name == 'none' and not levels_seen:
        builder.restyle('han')
    builder.may_split = not dump
    return builder.build()


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument('out')
    a.add_argument('--count', type=int, default=200)
    a.add_argument('--seed', type=int, default=1)
    a = a.parse_args()
    os.makedirs(os.path.join(a.out, 'pages'), exist_ok=True)
    truth = []
    for n in range(a.count):
        rng = random.Random('%d/%d' % (a.seed, n))
        x = rng.random()
        extra = set()
        charset = CHARSETS[0]
        if x < .62:
            template = (pages.TEMPLATES + pages_more.TEMPLATES)[n % (len(pages.TEMPLATES) + len(pages_more.TEMPLATES))]
            report = build(rng, template in pages.LEVELS_SEEN + [pages_more.dl_metadata])
            report.phenomena |= {'page_' + template.__name__}
            text, ext = template(report, rng), 'html'
            if rng.random() < .35:
                charset = rng.choice(CHARSETS)
            report.phenomena.add('charset_' + charset[0])
            lines = [report]
        elif x < .78:
            report = build(rng, dump=True)
            kind = rng.choice([dumps.dump, dumps.dump, dumps.dump, dumps.glued, dumps.wrapped])
            text, ext = kind(report, rng), 'txt'
            if rng.random() < .3:
                charset = rng.choice([c for c in CHARSETS if c[0] in ('gbk_silent', 'utf8_bom', 'utf16le_bom')])
            report.phenomena |= {'dump', 'charset_' + charset[0]}
            lines = [report]
        elif x < .88:
            ext, lines, parts = 'txt', [], []
            shape = rng.choice(['pipes', 'cells', 'pipes_both'])
            for i in range(rng.randint(2, 4)):
                if rng.random() < .2 and i:
                    o = others.news(rng)
                    parts.append('\n'.join(o) + '\n')
                    lines.append(o)
                else:
                    r = build(rng, dump=True)
                    parts.append(dumps.dump(r, rng, furniture=rng.random() < .3, shape=shape))
                    r.phenomena |= {'several'}
                    lines.append(r)
            text = ''.join(parts)
        else:
            make = rng.choice(others.OTHERS)
            o = make(rng)
            extra = {'other_' + make.__name__}
            lines = [o]
            text, ext = (others.page(o, rng), 'html') if rng.random() < .6 else ('\n'.join(o) + '\n', 'txt')
        name = '%04d.%s' % (n, ext)
        for i, r in enumerate(lines):
            if isinstance(r, list):
                truth.append(other_truth(name, i, len(lines), r, extra or {'several'}))
            else:
                truth.append(r.truth(name, i, len(lines)))
        with open(os.path.join(a.out, 'pages', name), 'wb') as f:
            f.write(encode(text, charset, ext == 'html'))
    with open(os.path.join(a.out, 'truth.jsonl'), 'w', encoding='utf-8') as f:
        for t in truth:
            f.write(json.dumps(t, ensure_ascii=False, sort_keys=True) + '\n')


if __name__ == '__main__':
    main()
