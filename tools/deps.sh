#!/usr/bin/env bash
# Installs what a task needs and the machine lacks; when all is there it does nothing and touches
# no network. Programs are looked for on the PATH (any origin will do), libraries among Debian's
# packages. Works as root, and as a user with sudo.
#
# usage: tools/deps.sh TASK...    build, store, test, python, wasm, bench, layout, fuzz, tidy, aarch64

# SPDX-License-Identifier: Apache-2.0

set -euo pipefail

# Task: what it needs, as "package" or "program=package", and why.
needs_of() {
  case $1 in
    build) echo "g++=g++ cmake=cmake ninja=ninja-build pkg-config=pkg-config
                 libsimdjson-dev libfmt-dev libcli11-dev libre2-dev
                 libtomlplusplus-dev libcpp-httplib-dev zlib1g-dev libzip-dev librsvg2-dev libcairo2-dev
                 libxlsxwriter-dev" ;;
    store) echo "npm=npm node=nodejs" ;;
    test) echo "libgtest-dev librapidcheck-dev python3=python3 dot=graphviz" ;;
    python) echo "pybind11-dev python3-dev python3-numpy python3-pandas python3-pytest mypy
                  python3-plotly python3-ipywidgets python3-nbconvert python3-ipykernel
                  python3-xlsxwriter python3-openpyxl" ;;
    wasm) echo "emcc=emscripten node=nodejs npm=npm" ;;
    page) echo "chromium=chromium" ;;
    bench) echo "libbenchmark-dev python3=python3" ;;
    layout) echo "dot=graphviz node=nodejs npm=npm" ;;
    fuzz) echo "clang++=clang libclang-rt-14-dev" ;;
    tidy) echo "clang++=clang clang-tidy=clang-tidy clang-format=clang-format" ;;
    aarch64) echo "aarch64-linux-gnu-g++=g++-aarch64-linux-gnu qemu-aarch64=qemu-user npm=npm" ;;
    *) echo "tools/deps.sh: unknown task '$1'" >&2; exit 2 ;;
  esac
}
why_of() {
  case $1 in
    build) echo "compiler, build system and the libraries trex links" ;;
    store) echo "to fetch DuckDB's library with" ;;
    test) echo "test libraries and the script language of the test drivers" ;;
    python) echo "the Python module, and what its tests and notebooks use" ;;
    wasm) echo "WebAssembly compiler and Node, to build and run the core as the page does" ;;
    page) echo "the browser that tests the page" ;;
    bench) echo "the benchmark library and the script that prints its table" ;;
    layout) echo "Graphviz and the JavaScript layouts that ours is measured against" ;;
    fuzz) echo "clang with libFuzzer" ;;
    tidy) echo "clang-tidy and clang-format" ;;
    aarch64) echo "cross compiler and user-mode emulator" ;;
  esac
}

has_package() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  echo "deps: no apt-get here, so nothing is installed; docs/building.md lists what is needed"
  exit 0
fi

missing=()
for task in "$@"; do
  of_task=()
  for need in $(needs_of "$task"); do
    case $need in
      *=*) command -v "${need%%=*}" >/dev/null || of_task+=("${need#*=}") ;;
      *) has_package "$need" || of_task+=("$need") ;;
    esac
  done
  if [ ${#of_task[@]} -gt 0 ]; then
    echo "deps: $task needs ${of_task[*]} ($(why_of "$task"))"
    missing+=("${of_task[@]}")
  fi
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "deps: not root and no sudo; as root, run: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

echo "deps: installing with apt-get: ${missing[*]}"
# Other people's package sources may be out of reach; whether that matters, the install tells.
"${as_root[@]}" apt-get update -qq || echo "deps: apt-get update had errors; going on" >&2
# Nothing already there is removed or replaced for our sake.
if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends --no-remove -o Dpkg::Use-Pty=0 "${missing[@]}" >/dev/null; then
  echo "deps: apt-get could not install: ${missing[*]}" >&2
  exit 1
fi
