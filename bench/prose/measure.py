#!/usr/bin/env python3
"""Reads sentences with what a careful researcher notes down, lets nianbao read them, and compares. Standard library only.

    measure.py NIANBAO SENTENCES... [--show]
"""
import argparse
import json
import pathlib
import re
import subprocess
import tempfile

def sentences(path):
    """Each sentence with its year, agency, heading and readings (wanted, allowed)."""
    place, found = None, []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("@"):
            about, heading = line[1:].split("|")
            year, agency = about.split()
            place = (int(year), agency, heading.strip())
        elif line.startswith("\t"):
            text = line.strip()
            name, value, *bound = text.lstrip("?").split()
            reading = (name, float(value), bound[0] if bound else "exact")
            found[-1]["allowed" if text.startswith("?") else "wanted"].append(reading)
        elif line.strip() and not line.startswith("#"):
            found.append({"line": number, "place": place, "text": line, "wanted": [], "allowed": []})
    return found


def document(sentence):
    year, agency, heading = sentence["place"]
    return (
        f"{agency}{year}年政府信息公开工作年度报告\n\n"
        f"本报告由{agency}根据《中华人民共和国政府信息公开条例》编制,所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。\n\n"
        f"{heading}\n\n{sentence['text']}\n"
    )


def reading(indicator):
    dimensions = ",".join(f"{key}={value}" for key, value in sorted(indicator["dims"].items()))
    name = indicator["id"] + (f"[{dimensions}]" if dimensions else "")
    return (name, indicator["value"], indicator.get("bound", "exact"))


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("nianbao")
    options.add_argument("sentences", nargs="+", type=pathlib.Path)
    options.add_argument("--show", action="store_true", help="print each sentence that is read otherwise")
    options = options.parse_args()
    for path in options.sentences:
        wanted = sentences(path)
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "in").mkdir()
            for index, sentence in enumerate(wanted):
                (folder / "in" / f"{index:04}.txt").write_text(document(sentence), encoding="utf-8")
            command = [options.nianbao, "extract", str(folder / "in"), "-o", str(folder / "out"), "--fresh",
                       "--site-evidence", "off", "--join-pages", "off"]
            subprocess.run(command, check=True, capture_output=True)
            read = {}
            for line in (folder / "out" / "records.jsonl").read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                index = int(re.search(r"(\d+)\.txt$", record["source"]["path"]).group(1))
                read.setdefault(index, []).extend(reading(indicator) for indicator in record["indicators"])
        right = missed = extra = whole = 0
        for index, sentence in enumerate(wanted):
            found = set(read.get(index, []))
            misses = [reading for reading in sentence["wanted"] if reading not in found]
            extras = sorted(found - set(sentence["wanted"]) - set(sentence["allowed"]))
            right += len(sentence["wanted"]) - len(misses)
            missed += len(misses)
            extra += len(extras)
            whole += not (misses or extras)
            if options.show and (misses or extras):
                print(f"{path.name}:{sentence['line']} {sentence['text']}")
                for mark, readings in (("-", misses), ("+", extras)):
                    for name, value, bound in readings:
                        print(f"    {mark} {name} {value:g} {bound}")
        precision, recall = right / max(right + extra, 1), right / max(right + missed, 1)
        score = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"{path.name}: {len(wanted)} sentences, {whole} wholly right; {right + missed} readings, "
              f"{missed} missed, {extra} extra: P {precision:.3f} R {recall:.3f} F1 {score:.3f}")


if __name__ == "__main__":
    main()
