"""Archives (.tea): all that belongs to an engine in one file. Reading needs no TensorRT.

`create_archive`, `list_archive`, `verify_archive` and `extract_archive` are `trex archive`;
EngineArchive keeps TREx's interface over the same format. `trex.load`, EnginePlan and every reader
of trex.parser take an archive, or a file in one ("x.tea/x.profile.json"), where they take a file.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import io
import json
import os
from typing import Any, Dict, List, Optional, Sequence

from . import _core
from ._optional import need


class regular_file_writer:
    """A plain text file, written in the order of the calls."""

    def __init__(self, fname: Any) -> None:
        self.fname = fname
        self.file: Any = None

    def __enter__(self) -> "regular_file_writer":
        self.file = open(self.fname, "w", encoding="utf-8")
        return self

    def __exit__(self, *_: Any) -> None:
        self.file.close()
        self.file = None

    def write(self, text: str) -> None:
        """Appends the text."""
        if self.file is not None:
            self.file.write(text)
            return
        with open(self.fname, "a", encoding="utf-8") as file:
            file.write(text)


class regular_file_reader:
    """A plain text file; bytes that are no UTF-8 become U+FFFD."""

    def __init__(self, fname: Any) -> None:
        self.fname = fname

    def __enter__(self) -> "regular_file_reader":
        return self

    def __exit__(self, *_: Any) -> None:
        pass

    def read(self) -> str:
        """The whole text."""
        with open(self.fname, encoding="utf-8", errors="replace") as file:
            return file.read()

    def readlines(self) -> List[str]:
        """Its lines, with their ends."""
        return self.read().splitlines(keepends=True)


class zip_file_writer:
    """An entry of an archive; what is written first replaces what was there."""

    def __init__(self, zipf: "EngineArchive", fname: str) -> None:
        if not isinstance(zipf, EngineArchive):
            raise TypeError("zip_file_writer needs an EngineArchive")
        self.zipf = zipf
        self.fname = fname
        self._begun = False

    def __enter__(self) -> "zip_file_writer":
        return self

    def __exit__(self, *_: Any) -> None:
        pass

    def write(self, text: str) -> None:
        """Appends the text."""
        if not self._begun:
            self.zipf._put(self.fname, b"", override=True)
        self._begun = True
        self.zipf._append(self.fname, text.encode("utf-8"))


class zip_file_reader:
    """An entry of an archive, as text."""

    def __init__(self, zipf: Any, fname: str) -> None:
        self.zipf = zipf
        self.fname = fname

    def __enter__(self) -> "zip_file_reader":
        return self

    def __exit__(self, *_: Any) -> None:
        pass

    def read(self) -> str:
        """The whole text."""
        if isinstance(self.zipf, EngineArchive):
            data = self.zipf.readf(self.fname)
        else:
            data = self.zipf.read(self.fname)
        return data.decode("utf-8", errors="replace") if isinstance(data, bytes) else str(data)

    def readlines(self) -> List[str]:
        """Its lines, with their ends."""
        return self.read().splitlines(keepends=True)


def create_archive(
    path: Any,
    engine: Any,
    extra: Sequence[Any] = (),
    with_engine: bool = True,
    with_onnx: bool = True,
) -> Dict[str, Any]:
    """Puts an engine's graph, profile, times, logs, pictures and itself into one file.

    `engine`: its graph file, stem or folder. Returns what list_archive does.
    """
    more = [os.fspath(file) for file in extra]
    return _core.archive_create(os.fspath(path), os.fspath(engine), more, with_engine, with_onnx)


def list_archive(path: Any) -> Dict[str, Any]:
    """`engine`, `is_sound`, `has_manifest`, `problems`, and `members`: for each its name, kind,
    size and packed_size in bytes, sha256, problem ("": none)."""
    return _core.archive_list(os.fspath(path))


def verify_archive(path: Any) -> Dict[str, Any]:
    """As list_archive, after every byte was read and compared with its hash."""
    return _core.archive_verify(os.fspath(path))


def extract_archive(path: Any, folder: Any, overwrite: bool = False) -> Dict[str, Any]:
    """Unpacks into the folder: all or nothing, and nothing outside of it."""
    return _core.archive_extract(os.fspath(path), os.fspath(folder), overwrite)


def get_writer(tea: Optional["EngineArchive"], fname: Any) -> Any:
    """A writer into the archive, or of a plain file without one."""
    return tea.writer(fname) if tea is not None else regular_file_writer(fname)


def get_reader(tea: Optional["EngineArchive"], fname: Any) -> Any:
    """A reader of the archive's entry, or of a plain file without an archive."""
    return tea.reader(fname) if tea is not None else regular_file_reader(fname)


