"""The notebooks run to the end, and show pictures and tables."""

# SPDX-License-Identifier: Apache-2.0
import os
import pathlib

import pytest
import trex
from conftest import ROOT

for needed in ("nbconvert", "ipykernel", "plotly", "ipywidgets", "xlsxwriter"):
    pytest.importorskip(needed)

import nbformat  # noqa: E402
from nbconvert.preprocessors import ExecutePreprocessor  # noqa: E402

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


class Runner(ExecutePreprocessor):
    """Debian's ipywidgets opens widgets in a protocol that Debian's nbclient does not know."""

    def on_comm_open_jupyter_widget(self, msg):
        return None


def test_there_are_five():
    assert len(NOTEBOOKS) == 5


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook(path, tmp_path, monkeypatch):
    package = pathlib.Path(trex.__file__).absolute().parents[1]
    monkeypatch.setenv("PYTHONPATH", os.fspath(package))
    notebook = nbformat.read(path, as_version=4)
    runner = Runner(timeout=300, kernel_name="python3")
    runner.preprocess(notebook, {"metadata": {"path": os.fspath(tmp_path)}})
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output["output_type"] == "error"]
    kinds = {kind for output in outputs for kind in output.get("data", {})}
    assert "text/html" in kinds
    if path.stem != "api_examples":  # which has tables alone
        assert kinds & {"application/vnd.plotly.v1+json", "image/svg+xml"}
    if os.environ.get("TREX_KEEP_NOTEBOOKS"):  # to look at
        nbformat.write(notebook, pathlib.Path(os.environ["TREX_KEEP_NOTEBOOKS"]) / path.name)
