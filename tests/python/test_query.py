"""SQL over engines and datasets, as dataframes."""

# SPDX-License-Identifier: Apache-2.0
import subprocess
import sys

import pytest
import trex

pytestmark = pytest.mark.skipif(
    not trex._core.has_duckdb(), reason="DuckDB's library is not here (tools/deps.sh store)"
)


@pytest.fixture(scope="module")
def folder(samples):
    return samples


def test_one_engine(sample_graphs):
    graph = next(path for path in sample_graphs if "qat" in str(path))
    engine = trex.load(graph)
    frame = trex.query(
        graph, "SELECT type, count(*) AS n, sum(time_ms) AS ms FROM layers GROUP BY type ORDER BY n DESC"
    )
    groups = engine.all_layers.group_by("type", ["sum:time_ms"]).to_pandas()
    assert dict(zip(frame["type"], frame["n"])) == dict(zip(groups["type"], groups["count"]))
    assert frame["ms"].sum() == pytest.approx(groups["time_ms"].sum())
    frame.loc[0, "ms"] = 0.0  # the caller's own


def test_many_engines_and_parameters(folder, sample_graphs):
    engines = trex.query(folder, "SELECT engine, layer_count FROM engines ORDER BY engine")
    assert len(engines) == len(trex.load_all(folder))
    sql = "SELECT name, time_ms FROM layers WHERE time_ms > $least AND type = $kind"
    slow = trex.query([folder], sql, {"least": 0.01, "kind": "Convolution"})
    assert len(slow) > 0 and (slow["time_ms"] > 0.01).all()
    same = trex.query(folder, sql.replace("$least", "?").replace("$kind", "?"), [0.01, "Convolution"])
    assert same.equals(slow)
    table = trex.query_table(folder, "SELECT ? AS a, ? AS b, ? AS c, ? AS d", [None, True, 7, "x'; --"])
    assert table.rows() == [{"a": None, "b": True, "c": 7, "d": "x'; --"}]


def test_numbers_of_numpy_are_parameters(sample_graphs):
    np = pytest.importorskip("numpy")
    table = trex.query_table(sample_graphs[0], "SELECT ? AS a, ? AS b", [np.int32(5), np.float32(0.5)])
    assert table.rows() == [{"a": 5, "b": 0.5}]


@pytest.mark.parametrize(
    "sql, params, error, message",
    [
        ("SELEC 1", None, trex.Error, "SELEC"),
        ("SELECT nothing FROM layers", None, trex.Error, "nothing"),
        ("COPY (SELECT 1) TO 'x.csv'", None, trex.Error, ""),
        ("SELECT ?", [object()], TypeError, "a parameter is"),
        ("SELECT ?", "x", TypeError, "not a text"),
        ("SELECT ?", [2**70], OverflowError, ""),
        ("SELECT $a", {"b": 1}, trex.Error, ""),
    ],
)
def test_errors(sample_graphs, sql, params, error, message):
    with pytest.raises(error, match=message):
        trex.query(sample_graphs[0], sql, params)


def test_engines_that_cannot_be_loaded(sample_graphs, tmp_path):
    broken = tmp_path / "broken.graph.json"
    broken.write_text('{"Layers": [')
    with pytest.raises(trex.Error):
        trex.query([sample_graphs[0], broken], "SELECT * FROM engines")
    with pytest.warns(UserWarning, match="left out"):
        frame = trex.query([sample_graphs[0], broken], "SELECT * FROM engines", keep_going=True)
    assert len(frame) == 1


def test_views():
    frame = trex.views()
    assert {"engines", "layers", "findings", "timing"} <= set(frame["view"])
    assert (trex.views("layers")["meaning"].str.len() > 0).all()
    with pytest.raises(ValueError, match="layers"):
        trex.views("layer")


def test_dataset(folder, sample_graphs, tmp_path):
    dataset = trex.Dataset(tmp_path / "fleet")
    assert "nothing yet" in repr(dataset)
    added = dataset.add(*sample_graphs[:2], gpu="A10")
    assert len(added) == 2 == len(dataset)
    assert dataset.add(*sample_graphs[:3]) and len(dataset) == 3  # each once
    engines = dataset.list()
    assert len(engines) == 3 and "A10" in set(engines["gpu"]) and set(added) < set(engines["engine_id"])
    layers = dataset.to_pandas()
    assert len(layers) == sum(len(trex.load(path).all_layers) for path in sample_graphs[:3])
    totals = dataset.query("SELECT engine_id, sum(time_ms) AS ms FROM layers GROUP BY ALL")
    assert totals["ms"].sum() == pytest.approx(layers["time_ms"].sum())
    assert dataset.query_table("SELECT count(*) AS n FROM layers WHERE gpu = ?", ["A10"])["n"][0] > 0
    with pytest.raises(ValueError, match="no view"):
        dataset.to_pandas("layers; DROP")
    with pytest.raises(trex.Error):
        trex.Dataset(tmp_path / "nothing").list()


def test_ctrl_c_stops_a_query(sample_graphs):
    code = (
        "import signal, trex\n"
        "signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.5)\n"
        "try:\n"
        f"    trex.query({str(sample_graphs[0])!r}, 'SELECT count(*) FROM range(1000000000) a, range(1000000000) b')\n"
        "except KeyboardInterrupt:\n"
        "    print('stopped')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "stopped", done.stderr
