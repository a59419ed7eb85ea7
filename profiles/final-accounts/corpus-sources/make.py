"""Writes ../corpus/ and truth.jsonl: final accounts of departments that do not exist, and what a perfect reader gets
from them. The places are real; every figure, body and sentence is invented.

python3 make.py            all files (PDF: needs the program `chromium` and a Chinese font)
python3 make.py --no-pdf   all but the PDF
"""
import html
import json
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
CORPUS = HERE.parent / 'corpus'

CLASSES = {
    '201': '一般公共服务支出', '202': '外交支出', '203': '国防支出', '204': '公共安全支出', '205': '教育支出', '206': '科学技术支出',
    '207': '文化旅游体育与传媒支出', '208': '社会保障和就业支出', '210': '卫生健康支出', '211': '节能环保支出', '212': '城乡社区支出',
    '213': '农林水支出', '214': '交通运输支出', '215': '资源勘探工业信息等支出', '216': '商业服务业等支出', '217': '金融支出',
    '219': '援助其他地区支出', '220': '自然资源海洋气象等支出', '221': '住房保障支出', '222': '粮油物资储备支出',
    '223': '国有资本经营预算支出', '224': '灾害防治及应急管理支出', '229': '其他支出',
}
SECTIONS = {
    '201': [('20103', '政府办公厅(室)及相关机构事务', [('2010301', '行政运行'), ('2010302', '一般行政管理事务')])],
    '205': [('20502', '普通教育', [('2050201', '学前教育'), ('2050202', '小学教育')])],
    '207': [('20701', '文化和旅游', [('2070101', '行政运行'), ('2070104', '图书馆')])],
    '208': [('20805', '行政事业单位养老支出', [('2080505', '机关事业单位基本养老保险缴费支出'), ('2080506', '机关事业单位职业年金缴费支出')])],
    '210': [('21011', '行政事业单位医疗', [('2101101', '行政单位医疗')])],
    '212': [('21208', '国有土地使用权出让收入安排的支出', [('2120801', '征地和拆迁补偿支出')])],
    '213': [('21303', '水利', [('2130301', '行政运行'), ('2130305', '水利工程建设')])],
    '221': [('22102', '住房改革支出', [('2210201', '住房公积金')])],
}
NATURE = [
    ('301', '工资福利支出', [('30101', '基本工资'), ('30102', '津贴补贴'), ('30103', '奖金'), ('30108', '机关事业单位基本养老保险缴费'), ('30113', '住房公积金')]),
    ('303', '对个人和家庭的补助', [('30305', '生活补助')]),
    ('302', '商品和服务支出', [('30201', '办公费'), ('30205', '水费'), ('30206', '电费'), ('30211', '差旅费'), ('30239', '其他交通费用')]),
    ('310', '资本性支出', [('31002', '办公设备购置')]),
]


def yuan(cents, commas=False):
    return f'{cents / 100:,.2f}' if commas else f'{cents / 100:.2f}'


class Account:
    """The figures of one department, in hundredths of the unit, and what they come to."""

    def __init__(self, seed, name, year, main, fund=0, capital=0, business=0, carried_in=0, carried_out=0):
        pick = random.Random(seed)
        self.name, self.year, self.main = name, year, main
        # (code of the item): (basic, project), from the general budget.
        self.items = {}
        for top in sorted({main, '208', '210', '221'}):
            for _, _, items in SECTIONS[top]:
                for at, (code, _) in enumerate(items):
                    basic = pick.randrange(800000, 9000000) if top == main else pick.randrange(50000, 900000)
                    project = pick.randrange(200000, 5000000) if top == main and at else 0
                    self.items[code] = (0 if top == main and at else basic, project)
        self.fund = {'2120801': fund} if fund else {}
        self.capital = capital
        self.business = business
        self.carried_in, self.carried_out = carried_in, carried_out
        self.basic = sum(basic for basic, _ in self.items.values())
        self.project = sum(project for _, project in self.items.values())
        self.general = self.basic + self.project
        self.fiscal = self.general + fund + capital
        # Business income is spent on the main class, as a project.
        self.expenditure = self.fiscal + business
        self.fiscal_income = {'general_budget': self.general - carried_in + carried_out, 'government_fund': fund, 'state_capital': capital}
        self.income = sum(self.fiscal_income.values()) + business
        self.total = self.income + carried_in
        self.fiscal_total = sum(self.fiscal_income.values()) + carried_in
        parts = [pick.randrange(1, 9) for nature in NATURE for _ in nature[2]]
        self.nature, left = {}, self.basic
        codes = [code for nature in NATURE for code, _ in nature[2]]
        for code, part in zip(codes, parts):
            amount = left if code == codes[-1] else self.basic * part // (sum(parts) + 8)
            self.nature[code], left = amount, left - amount
        self.personnel = sum(v for code, v in self.nature.items() if code[:3] in ('301', '303'))
        self.running = self.basic - self.personnel
        running, guests = pick.randrange(30000, 120000), pick.randrange(3000, 60000)
        self.three = {'abroad': 0, 'purchase': 0, 'running': running, 'guests': guests}
        self.budget = {'abroad': 0, 'purchase': 0, 'running': running + pick.randrange(0, 20000), 'guests': guests + pick.randrange(0, 30000)}
        self.cars, self.groups, self.persons = pick.randrange(1, 6), pick.randrange(4, 40), pick.randrange(41, 400)
        self.goods, self.services = pick.randrange(20000, 300000), pick.randrange(20000, 500000)

    def by_code(self, pairs):
        """Items with the classes and sections above them, in the order of codes, each with its sums."""
        sums = {}
        for code, values in pairs.items():
            for key in (code[:3], code[:5], code):
                known = sums.get(key, (0,) * len(values))
                sums[key] = tuple(a + b for a, b in zip(known, values))
        return {key: sums[key] for key in sorted(sums)}

    def spent(self):
        """All expenditure by code: total, basic, project."""
        pairs = {code: (basic + project, basic, project) for code, (basic, project) in self.items.items()}
        for code, amount in self.fund.items():
            pairs[code] = (amount, 0, amount)
        if self.capital:
            pairs['2230105'] = (self.capital, 0, self.capital)
        if self.business:
            code = SECTIONS[self.main][0][2][1][0]
            total, basic, project = pairs[code]
            pairs[code] = (total + self.business, basic, project + self.business)
        return self.by_code(pairs)


