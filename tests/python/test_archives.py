"""Archives: one format whoever writes it, and read wherever a file is."""

# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import zipfile

import pytest
import trex
from trex import archiving


@pytest.fixture(scope="module")
def stem(sample_graphs):
    graph = next(path for path in sample_graphs if "resnet18" in str(path) and "qat" in str(path))
    return str(graph)[: -len(".graph.json")]


@pytest.fixture(scope="module")
def tea(stem, tmp_path_factory):
    path = tmp_path_factory.mktemp("archive") / "resnet.tea"
    contents = archiving.create_archive(path, f"{stem}.graph.json")
    assert contents["is_sound"] and contents["has_manifest"]
    return path


def test_contents(tea, stem):
    contents = archiving.verify_archive(tea)
    assert contents["is_sound"] and contents["engine"] == pathlib.Path(stem).name
    kinds = {member["kind"] for member in contents["members"]}
    assert {"graph", "profile", "timing"} <= kinds
    for member in contents["members"]:
        data = (pathlib.Path(stem).parent / member["name"]).read_bytes()
        assert member["size"] == len(data) and len(member["sha256"]) == 64


def test_a_plan_of_an_archive_is_that_of_its_files(tea, stem):
    kinds = ("graph.json", "profile.json", "profile.metadata.json", "build.metadata.json")
    files, archived = trex.EnginePlan(*(f"{stem}.{kind}" for kind in kinds)), trex.EnginePlan(tea)
    assert archived.df.equals(files.df) and len(archived.df) > 10
    for what in ("device_properties", "performance_summary", "builder_cfg", "bindings", "_raw_perf"):
        assert getattr(archived, what) == getattr(files, what) and getattr(files, what)
    assert archived.name == pathlib.Path(tea).name and archived.total_runtime > 0
    named = trex.EnginePlan(f"{tea}/{pathlib.Path(stem).name}.graph.json", tea, tea, tea)
    assert named.df.equals(files.df) and named.builder_cfg == files.builder_cfg
    summaries = [trex.load(path).summary_json() for path in (tea, f"{stem}.graph.json")]
    assert len({len(summary.pop("sources")) for summary in summaries}) == 1  # paths differ
    assert summaries[0] == summaries[1]


def test_every_reader_takes_an_archive(tea, stem):
    name = pathlib.Path(stem).name
    readers = {
        trex.read_graph_file: "graph.json",
        trex.import_graph_file: "graph.json",
        trex.read_profiling_file: "profile.json",
        trex.read_timing_file: "timing.json",
        trex.get_device_properties: "profile.metadata.json",
        trex.get_performance_summary: "profile.metadata.json",
        trex.get_builder_config: "build.metadata.json",
    }
    for read, kind in readers.items():
        wanted = read(f"{stem}.{kind}")
        assert wanted and read(tea) == wanted == read(f"{tea}/{name}.{kind}"), kind
    wanted = trex.read_perf_metadata_file(f"{stem}.build.metadata.json", "build_options")
    assert wanted and trex.read_perf_metadata_file(tea, "build_options") == wanted
    assert trex.read_json(f"{tea}/{name}.profile.json") == trex.read_json(f"{stem}.profile.json")
    with pytest.raises(trex.Error, match="no such file|nothing"):
        trex.read_json(f"{tea}/nothing.json")
    with pytest.raises(FileNotFoundError):
        trex.read_json(f"{tea}x/nothing.json")


def test_what_an_archive_lacks_is_said(stem, tmp_path):
    path = tmp_path / "graph_only.tea"
    with archiving.EngineArchive(path) as archive:
        archive.writef_bin("x.graph.json", pathlib.Path(f"{stem}.graph.json").read_bytes())
    assert len(trex.EnginePlan(path).df) == len(trex.EnginePlan(f"{stem}.graph.json").df)
    with pytest.raises(ValueError, match="holds no profile"):
        trex.read_profiling_file(path)
    assert trex.get_builder_config(path) == {}


def test_what_python_writes_is_what_the_program_writes(stem, tmp_path):
    """Byte by byte: same members, same manifest, same packing."""
    files = sorted(pathlib.Path(stem).parent.glob(pathlib.Path(stem).name + ".*"))
    archiving.create_archive(tmp_path / "a.tea", f"{stem}.graph.json")
    with archiving.EngineArchive(tmp_path / "b.tea") as archive:
        for path in reversed(files):
            archive.writef_bin(path.name, path.read_bytes())
    contents = [archiving.list_archive(tmp_path / name) for name in ("a.tea", "b.tea")]
    sums = [{m["name"]: (m["sha256"], m["packed_size"]) for m in c["members"]} for c in contents]
    assert sums[0] == sums[1] and archiving.verify_archive(tmp_path / "b.tea")["is_sound"]


def test_an_engine_archive_round_trip(tmp_path):
    path = tmp_path / "e.tea"
    with archiving.EngineArchive(path) as archive:
        archive.writef_txt("a.txt", "ä\n")
        archive.writef_bin("b.bin", bytes(range(256)))
        with archive.writer("log.txt") as log:
            for i in range(20000):  # linear: each piece is kept, none is copied again
                log.write(f"line {i}\n")
        with pytest.raises(KeyError):
            archive.readf("nothing")
    first = path.read_bytes()
    with archiving.EngineArchive(path) as archive:
        assert archive.names() == ["a.txt", "b.bin", "log.txt"]
        assert archive.readf("b.bin") == bytes(range(256))
        assert archive.reader("log.txt").readlines()[19999] == "line 19999\n"
    assert path.read_bytes() == first  # only read: not written
    with archiving.EngineArchive(path) as archive:
        archive.writef_txt("a.txt", "new")
    with archiving.EngineArchive(path) as archive:
        assert archive.reader("a.txt").read() == "new" and len(archive.names()) == 3
    with archiving.EngineArchive(path, override_files=False) as archive:
        with pytest.raises(ValueError, match="has 'a.txt' already"):
            archive.writef_txt("a.txt", "again")
    archiving.extract_archive(path, tmp_path / "out")
    assert (tmp_path / "out" / "a.txt").read_text() == "new"
    with pytest.raises(trex.Error):
        archiving.extract_archive(path, tmp_path / "out")


def test_archives_of_trex_are_read(stem, tmp_path):
    """A zip file of Python's, without a manifest; absolute names lose their slash."""
    path = tmp_path / "old.tea"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(f"{stem}.graph.json", "/out/x.graph.json")
        archive.write(f"{stem}.profile.json", "/out/x.profile.json")
    assert trex.EnginePlan(path).total_runtime > 0
    with archiving.EngineArchive(path) as archive:
        assert json.loads(archive.readf("out/x.graph.json"))["Layers"]


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "", "trex-manifest.json", "a\0b"])
def test_names_that_no_archive_may_hold(name, tmp_path):
    archive = archiving.EngineArchive(tmp_path / "e.tea")
    archive.writef_txt(name, "x")
    with pytest.raises(trex.Error, match="no name for a file in an archive"):
        archive.close()
    assert not (tmp_path / "e.tea").exists()


def test_a_damaged_archive(tea, tmp_path):
    data = bytearray(pathlib.Path(tea).read_bytes())
    data[len(data) // 2] ^= 0x55
    path = tmp_path / "damaged.tea"
    path.write_bytes(data)
    assert not archiving.verify_archive(path)["is_sound"]
    (tmp_path / "text.tea").write_text("no archive")
    with pytest.raises(trex.Error):
        archiving.EngineArchive(tmp_path / "text.tea").open()
