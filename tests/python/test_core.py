"""The engine over the C++ core: tables, memory, Arrow, findings, drawings, packaging."""

# SPDX-License-Identifier: Apache-2.0
import ast
import ctypes
import math
import os
import pathlib
import subprocess
import sys
import tarfile
import threading
import zipfile

import pytest
import trex
from conftest import ROOT


@pytest.fixture(scope="module")
def engine(sample_plan):
    return sample_plan.engine


def test_import_is_light():
    """Nothing heavy is imported, and `import trex` works without pandas and numpy."""
    code = (
        "import sys\n"
        "for name in ('numpy', 'pandas', 'plotly', 'ipywidgets', 'IPython'): sys.modules[name] = None\n"
        "import trex, sys\n"
        "print(trex.__version__, len(trex.samples()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[1]) > 0


def test_numbers_are_not_copied(engine):
    """The addresses are the column's own, in numpy and in pandas."""
    import numpy as np

    layers = engine.layers
    for name in ("time_ms", "io_bytes"):
        column = layers[name]
        address = np.asarray(column._native).__array_interface__["data"][0]
        array = column.numpy()
        assert array.__array_interface__["data"][0] == address
        assert not array.flags.owndata and not array.flags.writeable
    frame = layers.to_pandas()
    assert np.shares_memory(frame["time_ms"].to_numpy(), layers["time_ms"].numpy())
    assert not np.shares_memory(layers.to_pandas(copy=True)["time_ms"], layers["time_ms"].numpy())


def test_memory_outlives_the_engine(sample_graphs):
    """An array keeps what it shows alive."""
    import gc

    engine = trex.load(sample_graphs[0])
    array = engine.layers["io_bytes"].numpy()
    before = array.copy()
    del engine
    gc.collect()
    assert (array == before).all()


def test_cells(engine):
    layers = engine.layers
    rows = layers.rows()
    assert len(rows) == len(layers) and list(rows[0]) == layers.columns
    assert layers["time_ms"].unit == "ms" and "mean" in layers["time_ms"].meaning
    times = layers["time_ms"].to_list()
    assert layers["time_ms"][-1] == times[-1]
    with pytest.raises(IndexError):
        layers["time_ms"][len(layers)]
    with pytest.raises(ValueError, match="did you mean 'time_ms'"):
        layers["time_m"]
    assert layers[2:4]["name"].to_list() == layers["name"].to_list()[2:4]


def test_groups_agree_with_pandas(engine):
    layers = engine.layers
    groups = layers.group_by("type", ["sum:time_ms", "mean:io_bytes"])
    frame = layers.to_pandas().groupby("type")
    for row in groups.rows():
        assert row["count"] == len(frame.get_group(row["type"]))
        assert row["time_ms"] == pytest.approx(frame.get_group(row["type"])["time_ms"].sum())


def test_filters(engine):
    slow = engine.query('time_ms > 0.005 and type == "Convolution"')
    assert 0 < len(slow) < len(engine.layers)
    assert all(t > 0.005 for t in slow["time_ms"]) and set(slow["type"]) == {"Convolution"}
    top = engine.layers.top(3)["time_ms"].to_list()
    assert top == sorted(engine.layers["time_ms"].to_list(), reverse=True)[:3]


def test_summary_and_findings(engine):
    summary = engine.summary_json()
    assert summary["layer_count"] == len(engine.layers)
    findings = engine.lint()
    contract = findings.to_json()
    assert len(findings) >= len(contract["findings"]) > 0
    assert {f["rule"] for f in contract["findings"]} <= set(findings.table["rule"])
    only = engine.lint("reformat-share")
    assert set(only.table["rule"]) <= {"reformat-share"}
    with pytest.raises(trex.Error, match="did you mean"):
        engine.lint("reformat-shar")


def test_diff_and_compare(sample_graphs):
    resnets = [trex.load(path) for path in sample_graphs if "resnet18" in str(path)][:3]
    difference = resnets[0].diff(resnets[1], gate=["end_to_end=+1000%"])
    assert len(difference.pairs) > 0 and difference.passed
    assert len(difference.to_json()["waterfall"]) > 0
    assert trex.compare(resnets).startswith("3 engines")


def test_drawings(engine):
    svg = engine.draw()
    assert svg.text.startswith("<svg") and svg._repr_svg_() == svg.text
    assert len(engine.draw("dot", slowest=2).text) < len(engine.draw("dot").text)
    with pytest.raises(trex.Error):
        engine.draw("jpeg")
    with pytest.raises(TypeError):
        engine.draw(colour="type")


def test_rich_tables_are_escaped():
    raw = [{"Name": "<script>alert(1)</script>", "LayerType": "Scale", "Inputs": [], "Outputs": []}]
    plan = trex.EnginePlan(raw)
    shown = plan.engine.layers._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown


def test_explore_is_the_page_with_the_engines_files(engine, tmp_path):
    """The page of trex report; of an engine made from a text, summary and graph."""
    shown = engine.explore(height=500)
    cell = shown._repr_html_()
    assert "height:500px" in cell and "srcdoc=" in cell and "<script" not in cell
    if trex._core.has_page():
        assert 'id="trex-report"' in shown.html()
        path = trex.report([engine, engine], tmp_path / "report.html")
        assert 'id="trex-report"' in pathlib.Path(path).read_text()
    else:  # the stand-in is still shown
        assert engine.name in shown.html()
        with pytest.raises(trex.Error, match="without its page"):
            trex.report(engine, tmp_path / "report.html")
    raw = [{"Name": "a & b", "LayerType": "Scale", "Inputs": [], "Outputs": []}]
    plain = trex.EnginePlan(raw).engine.explore().html()
    assert "trex-report" not in plain and "a &amp; b" in plain


def test_threads_share_an_engine(engine):
    """The GIL is released: results do not depend on who else is running."""
    expected = engine.lint().render("json", 0)
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(engine.lint().render("json", 0)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    library = tmp_path_factory.mktemp("arrow") / "reader.so"
    source = pathlib.Path(__file__).parent / "arrow_reader.c"
    subprocess.run(
        ["cc", "-std=c11", "-Wall", "-Werror", "-shared", "-fPIC", "-O1", source, "-o", library],
        check=True,
    )
    loaded = ctypes.CDLL(str(library))
    loaded.read_stream.restype = ctypes.c_int64
    return loaded


def read_arrow(reader, table):
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    capsule = table.__arrow_c_stream__()
    out, numbers = ctypes.create_string_buffer(1 << 16), ctypes.c_void_p()
    stream = ctypes.c_void_p(pointer(capsule, b"arrow_array_stream"))
    rows = reader.read_stream(stream, out, ctypes.c_int64(len(out)), ctypes.byref(numbers))
    lines = [line.rsplit(" ", 4) for line in out.value.decode().splitlines()]
    return rows, {line[0]: (line[1], int(line[2]), int(line[3]), float(line[4])) for line in lines}, numbers


def test_arrow_stream(engine, reader):
    """A reader in C sees what Python sees, and real columns where they stand."""
    for table in (engine.layers, engine.tensors, engine.bindings, engine.layers.head(0)):
        rows, columns, numbers = read_arrow(reader, table)
        assert rows == len(table) and list(columns) == table.columns
        for name, (_, length, nulls, total) in columns.items():
            cells = table[name].to_list()
            known = [cell for cell in cells if cell is not None]
            assert (length, nulls) == (len(cells), len(cells) - len(known)), name
            sizes = [len(cell.encode()) if isinstance(cell, str)
                     else len(cell) if isinstance(cell, list) else cell for cell in known]
            assert total == pytest.approx(math.fsum(sizes)), name
    _, _, numbers = read_arrow(reader, engine.layers)
    reals = [name for name in engine.layers.columns if engine.layers[name].type == "real"]
    assert numbers.value == engine.layers[reals[0]].numpy().__array_interface__["data"][0]


def test_an_unread_stream_is_released(engine):
    for _ in range(100):
        engine.layers.__arrow_c_stream__()


def test_raw(engine):
    raw = engine.raw(0)
    assert raw["Name"] == engine.all_layers["name"][0]
    with pytest.raises(IndexError):
        engine.raw(10**6)


def test_errors(tmp_path):
    with pytest.raises(trex.Error, match="no such file"):
        trex.load(tmp_path / "nothing.graph.json")
    with pytest.raises(FileNotFoundError):
        trex.EnginePlan(tmp_path / "nothing.json")
    assert issubclass(trex.Error, ValueError)


def test_sources_suit_python_3_9():
    files = list((ROOT / "python").rglob("*.py"))
    assert len(files) > 15
    for path in files:
        ast.parse(path.read_text(), feature_version=(3, 9))


def test_types_are_checked():
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", os.devnull, "--config-file",
         ROOT / "pyproject.toml", ROOT / "python" / "trex"], capture_output=True, text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def backend():
    sys.path.insert(0, str(ROOT / "python" / "backend"))
    try:
        import trex_backend
    finally:
        sys.path.pop(0)
    return trex_backend


def test_wheel(backend, tmp_path):
    """What the backend packs: package, module, program, metadata, nothing else. It installs and goes."""
    program = tmp_path / "trex"
    program.write_text("#!/bin/sh\necho the program\n")  # stands for the built one
    module = pathlib.Path(trex._core.__file__)
    name = backend.write_wheel(module, program, tmp_path)
    with zipfile.ZipFile(tmp_path / name) as wheel:
        names = set(wheel.namelist())
        record = wheel.read(next(n for n in names if n.endswith("RECORD"))).decode()
    modules = {f"trex/{path.name}" for path in (ROOT / "python" / "trex").glob("*.py")}
    stem = f"trex-{trex.__version__}"
    assert names == modules | {
        "trex/_core.pyi", "trex/py.typed", f"trex/{module.name}", f"{stem}.data/scripts/trex",
        *(f"{stem}.dist-info/{part}" for part in ("LICENSE", "METADATA", "WHEEL", "RECORD")),
    }  # fmt: skip
    assert {line.split(",")[0] for line in record.splitlines()} == names
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python]
    subprocess.run(
        [*pip, "install", "--quiet", "--no-deps", "--no-index", tmp_path / name], check=True
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def run(*command):
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=tmp_path, env=environment
        )
        return done.stdout.strip() or done.stderr

    # No source tree, no other package: where it is imported from, and that it works.
    code = "import trex; print(trex.__file__, len(trex.samples()) > 5)"
    installed = run(python, "-c", code).split()
    assert installed[0].startswith(str(tmp_path / "venv")) and installed[1] == "True"
    assert run(tmp_path / "venv" / "bin" / "trex") == "the program"
    subprocess.run([*pip, "uninstall", "--quiet", "--yes", "trex"], check=True)
    assert "No module named 'trex'" in run(python, "-c", "import trex")
    assert not list((tmp_path / "venv").rglob("*trex*"))


