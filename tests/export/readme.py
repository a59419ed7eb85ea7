"""Runs the examples of README.md: every Python block, and of the shell blocks each `nianbao export` and `datasette`.

    readme.py NIANBAO RECORDS    RECORDS: the folder that `nianbao extract corpus -o out` wrote
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RUN = ("nianbao export ", "datasette ")


def main(nianbao, records):
    root = Path(__file__).resolve().parents[2]
    readme = (root / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(sh|python)\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    nianbao, records = Path(nianbao).resolve(), Path(records).resolve()
    ran = 0
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(records, Path(folder) / "out")
        os.chdir(folder)
        programs = [str(nianbao.parent), str(Path(sys.executable).parent), os.environ["PATH"]]
        environment = dict(os.environ, PATH=os.pathsep.join(programs))
        for language, block in blocks:
            commands = [line for line in block.splitlines() if line.startswith(RUN)]
            if language == "python":
                if "import nianbao\n" in block:
                    # Run where the package is: crates/python/tests.
                    continue
                commands = [[sys.executable, "-c", block]]
            for command in commands:
                print(f"> {command if isinstance(command, str) else block}", flush=True)
                subprocess.run(command, shell=isinstance(command, str), check=True, env=environment)
                ran += 1
    assert ran >= 8, f"{ran} examples: the README was not understood"
    print(f"{ran} examples of the README ran")


if __name__ == "__main__":
    main(*sys.argv[1:])
