"""A PEP 517 backend over CMake, of the standard library alone: pip install --no-build-isolation .

It configures build/wheel, builds the program and the module for the interpreter that runs it, and
writes the wheel: the package's files, the module, the program as a script. The same sources give the
same bytes. An sdist is what git tracks, and the built page, which needs tools that pip has not.
"""

# SPDX-License-Identifier: Apache-2.0
import base64
import gzip
import hashlib
import io
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import sysconfig
import tarfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "python" / "trex"
BUILD = ROOT / "build" / "wheel"
PAGE = "build/page/index.html"
EXTRAS = {
    "pandas": ("numpy", "pandas"),
    "notebook": ("numpy", "pandas", "plotly", "ipywidgets", "ipython"),
    "excel": ("pandas", "xlsxwriter"),
}


def _version():
    text = (ROOT / "CMakeLists.txt").read_text()
    return re.search(r"project\(trex VERSION ([0-9.]+)", text).group(1)


def _tag():
    python = f"cp{sys.version_info[0]}{sys.version_info[1]}"
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    return f"{python}-{python}-{platform}"


def _metadata():
    lines = [
        "Metadata-Version: 2.1",
        "Name: trex",
        f"Version: {_version()}",
        "Summary: TensorRT engine explorer",
        "License: Apache-2.0",
        "Requires-Python: >=3.9",
    ]
    for extra, packages in EXTRAS.items():
        lines.append(f"Provides-Extra: {extra}")
        lines += [f"Requires-Dist: {package} ; extra == '{extra}'" for package in packages]
    lines += ["Description-Content-Type: text/markdown", "", (ROOT / "README.md").read_text()]
    return "\n".join(lines) + "\n"


def _build(settings):
    """Paths of the module and the program.

    TREX_CMAKE_ARGS and --config-settings=cmake-args=... go to CMake.
    """
    extra = ((settings or {}).get("cmake-args") or os.environ.get("TREX_CMAKE_ARGS", "")).split()
    generator = ["-G", "Ninja"] if shutil.which("ninja") else []
    configure = ["cmake", "-S", str(ROOT), "-B", str(BUILD), *generator,
                 "-DCMAKE_BUILD_TYPE=Release", "-DTREX_UNITY_BUILD=ON", "-DTREX_BUILD_TESTS=OFF",
                 "-DTREX_WITH_PYTHON=ON", f"-DPython_EXECUTABLE={sys.executable}", *extra]
    jobs = os.environ.get("JOBS", str(os.cpu_count() or 1))
    build = ["cmake", "--build", str(BUILD), "--target", "trex_python", "trex_program", "-j", jobs]
    for command in (configure, build):
        if subprocess.run(command).returncode != 0:
            raise SystemExit(
                "trex: the module was not built; it needs cmake, a C++20 compiler, pybind11 "
                "(apt-get install pybind11-dev) and the libraries of docs/building.md"
            )
    return next((BUILD / "python" / "trex").glob("_core*.so")), BUILD / "trex"


def _record(name, data):
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(data)}\n"


def wheel_files():
    """The package's own files, as (name in the wheel, path)."""
    wanted = sorted(p for p in PACKAGE.iterdir() if p.suffix in (".py", ".pyi") or p.name == "py.typed")
    return [(f"trex/{path.name}", path) for path in wanted]


def write_wheel(module, program, directory):
    """Writes the wheel around a built module and, unless None, the program; returns its name."""
    stem = f"trex-{_version()}"
    contents = [(name, path.read_bytes(), 0o644) for name, path in wheel_files()]
    contents.append((f"trex/{module.name}", module.read_bytes(), 0o755))
    if program is not None:
        contents.append((f"{stem}.data/scripts/{program.name}", program.read_bytes(), 0o755))
    wheel = f"Wheel-Version: 1.0\nGenerator: trex\nRoot-Is-Purelib: false\nTag: {_tag()}\n"
    info = {"LICENSE": (ROOT / "LICENSE").read_bytes(), "METADATA": _metadata().encode(),
            "WHEEL": wheel.encode()}
    contents += [(f"{stem}.dist-info/{name}", data, 0o644) for name, data in info.items()]
    record = "".join(_record(name, data) for name, data, _ in contents)
    record += f"{stem}.dist-info/RECORD,,\n"
    contents.append((f"{stem}.dist-info/RECORD", record.encode(), 0o644))
    name = f"{stem}-{_tag()}.whl"
    with zipfile.ZipFile(os.path.join(directory, name), "w", zipfile.ZIP_DEFLATED) as wheel_file:
        for entry, data, mode in contents:
            kept = zipfile.ZipInfo(entry)  # 1980: the same bytes whenever it is built
            kept.external_attr = (stat.S_IFREG | mode) << 16
            wheel_file.writestr(kept, data, zipfile.ZIP_DEFLATED)
    return name


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    return write_wheel(*_build(config_settings), wheel_directory)


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    name = f"trex-{_version()}.dist-info"
    folder = pathlib.Path(metadata_directory) / name
    folder.mkdir()
    (folder / "METADATA").write_text(_metadata())
    return name


def sdist_files():
    """What git tracks; of an unpacked sdist, which git does not know, what it brought."""
    if (ROOT / "PKG-INFO").exists():
        listed = (ROOT / "PKG-INFO.files").read_text().splitlines()
    else:
        command = ["git", "ls-files", "-z"]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        listed = list(filter(None, done.stdout.decode().split("\0")))
        listed += [PAGE] * (ROOT / PAGE).exists()
    return sorted(path for path in listed if (ROOT / path).is_file())


def build_sdist(sdist_directory, config_settings=None):
    name = f"trex-{_version()}"
    files = sdist_files()
    contents = [(path, (ROOT / path).read_bytes(), (ROOT / path).stat().st_mode) for path in files]
    contents.append(("PKG-INFO", _metadata().encode(), 0o644))
    contents.append(("PKG-INFO.files", ("\n".join(files) + "\n").encode(), 0o644))
    target = os.path.join(sdist_directory, f"{name}.tar.gz")
    with open(target, "wb") as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for path, data, mode in contents:
                entry = tarfile.TarInfo(f"{name}/{path}")  # 1970, nobody's: the same bytes
                entry.size, entry.mode = len(data), 0o755 if mode & 0o100 else 0o644
                archive.addfile(entry, io.BytesIO(data))
    return f"{name}.tar.gz"


def get_requires_for_build_wheel(config_settings=None):
    return []


get_requires_for_build_sdist = get_requires_for_build_wheel