NAMES = {code: name for code, name in CLASSES.items()}
for top, sections in SECTIONS.items():
    for code, name, items in sections:
        NAMES[code] = name
        NAMES.update(items)
NAMES.update({'22301': '解决历史遗留问题及改革成本支出', '2230105': '国有企业退休人员社会化管理补助支出'})
for code, name, items in NATURE:
    NAMES[code] = name
    NAMES.update(items)


class Cell:
    """A figure that stands for an indicator."""

    def __init__(self, value, id, shown=None, **dims):
        self.value, self.id, self.dims, self.shown = value, id, dims, shown


class Table:
    def __init__(self, number, title, header, rows):
        self.number, self.title, self.header, self.rows = number, title, header, rows


def split(table):
    """The same with a column each for 类, 款 and 项."""
    if table.header[1][0][0] != '功能分类科目编码' and table.header[1][0][0] != '科目编码' or table.header[0][0][0] != '项目':
        return table
    header = [[('项目', 4, 1)] + table.header[0][1:], [('类', 1, 1), ('款', 1, 1), ('项', 1, 1)] + table.header[1][1:]] + [[(text, columns + 2 if at == 0 else columns, rows) for at, (text, columns, rows) in enumerate(row)] for row in table.header[2:]]
    rows = [[row[0][:3], row[0][3:5], row[0][5:]] + row[1:] for row in table.rows]
    return Table(table.number, table.title, header, rows)


def level(code, kind='function'):
    return {3: f'{kind}_class', 5: f'{kind}_section', 7: f'{kind}_item'}[len(code)]


