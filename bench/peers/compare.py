"""nianbao beside its peers on the same pages; started by `run`, which sees to what it needs."""
from __future__ import annotations

import argparse
import datetime
import json
import math
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from extraction import Run
from measuring import Truth, measure
from report import markdown
from running import HERE, run_dom_smoothie, run_ours, run_peer
from tools import TOOLS

ROOT = HERE.parent.parent
SHARE = 0.6  # of what generate.py writes at least so many are pages with a report


def arguments() -> argparse.Namespace:
    """The command line; `run` gives the programs and the work folder."""
    parser = argparse.ArgumentParser(prog='bench/peers/run', description=__doc__)
    parser.add_argument('--pages', type=Path, metavar='DIR', help='a folder with truth.jsonl and its pages, instead of generated ones')
    parser.add_argument('--generator', type=Path, default=ROOT / 'bench/quality/generate.py', metavar='FILE',
                        help='writes the pages, called as bench/quality/generate.py is (that)')
    parser.add_argument('--count', type=int, default=300, metavar='N', help='pages with a report (300)')
    parser.add_argument('--seed', type=int, default=20, help='of the generated pages (20)')
    parser.add_argument('--rounds', type=int, default=3, help='rounds of which the fastest counts (3)')
    parser.add_argument('--tools', default=','.join((*TOOLS, 'dom_smoothie')), help='peers, parted by commas')
    parser.add_argument('--results', type=Path, metavar='FILE', help='where the table goes (results/DATE.md)')
    parser.add_argument('--work', type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument('--nianbao', type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument('--dom-smoothie', type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def generated(folder: Path, generator: Path, count: int, seed: int) -> Path:
    """A set of generated pages; what it holds beyond `count` is left out when it is read."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, generator, folder, '--seed', str(seed), '--count', str(math.ceil(count / SHARE) + 20)],
                   check=True, stdout=sys.stderr)
    return folder


def load(folder: Path, count: int) -> Truth:
    """The first pages of a set that hold one report each: HTML, since the peers read nothing else."""
    truth: Truth = {}
    with (folder / 'truth.jsonl').open(encoding='utf-8') as lines:
        for want in map(json.loads, lines):
            name = want['source']['path']
            single = want['source'].get('parts', 1) == 1 and want['kind'] == 'annual_report'
            if single and name.lower().endswith(('.html', '.htm', '.shtml')) and len(truth) < count:
                page = folder / 'pages' / name
                truth[str((page if page.exists() else folder / name).resolve())] = want
    return truth


def main() -> None:
    """Runs every tool, prints the table and writes it."""
    args = arguments()
    args.work.mkdir(parents=True, exist_ok=True)
    folder = args.pages or generated(args.work / 'generated', args.generator, args.count, args.seed)
    truth = load(folder, args.count)
    if not truth:
        sys.exit(f'{folder} holds no HTML page with one report')
    pages = [Path(path) for path in truth]
    source = f'`{folder.name}`' if args.pages else f'`{args.generator.parent.name}/{args.generator.name}`, seed {args.seed}'
    runs: list[Run] = [run_ours(args.nianbao, pages, args.work, args.rounds)]
    for name in args.tools.split(','):
        print(f'{name} …', file=sys.stderr)
        if name in TOOLS:
            runs.append(run_peer(name, pages, args.work, args.rounds))
        elif args.dom_smoothie:
            manifest = tomllib.loads((HERE / 'dom_smoothie/Cargo.toml').read_text('utf-8'))
            version = manifest['dependencies']['dom_smoothie'].lstrip('=')
            runs.append(run_dom_smoothie(args.dom_smoothie, version, pages, args.work, args.rounds))
    today = datetime.date.today().isoformat()
    about = (f'# {today}\n\n{len(pages)} HTML pages with one report each ({source}); in brackets the ratio to nianbao. '
             f'What the figures mean: `../README.md`.')
    text = markdown([measure(run, truth) for run in runs], about)
    results = args.results or HERE / 'results' / f'{today}.md'
    results.parent.mkdir(exist_ok=True)
    results.write_text(text, 'utf-8')
    print(text)


if __name__ == '__main__':
    main()
