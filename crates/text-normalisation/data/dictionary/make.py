"""Makes words.tsv.gz of the dictionary and the weights of jieba (https://github.com/fxsjy/jieba, MIT).

    python3 make.py dict.txt idf.txt

`dict.txt` is the dictionary (word, frequency, tag), `idf.txt` how rare words are in a corpus (word, inverse document
frequency), as they come with jieba and with jieba-rs 0.11. Of a tag the first letter is kept; weights of words that are not in
the dictionary are left out. The first line states the median of all weights, which is that of a word without one.
"""

import gzip
import pathlib
import sys


def rows(path):
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield line.split()


weights = {row[0]: row[1] for row in rows(sys.argv[2]) if len(row) > 1}
sorted_weights = sorted(weights.values(), key=float)
lines = [f"# median\t{sorted_weights[(len(sorted_weights) - 1) // 2]}"]
for word, frequency, tag in sorted(rows(sys.argv[1])):
    lines.append(f"{word}\t{frequency}\t{tag[:1]}\t{weights.get(word, '')}")
text = "\n".join(lines) + "\n"
out = pathlib.Path(__file__).with_name("words.tsv.gz")
out.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