def tables(a, style):
    """The nine tables. Header cells: (text, columns, rows)."""
    out = []
    spent = a.spent()
    left = [
        ('一、一般公共预算财政拨款收入', Cell(a.fiscal_income['general_budget'], 'income.fiscal', fund='general_budget')),
        ('二、政府性基金预算财政拨款收入', Cell(a.fiscal_income['government_fund'], 'income.fiscal', fund='government_fund')),
        ('三、国有资本经营预算财政拨款收入', Cell(a.fiscal_income['state_capital'], 'income.fiscal', fund='state_capital')),
        ('四、上级补助收入', Cell(0, 'income.superior')), ('五、事业收入', Cell(a.business, 'income.business')),
        ('六、经营收入', Cell(0, 'income.operating')), ('七、附属单位上缴收入', Cell(0, 'income.subordinate')), ('八、其他收入', Cell(0, 'income.other')),
    ]
    if style == 'old':
        left = [('一、财政拨款收入', Cell(sum(a.fiscal_income.values()), 'income.fiscal')),
                ('其中：政府性基金', Cell(a.fiscal_income['government_fund'], 'income.fiscal', fund='government_fund')),
                ('二、上级补助收入', Cell(0, 'income.superior')), ('三、事业收入', Cell(a.business, 'income.business')),
                ('四、经营收入', Cell(0, 'income.operating')), ('五、附属单位上缴收入', Cell(0, 'income.subordinate')), ('六、其他收入', Cell(0, 'income.other'))]
    numerals = '一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一 二十二 二十三'.split()
    right = [(f'{number}、{name}', Cell(spent.get(code, (0,))[0], 'expenditure.total', function_class=code))
             for number, (code, name) in zip(numerals, CLASSES.items())]
    left += [('', None)] * (len(right) - len(left))
    left += [('本年收入合计', Cell(a.income, 'income.total')), ('使用非财政拨款结余', Cell(0, 'balance.used')),
             ('年初结转和结余', Cell(a.carried_in, 'balance.carried_in')), ('总计', Cell(a.total, 'account.income'))]
    right += [('本年支出合计', Cell(a.expenditure, 'expenditure.total')), ('结余分配', Cell(0, 'balance.distributed')),
              ('年末结转和结余', Cell(a.carried_out, 'balance.carried_out')), ('总计', Cell(a.expenditure + a.carried_out, 'account.expenditure'))]
    rows = [[l, str(at + 1) if l else '', lc, r, str(at + 1 + len(right)), rc] for at, ((l, lc), (r, rc)) in enumerate(zip(left, right))]
    out.append(Table('公开01表', '收入支出决算总表', [[('收入', 3, 1), ('支出', 3, 1)], [(t, 1, 1) for t in ('项目', '行次', '金额') * 2],
                                                  [('栏次', 1, 1), ('', 1, 1), ('1', 1, 1), ('栏次', 1, 1), ('', 1, 1), ('2', 1, 1)]], rows))
    # What each code was given: as spent, but for what was carried over.
    kinds = ['财政拨款收入', '上级补助收入', '事业收入', '经营收入', '附属单位上缴收入', '其他收入']
    ids = ['income.fiscal', 'income.superior', 'income.business', 'income.operating', 'income.subordinate', 'income.other']
    main = SECTIONS[a.main][0][2][-1][0]
    shift = a.carried_out - a.carried_in
    pairs = {}
    for code, (total, _, _) in spent.items():
        if len(code) == 7:
            business = a.business if code == SECTIONS[a.main][0][2][1][0] else 0
            fiscal = total - business + (shift if code == main else 0)
            pairs[code] = (fiscal + business, fiscal, 0, business, 0, 0, 0)
    rows = [['', '合计', Cell(a.income, 'income.total')] + [Cell(v, i) for v, i in zip(
        (sum(a.fiscal_income.values()), 0, a.business, 0, 0, 0), ids)]]
    for code, values in a.by_code(pairs).items():
        rows.append([code, NAMES[code]] + [Cell(v, i, **{level(code): code}) for v, i in zip(values, ['income.total'] + ids)])
    out.append(Table('公开02表', '收入决算表', head('本年收入合计', *kinds), rows))
    kinds = ['基本支出', '项目支出', '上缴上级支出', '经营支出', '对附属单位补助支出']
    ids = ['expenditure.total', 'expenditure.basic', 'expenditure.project', 'expenditure.to_superior', 'expenditure.operating', 'expenditure.to_subordinate']
    whole = (a.expenditure, a.basic, a.expenditure - a.basic, 0, 0, 0)
    rows = [['', '合计'] + [Cell(v, i) for v, i in zip(whole, ids)]]
    for code, values in spent.items():
        rows.append([code, NAMES[code]] + [Cell(v, i, **{level(code): code}) for v, i in zip(values + (0, 0, 0), ids)])
    out.append(Table('公开03表', '支出决算表', head('本年支出合计', *kinds), rows))
    # 04
    general, funds = a.by_code({c: (b + p, b, p) for c, (b, p) in a.items.items()}), a.by_code({c: (v,) for c, v in a.fund.items()})
    capital = {'223': (a.capital,)} if a.capital else {}
    left = [('一、一般公共预算财政拨款', Cell(a.fiscal_income['general_budget'], 'fiscal.income', fund='general_budget')),
            ('二、政府性基金预算财政拨款', Cell(a.fiscal_income['government_fund'], 'fiscal.income', fund='government_fund')),
            ('三、国有资本经营财政拨款', Cell(a.fiscal_income['state_capital'], 'fiscal.income', fund='state_capital'))]
    def spent_row(label, values, id, **dims):
        return (label, [Cell(v, id, **dims, **({'fund': fund} if fund else {})) for v, fund in zip(values, ('', 'general_budget', 'government_fund', 'state_capital'))])
    right = []
    for number, (code, name) in zip(numerals, CLASSES.items()):
        values = [part.get(code, (0,))[0] for part in (general, funds, capital)]
        right.append(spent_row(f'{number}、{name}', [sum(values)] + values, 'fiscal.expenditure', function_class=code))
    left += [('', None)] * (len(right) - len(left))
    left += [('本年收入合计', Cell(sum(a.fiscal_income.values()), 'fiscal.income')), ('年初财政拨款结转和结余', Cell(a.carried_in, 'fiscal.carried_in')),
             ('　　一般公共预算财政拨款', Cell(a.carried_in, 'fiscal.carried_in', fund='general_budget')),
             ('　　政府性基金预算财政拨款', Cell(0, 'fiscal.carried_in', fund='government_fund')),
             ('　　国有资本经营财政拨款', Cell(0, 'fiscal.carried_in', fund='state_capital')), ('总计', Cell(a.fiscal_total, 'fiscal.account.income'))]
    fund = sum(a.fund.values())
    right += [spent_row('本年支出合计', [a.fiscal, a.general, fund, a.capital], 'fiscal.expenditure'),
              spent_row('年末财政拨款结转和结余', [a.carried_out, a.carried_out, 0, 0], 'fiscal.carried_out'),
              ('', [None] * 4), ('', [None] * 4), ('', [None] * 4),
              spent_row('总计', [a.fiscal + a.carried_out, a.general + a.carried_out, fund, a.capital], 'fiscal.account.expenditure')]
    rows = [[l, str(at + 1) if l else '', lc, r, str(at + 1 + len(right)) if r else ''] + rc for at, ((l, lc), (r, rc)) in enumerate(zip(left, right))]
    four = ['合计', '一般公共预算财政拨款', '政府性基金预算财政拨款', '国有资本经营预算财政拨款']
    out.append(Table('公开04表', '财政拨款收入支出决算总表', [[('收入', 3, 1), ('支出', 6, 1)], [(t, 1, 1) for t in ['项目', '行次', '金额', '项目', '行次'] + four]], rows))
    def by_function(number, title, of, fund, whole):
        ids = ['fiscal.expenditure', 'fiscal.expenditure.basic', 'fiscal.expenditure.project']
        rows = [['', '合计'] + [Cell(v, i, fund=fund) for v, i in zip(whole, ids)]]
        for code, values in of.items():
            rows.append([code, NAMES[code]] + [Cell(v, i, fund=fund, **{level(code): code}) for v, i in zip(values, ids)])
        return Table(number, title, head('本年支出合计', '基本支出', '项目支出'), rows)
    out.append(by_function('公开05表', '一般公共预算财政拨款支出决算表', general, 'general_budget', (a.general, a.basic, a.project)))
    # 06: three panels.
    panels = [[], [], []]
    for at, (code, name, items) in enumerate(NATURE):
        to = panels[0 if code in ('301', '303') else 1 if code == '302' else 2]
        to.append([code, name, Cell(sum(a.nature[c] for c, _ in items), 'basic.by_nature', economic_class=code)])
        for item, label in items:
            to.append([item, label, Cell(a.nature[item], 'basic.by_nature', economic_section=item)])
    height = max(map(len, panels))
    rows = [sum(((panel[at] if at < len(panel) else ['', '', None]) for panel in panels), []) for at in range(height)]
    rows.append(['', '人员经费合计', Cell(a.personnel, 'basic.personnel'), '', '', None, '', '公用经费合计', Cell(a.running, 'basic.running')])
    out.append(Table('公开06表', '一般公共预算财政拨款基本支出决算表', [[('人员经费', 3, 1), ('公用经费', 6, 1)], [(t, 1, 1) for t in ('科目编码', '科目名称', '金额') * 3]], rows))
    # 07
    ids = ['fiscal.carried_in', 'fiscal.income', 'fiscal.expenditure', 'fiscal.expenditure.basic', 'fiscal.expenditure.project', 'fiscal.carried_out']
    rows = [['', '合计'] + [Cell(v, i, fund='government_fund') for v, i in zip((0, fund, fund, 0, fund, 0), ids)]]
    for code, (value,) in funds.items():
        rows.append([code, NAMES[code]] + [Cell(v, i, fund='government_fund', **{level(code): code}) for v, i in zip((0, value, value, 0, value, 0), ids)])
    header = [[('项目', 2, 1), ('年初结转和结余', 1, 2), ('本年收入', 1, 2), ('本年支出', 3, 1), ('年末结转和结余', 1, 2)],
              [('科目编码', 1, 1), ('科目名称', 1, 1), ('小计', 1, 1), ('基本支出', 1, 1), ('项目支出', 1, 1)]]
    out.append(Table('公开07表', '政府性基金预算财政拨款收入支出决算表', header, rows))
    capital = a.by_code({'2230105': (a.capital, 0, a.capital)}) if a.capital else {}
    out.append(by_function('公开08表', '国有资本经营预算财政拨款支出决算表', capital, 'state_capital', (a.capital, 0, a.capital)))
    # 09
    cells = []
    for figures, basis in ((a.budget, 'budget'), (a.three, 'final')):
        vehicles = figures['purchase'] + figures['running']
        total = vehicles + figures['abroad'] + figures['guests']
        for value, id in zip((total, figures['abroad'], vehicles, figures['purchase'], figures['running'], figures['guests']),
                             ('total', 'abroad', 'vehicles', 'vehicles.purchase', 'vehicles.running', 'guests')):
            cells.append(Cell(value, f'three_public.{id}', **({'basis': basis} if basis == 'budget' else {})))
    half = [('合计', 1, 2), ('因公出国（境）费', 1, 2), ('公务用车购置及运行维护费', 3, 1), ('公务接待费', 1, 2)]
    header = [[('预算数', 6, 1), ('决算数', 6, 1)], half * 2, [(t, 1, 1) for t in ('小计', '公务用车购置费', '公务用车运行维护费') * 2]]
    rows = [cells]
    if style != 'old':
        header.append([(str(at), 1, 1) for at in range(1, 13)])
    out.append(Table('公开09表', '“三公”经费支出决算表', header, rows))
    return out


