"""Reads what callgrind writes out."""
import collections


def total(dump):
    """Instructions of a dump; None where it states none."""
    with open(dump, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith(("summary:", "totals:")):
                return int(line.split()[1])
    return None


def functions(dump, names=None):
    """Own instructions of a dump by function. `names`: of functions by their numbers, from one dump to the next."""
    names = {} if names is None else names
    found, function, called = collections.Counter(), None, False
    with open(dump, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            key, _, value = line.rstrip("\n").partition("=")
            if key in ("fn", "cfn"):
                number, _, name = value.partition(" ")
                if name:
                    names[number] = name.strip()
                if key == "fn":
                    function = names.get(number, number)
            elif key == "calls":
                called = True
            elif line[0] in "+-*0123456789" and function:
                if called:
                    # What a call costs is the called function's own.
                    called = False
                else:
                    found[function] += int(line.split()[1])
    return found
