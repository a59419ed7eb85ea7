#!/usr/bin/env python3
"""Writes fixtures/labelled: the hand-made reports of handmade/, and a small sample of generated ones.

  freeze.py

The sample is frozen: run this only to add hand-made reports, with the same seed and count.
"""
import glob
import json
import os

import generate
import markup

SEED, COUNT, LARGEST = 4711, 120, 4000
HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    out = os.path.join(HERE, '..', '..', 'fixtures', 'labelled')
    os.makedirs(out, exist_ok=True)
    cases = []
    for path in sorted(glob.glob(os.path.join(HERE, 'handmade', '*.mark'))):
        name = os.path.basename(path)[:-len('.mark')]
        with open(path, encoding='utf-8') as f:
            cases.append((name, *markup.convert(f.read(), name)))
    sample = 0
    for n in range(COUNT):
        path, text, truth = generate.one(SEED, n)
        if len(text.encode('utf-8')) <= LARGEST and sample < 40:
            sample += 1
            cases.append((path, text, truth))
    with open(os.path.join(out, 'truth.jsonl'), 'w', encoding='utf-8') as truth_file:
        for path, text, truth in cases:
            with open(os.path.join(out, path), 'w', encoding='utf-8', newline='') as f:
                f.write(text)
            for t in truth:
                truth_file.write(json.dumps(t, ensure_ascii=False) + '\n')


if __name__ == '__main__':
    main()
