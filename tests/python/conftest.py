"""What the tests of `import trex` share: engines of the golden data, and our own samples."""

# SPDX-License-Identifier: Apache-2.0
import json
import os
import pathlib

import pytest

os.environ.setdefault("MPLBACKEND", "agg")
ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
STEMS = ("mobilenet.qat", "mobilenet_v2_residuals.qat")


def files_of(stem):
    base = SHARED / "corpus" / "trex-tests" / f"{stem}.onnx.engine"
    kinds = ("graph.json", "profile.json", "profile.metadata.json", "build.metadata.json")
    return [f"{base}.{kind}" for kind in kinds]


@pytest.fixture(scope="session", params=STEMS)
def golden(request):
    path = SHARED / "goldens" / f"tests_{request.param}.json"
    if not path.exists():
        pytest.skip("the golden data is not in this checkout")
    return json.loads(path.read_text())


@pytest.fixture(scope="session")
def plan(golden):
    import trex

    return trex.EnginePlan(*files_of(golden["engine"].replace("tests_", "")))


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    """A folder with all example engines: nothing of it is anyone else's."""
    import trex

    folder = tmp_path_factory.mktemp("samples") / "engines"
    trex.write_samples(folder, records=200)
    return folder


@pytest.fixture(scope="session")
def sample_graphs(samples):
    return sorted(samples.rglob("*.graph.json"))


@pytest.fixture(scope="session")
def sample_plan(sample_graphs):
    """The ResNet-18 sample with quantization, with all its files."""
    import trex

    graph = next(path for path in sample_graphs if "resnet18" in str(path) and "qat" in str(path))
    stem = str(graph)[: -len(".graph.json")]
    kinds = ("graph.json", "profile.json", "profile.metadata.json", "build.metadata.json")
    return trex.EnginePlan(*(f"{stem}.{kind}" for kind in kinds))


@pytest.fixture(autouse=True)
def no_windows(monkeypatch):
    """Charts are made, but no browser opens."""
    try:
        import plotly.io
    except ImportError:
        return
    monkeypatch.setattr(plotly.io, "show", lambda *args, **kwargs: None)