def head(*columns):
    return [[('项目', 2, 1)] + [(text, 1, 2) for text in columns], [('功能分类科目编码', 1, 1), ('科目名称', 1, 1)],
            [('栏次', 2, 1)] + [(str(at + 1), 1, 1) for at in range(len(columns))]]


class Said:
    """A paragraph with its figures: {name} of a format string."""

    def __init__(self, text, **cells):
        self.text, self.cells = text, cells


def sections(a, unit):
    """The outline: (level, number, heading, content)."""
    y, last = a.year, a.year - 1
    three, budget = a.three, a.budget
    vehicles = three['purchase'] + three['running']
    total = vehicles + three['abroad'] + three['guests']
    planned = sum(budget.values())
    share = lambda part, whole: f'{part * 100 / whole:.2f}%' if whole else '0%'
    money = lambda value, id, **dims: Cell(value, id, **dims)
    duties = ['贯彻执行有关法律法规和方针政策，拟订本行业发展规划并组织实施。', '承担行业管理和公共服务工作，指导下属单位业务。', '完成上级交办的其他任务。']
    out = [(1, '第一部分', '部门概况', []), (2, '一、', '主要职责', duties),
           (2, '二、', '机构设置', [f'从决算单位构成看，{a.name}部门决算包括本级决算和所属事业单位决算，内设机构五个。'])]
    out.append((1, '第二部分', f'{y}年度部门决算表', ['TABLES']))
    out.append((1, '第三部分', f'{y}年度部门决算情况说明', []))
    u = unit
    said = [
        ('收入支出决算总体情况说明', [Said(f'{y}年度收、支总计{{a}}{u}。与{last}年度相比，收、支总计各增加{yuan(a.total // 20)}{u}，增长{share(a.total // 20, a.total)}，主要原因是项目有所增加。',
                                  a=money(a.total, 'account.income'))]),
        ('收入决算情况说明', [Said(f'本年收入合计{{a}}{u}，其中：财政拨款收入{{b}}{u}，占{share(sum(a.fiscal_income.values()), a.income)}；事业收入{{c}}{u}，占{share(a.business, a.income)}；其他收入{{d}}{u}，占0%。',
                             a=money(a.income, 'income.total'), b=money(sum(a.fiscal_income.values()), 'income.fiscal'), c=money(a.business, 'income.business'), d=money(0, 'income.other'))]),
        ('支出决算情况说明', [Said(f'本年支出合计{{a}}{u}，其中：基本支出{{b}}{u}，占{share(a.basic, a.expenditure)}；项目支出{{c}}{u}，占{share(a.expenditure - a.basic, a.expenditure)}；经营支出{{d}}{u}，占0%。',
                             a=money(a.expenditure, 'expenditure.total'), b=money(a.basic, 'expenditure.basic'), c=money(a.expenditure - a.basic, 'expenditure.project'), d=money(0, 'expenditure.operating'))]),
        ('财政拨款收入支出决算总体情况说明', [Said(f'{y}年度财政拨款收、支总计{{a}}{u}。与{last}年度相比，财政拨款收、支总计各减少{yuan(a.fiscal_total // 50)}{u}，下降2%。',
                                     a=money(a.fiscal_total, 'fiscal.account.income'))]),
        ('一般公共预算财政拨款支出决算情况说明', [Said(f'{y}年度一般公共预算财政拨款支出{{a}}{u}，占本年支出合计的{share(a.general, a.expenditure)}。与{last}年度相比，增加{yuan(a.general // 30)}{u}。',
                                       a=money(a.general, 'fiscal.expenditure', fund='general_budget'))]),
        ('一般公共预算财政拨款基本支出决算情况说明', [Said(f'{y}年度一般公共预算财政拨款基本支出{{a}}{u}，其中：人员经费{{b}}{u}，主要包括基本工资、津贴补贴、奖金等；公用经费{{c}}{u}，主要包括办公费、水费、电费、差旅费等。',
                                         a=money(a.basic, 'fiscal.expenditure.basic', fund='general_budget'), b=money(a.personnel, 'basic.personnel'), c=money(a.running, 'basic.running'))]),
        ('“三公”经费支出决算情况说明', [
            Said(f'{y}年度“三公”经费财政拨款支出预算为{{b}}{u}，支出决算为{{a}}{u}，完成预算的{share(total, planned)}。',
                 a=money(total, 'three_public.total'), b=money(planned, 'three_public.total', basis='budget')),
            Said(f'因公出国（境）费支出决算为{{a}}{u}，与预算持平。', a=money(0, 'three_public.abroad')),
            Said(f'公务用车购置及运行维护费支出决算为{{a}}{u}，其中：公务用车购置支出{{b}}{u}；公务用车运行维护支出{{c}}{u}，主要用于燃料、维修和保险。年末公务用车保有量为{{d}}辆。',
                 a=money(vehicles, 'three_public.vehicles'), b=money(0, 'three_public.vehicles.purchase'), c=money(three['running'], 'three_public.vehicles.running'),
                 d=Cell(a.cars, 'three_public.vehicles.held', shown=str(a.cars))),
            Said(f'公务接待费支出决算为{{a}}{u}。全年国内公务接待批次{{b}}批次，国内公务接待人次{{c}}人次。', a=money(three['guests'], 'three_public.guests'),
                 b=Cell(a.groups, 'three_public.groups', shown=str(a.groups)), c=Cell(a.persons, 'three_public.visitors', shown=str(a.persons)))]),
        ('机关运行经费支出情况说明', [Said(f'{y}年度机关运行经费支出{{a}}{u}，比{last}年度增加{yuan(a.running // 40)}{u}。', a=money(a.running, 'agency.running_costs'))]),
        ('政府采购支出情况说明', [Said(f'{y}年度政府采购支出总额{{a}}{u}，其中：政府采购货物支出{{b}}{u}、政府采购工程支出{{c}}{u}、政府采购服务支出{{d}}{u}。',
                                a=money(a.goods + a.services, 'procurement.total'), b=money(a.goods, 'procurement.goods'), c=money(0, 'procurement.works'), d=money(a.services, 'procurement.services'))]),
        ('国有资产占用情况说明', [Said(f'截至{y}年12月31日，本部门共有车辆{{a}}辆，其中：机要通信用车1辆、其他用车{a.cars}辆；单价100万元以上设备（不含车辆）0台（套）。',
                                a=Cell(a.cars + 1, 'property.vehicles', shown=str(a.cars + 1)))]),
        ('预算绩效情况说明', [f'我单位对{y}年度项目支出全面开展绩效自评，自评结果较好。']),
    ]
    numerals = '一二三四五六七八九十'
    for at, (heading, content) in enumerate(said):
        number = numerals[at] if at < 10 else '十' + numerals[at - 10]
        out.append((2, number + '、', heading, content))
    out.append((1, '第四部分', '名词解释', ['财政拨款收入：指本级财政当年拨付的资金。', '基本支出：指为保障机构正常运转、完成日常工作任务而发生的支出。', '“三公”经费：指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。']))
    return out


