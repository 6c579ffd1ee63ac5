"""A PEP 517 backend over CMake, of the standard library alone: pip install --no-build-isolation .

It configures build/wheel, builds the module for the interpreter that runs it, and writes the wheel:
the package's files, the module, metadata from pyproject.toml. The same sources give the same bytes.
"""

# SPDX-License-Identifier: Apache-2.0
import base64
import hashlib
import os
import pathlib
import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "python" / "trex"
BUILD = ROOT / "build" / "wheel"
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
    return "\n".join(lines) + "\n"


def _build_module(settings):
    """The built module's path. TREX_CMAKE_ARGS and --config-settings=cmake-args=... go to CMake."""
    extra = ((settings or {}).get("cmake-args") or os.environ.get("TREX_CMAKE_ARGS", "")).split()
    configure = ["cmake", "-S", str(ROOT), "-B", str(BUILD), "-DCMAKE_BUILD_TYPE=Release",
                 "-DTREX_UNITY_BUILD=ON", "-DTREX_BUILD_TESTS=OFF", "-DTREX_WITH_PYTHON=ON",
                 f"-DPython_EXECUTABLE={sys.executable}", *extra]
    subprocess.run(configure, check=True)
    jobs = os.environ.get("JOBS", str(os.cpu_count() or 1))
    command = ["cmake", "--build", str(BUILD), "--target", "trex_python", "-j", jobs]
    if subprocess.run(command).returncode != 0:
        raise SystemExit(
            "trex: the module was not built; it needs pybind11 (apt-get install pybind11-dev, or "
            "pip install pybind11) and the libraries of docs/building.md"
        )
    return next((BUILD / "python" / "trex").glob("_core*.so"))


def _record(name, data):
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(data)}\n"


def wheel_files():
    """The package's own files, as (name in the wheel, path)."""
    wanted = sorted(p for p in PACKAGE.iterdir() if p.suffix in (".py", ".pyi") or p.name == "py.typed")
    return [(f"trex/{path.name}", path) for path in wanted]


def write_wheel(module, directory):
    """Writes the wheel around a built module; returns its name."""
    info = f"trex-{_version()}.dist-info"
    contents = [(name, path.read_bytes()) for name, path in wheel_files()]
    contents.append((f"trex/{module.name}", module.read_bytes()))
    contents.append((f"{info}/LICENSE", (ROOT / "LICENSE").read_bytes()))
    contents.append((f"{info}/METADATA", _metadata().encode()))
    wheel = f"Wheel-Version: 1.0\nGenerator: trex\nRoot-Is-Purelib: false\nTag: {_tag()}\n"
    contents.append((f"{info}/WHEEL", wheel.encode()))
    record = "".join(_record(name, data) for name, data in contents) + f"{info}/RECORD,,\n"
    contents.append((f"{info}/RECORD", record.encode()))
    name = f"trex-{_version()}-{_tag()}.whl"
    with zipfile.ZipFile(os.path.join(directory, name), "w", zipfile.ZIP_DEFLATED) as wheel_file:
        for entry, data in contents:
            kept = zipfile.ZipInfo(entry)  # 1980: the same bytes whenever it is built
            kept.external_attr = 0o644 << 16
            wheel_file.writestr(kept, data, zipfile.ZIP_DEFLATED)
    return name


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    return write_wheel(_build_module(config_settings), wheel_directory)


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    name = f"trex-{_version()}.dist-info"
    folder = pathlib.Path(metadata_directory) / name
    folder.mkdir()
    (folder / "METADATA").write_text(_metadata())
    return name


def build_sdist(sdist_directory, config_settings=None):
    """The files that git tracks."""
    name = f"trex-{_version()}"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    with tarfile.open(os.path.join(sdist_directory, f"{name}.tar.gz"), "w:gz") as archive:
        for path in sorted(filter(None, listed.stdout.decode().split("\0"))):
            archive.add(ROOT / path, f"{name}/{path}", recursive=False)
    return f"{name}.tar.gz"


def get_requires_for_build_wheel(config_settings=None):
    return []


get_requires_for_build_sdist = get_requires_for_build_wheel
