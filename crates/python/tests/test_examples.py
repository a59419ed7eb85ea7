"""What users are shown runs: the notebooks, the examples of both READMEs and of the package's documentation, and its types."""

import doctest
import os
import pathlib
import re
import subprocess
import sys

import nbclient
import nbformat
import nianbao
import pytest

HERE = pathlib.Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((HERE / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_to_its_plot(path, root):
    notebook = nbformat.read(path, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "notebooks are committed without their outputs"
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": root}}).execute()
    shown = [output.data for cell in notebook.cells for output in cell.get("outputs", ()) if "data" in output]
    assert any("image/png" in data for data in shown)
    assert any("class='nianbao'" in data.get("text/html", "") for data in shown)


@pytest.mark.parametrize("name", ["README.md", "crates/python/README.md"])
def test_the_examples_of_a_readme_run(root, name):
    text = (root / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    blocks = [block for block in blocks if re.search(r"^import nianbao$", block, re.MULTILINE)]
    assert blocks
    for block in blocks:
        subprocess.run([sys.executable, "-c", block], check=True, cwd=root)


def test_the_examples_of_the_package_run():
    result = doctest.testmod(nianbao)
    assert result.attempted >= 3 and result.failed == 0


USER = """
import nianbao, pyarrow
record: nianbao.Record = nianbao.extract("a.html", settings=nianbao.Settings(keywords=3))
name: str = record["agency"]["name"]
for document in nianbao.extract_many(["a.html", (b"", "b.html")], jobs=2, progress=print):
    if document.error is not None:
        code: str = document.error.code
batch: pyarrow.RecordBatch = nianbao.to_arrow("a.html", failed=[])
"""


def test_types_are_those_of_the_code_and_serve_users(tmp_path):
    def mypy(*words):
        words = [sys.executable, "-m", "mypy", "--strict", "--python-version", "3.10", *words]
        # These have no types, or are not there.
        config = tmp_path / "mypy.ini"
        config.write_text("[mypy]\n[mypy-pyarrow.*,pyspark.*]\nignore_missing_imports = true\n")
        return subprocess.run([*words, "--config-file", str(config), "--cache-dir", os.devnull], cwd=tmp_path,
                              capture_output=True, text=True)

    (tmp_path / "user.py").write_text(USER)
    (tmp_path / "wrong.py").write_text("import nianbao\nnianbao.extract(3)\nnianbao.to_arrow('a', jobs='2')\n")
    for checked in (mypy("-p", "nianbao"), mypy("user.py")):
        assert checked.returncode == 0, checked.stdout
    assert mypy("wrong.py").stdout.count(" error: ") == 2
