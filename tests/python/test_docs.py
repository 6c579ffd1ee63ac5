"""What docs/python.md shows runs as it stands there."""

# SPDX-License-Identifier: Apache-2.0
import importlib
import inspect
import re
import shutil

import pytest
import trex
from conftest import ROOT

TEXT = (ROOT / "docs" / "python.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)


@pytest.fixture(scope="module")
def folder(sample_graphs, tmp_path_factory):
    """The files that the document speaks of."""
    out = tmp_path_factory.mktemp("docs") / "out"
    out.mkdir()
    for name, sample in (("resnet.onnx.engine", "resnet18.qat."), ("other", "resnet18.fp16.")):
        graph = next(path for path in sample_graphs if path.name.startswith(sample))
        stem = graph.name[: -len(".graph.json")]
        for path in graph.parent.glob(f"{stem}.*"):
            shutil.copy(path, out / (name + path.name[len(stem) :]))
    return out.parent


def test_there_are_some():
    assert len(BLOCKS) >= 4 and all("trex" in block for block in BLOCKS)


@pytest.fixture(scope="module")
def scope():
    """The names that earlier examples made: the document is read from the top."""
    return {"trex": trex}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0][:40])
def test_block(block, folder, scope, monkeypatch):
    if "query(" in block and not trex._core.has_duckdb():
        pytest.skip("DuckDB's library is not here (tools/deps.sh store)")
    monkeypatch.chdir(folder)
    for line in filter(None, block.splitlines()):
        if "trex.report(" in line and not trex._core.has_page():
            continue
        if re.match(r"(import |from |[\w.]+ = )", line):
            exec(line, scope)
        else:  # gives something: a DataFrame, a Table, a text ...
            assert eval(line, scope) is not None, line


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (ROOT / "docs" / target).exists(), target


def test_help_is_readable(capsys):
    """help(trex) tells what there is; every public function and class says what it is for."""
    help(trex)
    text = capsys.readouterr().out
    assert "Engine" in text and len(text) < 200_000
    missing = []
    for module in ("engine", "table", "store", "archiving", "engine_plan", "misc", "parser",
                   "df_preprocessing", "plotting", "report_card", "compare_engines", "lint"):
        for name, thing in vars(importlib.import_module(f"trex.{module}")).items():
            if name.startswith("_") or getattr(thing, "__module__", "") != f"trex.{module}":
                continue
            parts = {name: thing} if callable(thing) and hasattr(thing, "__name__") else {}
            if inspect.isclass(thing):
                parts.update((f"{name}.{key}", member) for key, member in vars(thing).items()
                             if inspect.isfunction(member) or isinstance(member, property))
            missing += [f"{module}.{part}" for part, member in parts.items()
                        if not part.split(".")[-1].startswith("_") and not inspect.getdoc(member)]
    assert missing == []