def shown(cell, commas):
    if cell is None:
        return ''
    if isinstance(cell, str):
        return cell
    if cell.shown is not None:
        return cell.shown
    return yuan(cell.value, commas)


def number_of(cell):
    return cell.value if cell.shown is not None else cell.value / 100


class Document:
    """One file: what stands in it, and its truth."""

    def __init__(self, path, account, title, *, unit='万元', style='', tables_kept=None, prose=True, commas=False, failed=(), alter=None, agency=None, accept=(), titled=False, split_codes=False, blanks=False):
        self.path, self.a, self.title, self.unit, self.commas = path, account, title, unit, commas
        self.failed, self.agency = list(failed), agency or account.name
        self.accept = [self.agency, *accept]
        self.tables = tables(account, style)
        if tables_kept is not None:
            self.tables = [table for at, table in enumerate(self.tables) if at in tables_kept]
        self.sections = sections(account, unit) if prose else [one for one in sections(account, unit) if one[1] == '第二部分' or one[0] == 1 and one[1] == '第一部分']
        if not self.tables:
            self.sections = [one for one in self.sections if one[1] != '第二部分']
        if alter:
            alter(self)
        # The table's title is a line above it: a heading of its own.
        self.titled = titled
        if split_codes:
            self.tables = [split(table) for table in self.tables]
        self.blanks = blanks

    def said(self, part):
        if isinstance(part, str):
            return part
        return part.text.format(**{name: shown(cell, self.commas) for name, cell in part.cells.items()})

    def truth(self, furniture=()):
        indicators = []
        for table in self.tables:
            for row in table.rows:
                for cell in row:
                    if isinstance(cell, Cell):
                        blank = self.blanks and not cell.value
                        indicators.append({'id': cell.id, 'dims': cell.dims, 'value': None if blank else number_of(cell), 'status': 'blank' if blank else 'reported',
                                           'from': {'table': table.number}})
        for _, _, heading, content in self.sections:
            for part in content:
                if isinstance(part, Said):
                    for cell in part.cells.values():
                        indicators.append({'id': cell.id, 'dims': cell.dims, 'value': number_of(cell), 'status': 'reported', 'from': {'section': heading}})
        ids, parents = [], {}
        listed = []
        for at, (depth, number, heading, _) in enumerate(self.sections):
            parents[depth] = f's{at + 1}'
            listed.append({'id': f's{at + 1}', 'parent': parents.get(depth - 1) if depth > 1 else None, 'level': depth, 'number': number.rstrip('、'), 'heading': heading})
            if number == '第二部分' and self.titled:
                listed += [{'id': f'{parents[1]}.{table.number}', 'parent': parents[1], 'level': 2, 'number': None, 'heading': table.title} for table in self.tables]
        return {'source': {'path': self.path, 'part': 0, 'parts': 1}, 'kind': 'annual_report', 'title': self.title,
                'agency': {'name': self.agency, 'accept': self.accept}, 'period': {'year': self.a.year}, 'sections': listed,
                'indicators': indicators, 'checks': [{'rule': rule, 'status': 'fail'} for rule in self.failed]}


