#!/usr/bin/env python3
"""Weights for the confidence of readings, from reports whose truth is known.

    calibrate.py --set TRUTH.jsonl RECORDS.jsonl [--set …] [--write crates/nianbao/data/confidence.toml]

Each set is the truth of a generator and the records that nianbao made of its files. The weights are fitted on
one half of the files (by the hash of their names) and judged on the other: the curve printed says, for readings
of each confidence, how many of them were right. Python 3, standard library only.
"""
import argparse
import hashlib
import json
import math
from collections import Counter, defaultdict

FACTORS = {
    "cell": {
        "label": ["same", "alike", "placed", "unlabelled", "borrowed"],
        "column": ["list", "header", "part_of_header", "counted"],
        "shape": ["grid", "ruled", "aligned", "flattened"],
        "status": ["reported", "blank", "not_applicable", "unreadable"],
        "check": ["confirmed", "contradicted", "silent"],
    },
    "prose": {
        "phrasing": ["stated", "inverted", "announced", "shared", "denied"],
        "bound": ["exact", "more_than", "less_than", "about"],
        "dimensions": ["own", "of_other_time_or_scope"],
        "check": ["confirmed", "contradicted", "silent"],
    },
}
# The level of each factor whose weight is 0.
REFERENCE = {"label": "same", "column": "list", "shape": "grid", "status": "reported", "phrasing": "stated",
             "bound": "exact", "dimensions": "own", "check": "silent"}
# How strongly weights are drawn to 0, in readings.
RIDGE = 1.0
# Readings that are taken to have been wrong beside those that were, in each of `cell` and `prose`: what
# generators do not think of.
UNSEEN = 1.0
HEADER = """\
# How sure readings of indicators are: weights of a logistic regression. A reading's weights are added up
# (`base` and one of each row that applies); its confidence is 1 / (1 + exp(-sum)). Made by
# `bench/calibration/calibrate.py` from generated reports whose truth is known; the curve stands in
# bench/calibration/results.
"""


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def name(path):
    return path.rsplit("/", 1)[-1]


def key(indicator):
    dims = {k: v for k, v in (indicator.get("dims") or {}).items() if (k, v) != ("applicant", "all")}
    value = indicator.get("value")
    return indicator["id"], tuple(sorted(dims.items())), None if value is None else round(float(value), 6)


def is_prose(indicator):
    return "section" in (indicator.get("from") or {})


def words(record):
    """What the checks say of each indicator."""
    found = ["silent"] * len(record["indicators"])
    for check in record["checks"]:
        for ref in check["refs"]:
            at = ref["index"]
            if check["status"] == "fail":
                found[at] = "contradicted"
            elif check["status"] == "pass" and found[at] != "contradicted":
                found[at] = "confirmed"
    return found


def observations(truth_path, records_path):
    """(half, kind, levels, right) of every reading whose report has a truth."""
    truth = defaultdict(list)
    for report in lines(truth_path):
        if report["kind"] == "annual_report":
            truth[name(report["source"]["path"])].append(report)
    for record in lines(records_path):
        if record["kind"] != "annual_report":
            continue
        file = name(record["source"]["path"])
        known = truth.get(file)
        if not known:
            continue
        cells, prose, free = set(), set(), ()
        for report in known:
            free += tuple(report.get("optional_ids") or ())
            for indicator in report.get("indicators") or []:
                if is_prose(indicator):
                    prose.add(key(indicator))
                    prose.update(key({**other, "value": indicator["value"]}) for other in indicator.get("alt") or [])
                else:
                    cells.add((key(indicator), indicator["status"]))
        half = hashlib.sha256(file.encode()).digest()[0] % 2
        shapes = {table["id"]: table["shape"] for table in record["tables"]}
        for indicator, word in zip(record["indicators"], words(record)):
            how = indicator["how"]
            if is_prose(indicator):
                if indicator["id"].startswith(free or ("\0",)):
                    continue
                elsewhere = {"period", "scope"} & set(indicator["dims"])
                levels = {"phrasing": how["phrasing"], "bound": indicator["bound"], "check": word,
                          "dimensions": "of_other_time_or_scope" if elsewhere else "own"}
                yield half, "prose", levels, key(indicator) in prose
            else:
                levels = {"label": how["label"], "column": how["column"], "status": indicator["status"],
                          "shape": shapes[indicator["from"]["table"]], "check": word}
                yield half, "cell", levels, (key(indicator), indicator["status"]) in cells