def test_sdist(backend, tmp_path):
    """What git tracks, the same bytes each time, and an sdist of its own from what it holds."""
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout")
    name = backend.build_sdist(tmp_path)
    first = (tmp_path / name).read_bytes()
    assert backend.build_sdist(tmp_path) == name and (tmp_path / name).read_bytes() == first
    with tarfile.open(tmp_path / name) as archive:
        names = archive.getnames()
        archive.extractall(tmp_path / "unpacked")
    stem = name[: -len(".tar.gz")]
    for path in ("CMakeLists.txt", "pyproject.toml", "python/trex/__init__.py", "PKG-INFO"):
        assert f"{stem}/{path}" in names
    root = tmp_path / "unpacked" / stem
    code = (
        "import sys; sys.path.insert(0, 'python/backend'); import trex_backend\n"
        f"trex_backend.build_sdist({str(tmp_path / 'unpacked')!r})"
    )
    subprocess.run([sys.executable, "-B", "-c", code], cwd=root, check=True)
    assert (tmp_path / "unpacked" / name).read_bytes() == first


def test_metadata_says_what_pyproject_says(backend):
    tomllib = pytest.importorskip("tomllib")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    metadata = backend._metadata()
    given = {name: tuple(packages) for name, packages in project["optional-dependencies"].items()}
    assert given == backend.EXTRAS
    assert f"Summary: {project['description']}\n" in metadata
    assert f"Requires-Python: {project['requires-python']}\n" in metadata
    assert f"Version: {trex.__version__}\n" in metadata