def other(path):
    return {'source': {'path': path, 'part': 0, 'parts': 1}, 'kind': 'other'}


# ---- Writers -------------------------------------------------------------------------------------------------------

def html_table(document, table, inside):
    """`inside`: title, number and unit are rows of the table, as spreadsheets are saved."""
    width = sum(columns for _, columns, _ in table.header[0])
    lines = ['<table border="1" cellspacing="0">']
    if inside:
        lines.append(f'<tr><td colspan="{width}">{table.title}</td></tr>')
        lines.append(f'<tr><td colspan="{width}">{table.number}</td></tr>')
        lines.append(f'<tr><td colspan="{width - 1}">部门：{document.a.name}</td><td>金额单位：{document.unit}</td></tr>')
    for row in table.header:
        cells = ''.join(f'<td{span("colspan", c)}{span("rowspan", r)}>{html.escape(text)}</td>' for text, c, r in row)
        lines.append(f'<tr>{cells}</tr>')
    for row in table.rows:
        blank = lambda cell: document.blanks and isinstance(cell, Cell) and not cell.value
        cells = ''.join(f'<td>{"" if blank(cell) else html.escape(shown(cell, document.commas)) or "&nbsp;"}</td>' for cell in row)
        lines.append(f'<tr>{cells}</tr>')
    return '\n'.join(lines + ['</table>'])