def fit(kind, counted):
    """Newton's method on counts of alike readings: {levels: (right, all)}."""
    names = [("base", None)] + [(f, level) for f, levels in FACTORS[kind].items() for level in levels if level != REFERENCE[f]]
    place = {of: at for at, of in enumerate(names)}
    rows = []
    for levels, (right, count) in counted.items():
        at = [0] + [place[of] for of in levels if of in place]
        rows.append((at, right, count))
    rows.append(([0], 0.0, UNSEEN))
    size = len(names)
    weights = [0.0] * size
    for _ in range(60):
        gradient = [-RIDGE * w for w in weights]
        gradient[0] = 0.0
        hessian = [[0.0] * size for _ in range(size)]
        for at in range(size):
            hessian[at][at] = RIDGE if at else 1e-9
        for at, right, count in rows:
            p = 1 / (1 + math.exp(-sum(weights[a] for a in at)))
            for a in at:
                gradient[a] += right - count * p
                for b in at:
                    hessian[a][b] += count * p * (1 - p)
        step = solve(hessian, gradient)
        weights = [w + max(-2.0, min(2.0, s)) for w, s in zip(weights, step)]
        if max(map(abs, step)) < 1e-6:
            break
    return dict(zip(names, weights))


def solve(matrix, vector):
    size = len(vector)
    rows = [row[:] + [value] for row, value in zip(matrix, vector)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for row in range(size):
            if row != at and rows[row][at]:
                factor = rows[row][at] / rows[at][at]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[at])]
    return [rows[at][size] / rows[at][at] for at in range(size)]


def count(observed):
    counted = defaultdict(lambda: [0, 0])
    for levels, right in observed:
        slot = counted[tuple(sorted(levels.items()))]
        slot[0] += right
        slot[1] += 1
    return counted


def confidence(weights, levels):
    total = weights["base", None] + sum(weights.get(of, 0.0) for of in levels.items())
    return 1 / (1 + math.exp(-total))


def curve(kind, weights, observed):
    edges = [0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0]
    bins = [[0, 0, 0.0] for _ in edges[1:]]
    error = 0.0
    for levels, right in observed:
        sure = confidence(weights, levels)
        error += (sure - right) ** 2
        at = next(i for i, edge in enumerate(edges[1:]) if sure <= edge)
        bins[at][0] += right
        bins[at][1] += 1
        bins[at][2] += sure
    print(f"\n{kind}: {len(observed)} readings of files not fitted on, Brier score {error / max(1, len(observed)):.5f}\n")
    print("| confidence | readings | mean confidence | share right |\n|---|---|---|---|")
    for (low, high), (right, total, sure) in zip(zip(edges, edges[1:]), bins):
        if total:
            print(f"| {low:g} – {high:g} | {total} | {sure / total:.3f} | {right / total:.3f} |")


def toml(weights):
    parts = [HEADER]
    for kind, factors in FACTORS.items():
        parts.append(f"[{kind}]\nbase = {weights[kind]['base', None]:.2f}\n")
        for factor, levels in factors.items():
            # `+ 0.0` turns -0.00 into 0.00.
            values = ", ".join(f"{level} = {round(weights[kind].get((factor, level), 0.0), 2) + 0.0:.2f}" for level in levels)
            parts.append(f"{factor} = {{ {values} }}\n")
        parts.append("\n")
    return "".join(parts).rstrip("\n") + "\n"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--set", nargs=2, action="append", required=True, metavar=("TRUTH", "RECORDS"))
    arguments.add_argument("--write", metavar="FILE", help="write the weights here")
    given = arguments.parse_args()
    found = [one for truth, records in given.set for one in observations(truth, records)]
    weights = {}
    for kind in FACTORS:
        of_kind = [(half, levels, right) for half, k, levels, right in found if k == kind]
        weights[kind] = fit(kind, count((levels, right) for half, levels, right in of_kind if half == 0))
        curve(kind, weights[kind], [(levels, right) for half, levels, right in of_kind if half == 1])
        wrong = Counter(of for _, levels, right in of_kind if not right for of in levels.items())
        total = Counter(of for _, levels, _ in of_kind for of in levels.items())
        print(f"\n{kind}, wrong of all: " + ", ".join(f"{f} {l} {wrong[f, l]}/{total[f, l]}" for f, l in sorted(total)))
    if given.write:
        with open(given.write, "w", encoding="utf-8") as file:
            file.write(toml(weights))


if __name__ == "__main__":
    main()