class _Logger:
    """What StreamTrtLogger and NullTrtLogger share; TensorRT's own ILogger where it is installed."""

    def log(self, severity: Any, msg: str) -> None:
        raise NotImplementedError


class StreamTrtLogger(_Logger):
    """Keeps what TensorRT logs, and hands it on to another logger."""

    def __init__(self, user_logger: Any) -> None:
        self.user_logger = user_logger
        self.stream = io.StringIO()

    def log(self, severity: Any, msg: str) -> None:
        """Keeps the message, and hands it on."""
        self.stream.write(f"[{severity}] {msg}\n")
        if self.user_logger is not None:
            self.user_logger.log(severity, msg)


class NullTrtLogger(_Logger):
    def __init__(self) -> None:
        pass

    def log(self, severity: Any, msg: str) -> None:
        """Drops the message."""
        pass


def _plain(value: Any) -> Any:
    """What JSON can hold of a TensorRT object."""
    if isinstance(value, (str, int, float, bool, type(None))):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return str(value)


def _attributes_of(thing: Any) -> Dict[str, Any]:
    """Readable attributes, without methods; those that raise are left out."""
    found = {}
    for name in sorted(dir(thing)):
        if name.startswith("_"):
            continue
        try:
            value = getattr(thing, name)
        except Exception:  # TensorRT raises many kinds for what does not apply
            continue
        if not callable(value):
            found[name] = _plain(value)
    return found