def span(name, count):
    return f' {name}="{count}"' if count > 1 else ''


def body(document, paragraph, heading, table):
    lines = []
    for depth, number, name, content in document.sections:
        lines.append(heading(depth, f'{number} {name}' if depth == 1 else number + name))
        for part in content:
            if part == 'TABLES':
                for one in document.tables:
                    lines += table(one)
            else:
                lines.append(paragraph(document.said(part)))
    return lines


def page(document, *, inside=False, word=False):
    cls = ' class="MsoNormal"' if word else ''
    paragraph = lambda text: f'<p{cls}>{html.escape(text)}</p>'
    heading = lambda depth, text: f'<p{cls}><b>{html.escape(text)}</b></p>' if word or depth > 1 else f'<h2>{html.escape(text)}</h2>'

    def table(one):
        if inside:
            return [html_table(document, one, True)]
        return [paragraph(one.title), paragraph(f'{one.number}　部门：{document.a.name}　金额单位：{document.unit}'), html_table(document, one, False)]
    text = '\n'.join(body(document, paragraph, heading, table))
    if word:
        return (f'<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><title>{document.title}</title></head>'
                f'<body lang=ZH-CN><div class=WordSection1><p class="MsoNormal" align="center"><b>{document.title}</b></p>\n{text}</div></body></html>')
    return (f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{document.title}</title></head><body>\n'
            f'<div class="nav"><a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; <a href="/ysgk">财政预决算</a></div>\n'
            f'<h1>{document.title}</h1>\n<div class="meta">发布时间：{document.a.year + 1}-09-20</div>\n<div class="content">\n{text}\n</div>\n'
            f'<div class="footer"><a href="/about">关于我们</a> <a href="/map">网站地图</a></div></body></html>\n')


def dump(document, *, flattened):
    """A text as crawlers leave it: one cell a line, or one row a line."""
    lines = [document.title]

    def table(one):
        rows = [[(text, 1) for text, _, _ in row] for row in one.header] if flattened else []
        out = [f'{one.title}　单位：{document.unit}']
        if flattened:
            for row in rows[1:2] if len(rows) > 1 and one.title.endswith('总表') else rows[:1]:
                pass
        header = flat_header(one)
        for row in [header] + [[shown(cell, document.commas) for cell in row] for row in one.rows]:
            if flattened:
                out += [f'{cell} |' for cell in row]
            else:
                out.append(' | '.join(row))
        return out
    return '\n'.join(lines + body(document, lambda text: text, lambda _, text: text, table)) + '\n'


def flat_header(table):
    """The lowest header text of each column."""
    width = sum(columns for _, columns, _ in table.header[0])
    grid, taken = [], {}
    for at, row in enumerate(table.header):
        line, column = [], 0
        for text, columns, rows in row:
            while (at, column) in taken:
                line.append(taken[(at, column)])
                column += 1
            for one in range(columns):
                line.append(text)
                for below in range(1, rows):
                    taken[(at + below, column + one)] = text
            column += columns
        while (at, column) in taken:
            line.append(taken[(at, column)])
            column += 1
        grid.append(line[:width])
    return grid[1] if len(grid) > 1 else grid[0]


def pdf(document, target):
    style = '<style>@page{size:A4 landscape;margin:18mm}body{font-family:"Noto Serif CJK SC";font-size:9pt}table{border-collapse:collapse;width:100%}td{border:0.6pt solid #000;padding:1pt 3pt}tr{break-inside:avoid}h1{text-align:center;font-size:16pt}</style>'
    text = page(document).replace('<body>', '<body>' + style)
    text = text[:text.index('<div class="nav">')] + text[text.index('<h1>'):text.index('<div class="footer">')] + '</body></html>'
    text = text.replace(f'<div class="meta">发布时间：{document.a.year + 1}-09-20</div>', '')
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / 'page.html'
        source.write_text(text, encoding='utf-8')
        subprocess.run(['chromium', '--headless', '--no-sandbox', '--disable-gpu', '--no-pdf-header-footer', '--disable-pdf-tagging', f'--print-to-pdf={target}', f'file://{source}'], check=True, stderr=subprocess.DEVNULL)


