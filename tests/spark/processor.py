"""Processor time of this process and all that descend from it. Linux alone."""

import os
import pathlib

_TICKS = os.sysconf("SC_CLK_TCK")


def seconds(children=False):
    """User and system time of all that run now, and of those that they have waited for; with `children`, of those
    that this process has waited for alone."""
    own = os.times()
    if children:
        return own.children_user + own.children_system
    stats = dict(_stats())
    descendants, count = {os.getpid()}, 0
    while count != len(descendants):
        count = len(descendants)
        descendants |= {process for process, (parent, _) in stats.items() if parent in descendants}
    return sum(stats[process][1] for process in descendants if process in stats) / _TICKS


def _stats():
    """Each process with its parent and its ticks."""
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        yield int(folder.name), (int(fields[1]), sum(map(int, fields[11:15])))