class EngineArchive:
    """A .tea file, as `trex archive` writes it. It is written whole when closed.

    Opening one that exists keeps its entries. `override_files`: a file that is written again
    replaces the one there; otherwise that is an error.
    """

    def __init__(self, archive_filename: Any, override_files: bool = True) -> None:
        self.archive_filename = os.fspath(archive_filename)
        self.override_files = override_files
        self._entries: Dict[str, List[bytes]] = {}  # in pieces, as they were written
        self._stored: Dict[str, _core.ArchiveReader] = {}  # not read yet
        self._changed = False
        self._opened = False

    def __enter__(self) -> "EngineArchive":
        self.open()
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def open(self) -> None:
        """Looks at what is there already; nothing is written."""
        if self._opened:
            return
        self._opened = True
        if os.path.exists(self.archive_filename):
            reader = _core.ArchiveReader(self.archive_filename)
            self._stored = {name: reader for name in reader.names()}

    def close(self) -> None:
        """Writes the archive if anything was added: the old file, or the whole new one."""
        if self._changed:
            members = [(name, self.readf(name)) for name in self.names()]
            _core.archive_write(self.archive_filename, self._engine_name(), members)
        self._changed = False
        self._opened = False
        self._entries, self._stored = {}, {}

    def _engine_name(self) -> str:
        if self._stored:
            name = str(_core.archive_list(self.archive_filename)["engine"])
            if name:
                return name
        return str(os.path.splitext(os.path.basename(self.archive_filename))[0])

    def _put(self, fname: str, data: bytes, override: Optional[bool] = None) -> None:
        self.open()
        allowed = self.override_files if override is None else override
        if (fname in self._entries or fname in self._stored) and not allowed:
            raise ValueError(f"{self.archive_filename}: has '{fname}' already")
        self._entries[fname] = [data]
        self._changed = True

    def _append(self, fname: str, data: bytes) -> None:
        self._entries.setdefault(fname, []).append(data)

    def writef_txt(self, fname: str, text: str) -> None:
        """Puts a text in, as UTF-8."""
        self._put(fname, text.encode("utf-8"))

    def writef_bin(self, fname: str, content: Any) -> None:
        """Puts bytes in."""
        self._put(fname, bytes(content))

    def readf(self, fname: str) -> bytes:
        """The entry's bytes. Raises KeyError for one that is not there."""
        self.open()
        if fname in self._entries:
            return b"".join(self._entries[fname])
        if fname in self._stored:
            return self._stored[fname].read(fname)
        raise KeyError(f"{self.archive_filename}: no '{fname}'")

    def names(self) -> List[str]:
        """Of the entries, sorted; the archive's own manifest is none of them."""
        self.open()
        return sorted({*self._entries, *self._stored})

    def writer(self, fname: str) -> zip_file_writer:
        """A file-like writer of one entry."""
        return zip_file_writer(self, fname)

    def reader(self, fname: str) -> zip_file_reader:
        """A file-like reader of one entry."""
        return zip_file_reader(self, fname)

    def archive_build_config(self, config: Any, build_duration: float) -> None:
        """build_cfg.json: the builder configuration and the build's seconds."""
        entries = _attributes_of(config)
        entries["build_duration"] = build_duration
        self.writef_txt("build_cfg.json", json.dumps(entries, indent=2))

    def archive_timing_cache(self, config: Any) -> None:
        """timing.cache."""
        cache = config.get_timing_cache()
        if cache:
            self.writef_bin("timing.cache", cache.serialize())

    def archive_plan_info(self, plan: Any) -> None:
        """plan_cfg.json: the engine's attributes and tensors, from its serialized form."""
        trt = need("tensorrt", "archive_plan_info")
        runtime = trt.Runtime(trt.Logger(trt.Logger.ERROR))
        engine = runtime.deserialize_cuda_engine(plan)
        entries = _attributes_of(engine)
        entries["io_tensors"] = [
            {
                "name": name,
                "mode": str(engine.get_tensor_mode(name)),
                "shape": list(engine.get_tensor_shape(name)),
                "dtype": str(engine.get_tensor_dtype(name)),
            }
            for name in (engine.get_tensor_name(i) for i in range(engine.num_io_tensors))
        ]
        self.writef_txt("plan_cfg.json", json.dumps(entries, indent=2))

    def Builder(self, logger: Any) -> Any:
        """A tensorrt.Builder that keeps log, engine, configurations and timing cache here."""
        import time

        trt = need("tensorrt", "EngineArchive.Builder")
        archive = self

        class Logger(trt.ILogger):  # type: ignore[misc, name-defined]
            def __init__(self) -> None:
                trt.ILogger.__init__(self)
                self.kept = StreamTrtLogger(logger)

            def log(self, severity: Any, msg: str) -> None:
                self.kept.log(severity, msg)

        kept = Logger()

        class ArchivingBuilder(trt.Builder):  # type: ignore[misc, name-defined]
            def __init__(self) -> None:
                trt.Builder.__init__(self, kept)

            def build_serialized_network(self, network: Any, config: Any) -> Any:
                start = time.monotonic()
                built = super().build_serialized_network(network, config)
                seconds = time.monotonic() - start
                archive.writef_txt("build.txt", kept.kept.stream.getvalue())
                if built is not None:
                    archive.writef_bin("engine.plan", built)
                    archive.archive_plan_info(built)
                archive.archive_build_config(config, seconds)
                archive.archive_timing_cache(config)
                return built

        return ArchivingBuilder()