# ---- The archive ---------------------------------------------------------------------------------------------------

def project_slip(document):
    """In 03 the total of project expenditure lost a digit."""
    cell = document.tables[2].rows[0][4]
    cell.value -= 900000


def guests_slip(document):
    """In 09 the total of the final account leaves out the receptions."""
    row = document.tables[-1].rows[0]
    row[6].value -= row[11].value


def prose_slip(document):
    """The text still has last year's income."""
    for _, _, heading, content in document.sections:
        if heading == '收入决算情况说明':
            content[0].cells['a'].value += 1234500


def main():
    documents = [
        Document('zhejiang/quzhou/art_1229_4410.html', Account(1, '衢州市柯城区水利局', 2023, '213', carried_in=1203300, carried_out=870045), '衢州市柯城区水利局2023年度部门决算', accept=['柯城区水利局'], titled=True),
        Document('hunan/chenzhou/content_3311.htm', Account(2, '郴州市文化旅游广电体育局', 2022, '207', business=3300000), '郴州市文化旅游广电体育局2022年度部门决算公开', failed=['FA.EXPENDITURE', 'FA.PROSE'], alter=project_slip),
        Document('sichuan/yibin/t20210917.html', Account(3, '宜宾市翠屏区教育和体育局', 2020, '205', fund=2200000), '宜宾市翠屏区教育和体育局2020年度部门决算说明', commas=True),
        Document('jiangxi/ganzhou/2019js.html', Account(4, '赣州市章贡区水利局', 2018, '213', carried_in=300000, carried_out=120000), '赣州市章贡区水利局2018年度部门决算', style='old', tables_kept=[0, 1, 2, 4, 5, 8], titled=True),
        Document('dumps/crawl_0920_000017.txt', Account(5, '荆门市东宝区文化和旅游局', 2021, '207'), '荆门市东宝区文化和旅游局2021年度部门决算', tables_kept=[1, 2, 4], failed=['FA.PROSE'], alter=prose_slip),
        Document('dumps/crawl_0920_000031.txt', Account(6, '安康市汉滨区教育局', 2022, '205', business=880000), '安康市汉滨区教育局2022年部门决算', tables_kept=[2, 4]),
        Document('guangxi/hechi/t20240912_331.html', Account(7, '河池市宜州区水利局', 2023, '213', capital=560000), '河池市宜州区水利局2023年度部门决算', tables_kept=[]),
        Document('shandong/linyi/P020240920.pdf', Account(8, '临沂市兰山区文化和旅游局', 2023, '207', fund=1500000), '临沂市兰山区文化和旅游局2023年度部门决算', failed=['FA.THREE', 'FA.PROSE'], alter=guests_slip, titled=True),
        Document('guizhou/zunyi/bmjs_2024.html', Account(9, '遵义市播州区政府办公室', 2024, '201', carried_out=44000), '2024年度遵义市播州区政府办公室部门决算公开', unit='元', titled=True),
        Document('jiangsu/yancheng/t20230915.html', Account(10, '盐城市亭湖区教育局', 2022, '205', fund=800000), '盐城市亭湖区教育局2022年度部门决算公开', split_codes=True, blanks=True, titled=True),
    ]
    writers = [
        lambda d: page(d), lambda d: page(d, inside=True, word=True), lambda d: page(d, inside=True), lambda d: page(d),
        lambda d: dump(d, flattened=True), lambda d: dump(d, flattened=False), lambda d: page(d), None, lambda d: page(d, word=True), lambda d: page(d),
    ]
    truth = []
    for document, writer in zip(documents, writers):
        target = CORPUS / document.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if writer is not None:
            target.write_text(writer(document), encoding='utf-8')
        elif '--no-pdf' not in sys.argv:
            pdf(document, target)
        truth.append(document.truth())
    notice = ('hebei/cangzhou/t20230801.html', '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>关于批复2022年度部门决算的通知</title></head><body><h1>关于批复2022年度部门决算的通知</h1>\n'
              '<p>区直各部门：</p><p>根据区人大常委会审查批准的决算，现将你单位2022年度部门决算批复如下，请在二十日内向社会公开。</p><p>区财政局</p><p>2023年8月1日</p></body></html>\n')
    listing = ('henan/anyang/index.html', '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>部门决算专栏</title></head><body><ul>\n' + '\n'.join(
        f'<li><a href="/{year}/{at}.html">安阳市{name}{year}年度部门决算</a> {year + 1}-09-{at + 10}</li>' for year in (2021, 2022) for at, name in enumerate(('水利局', '教育局', '司法局', '民政局'))) + '\n</ul></body></html>\n')
    for path, text in (notice, listing):
        target = CORPUS / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding='utf-8')
        truth.append(other(path))
    with open(HERE / 'truth.jsonl', 'w', encoding='utf-8') as out:
        for record in truth:
            out.write(json.dumps(record, ensure_ascii=False, separators=(',', ':')) + '\n')


main()
