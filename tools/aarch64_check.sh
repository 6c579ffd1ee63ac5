#!/usr/bin/env bash
# Does the program build for 64-bit Arm (Jetson, Grace), and does it pass the command tests there?
#
# Builds with Debian's cross compiler in build/aarch64 and runs the result under qemu's user-mode
# emulation. The arm64 libraries are downloaded with apt-get (its checks of signatures included)
# through a private configuration and unpacked below the build folder: no foreign architecture is
# added to the system, and no root is needed.
#
# usage: tools/aarch64_check.sh

# SPDX-License-Identifier: Apache-2.0

set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(nproc)}
build=$PWD/build/aarch64
sysroot=$build/sysroot
packages=(libsimdjson-dev libsimdjson14 libfmt-dev libfmt9 libre2-dev libre2-9 zlib1g zlib1g-dev
          libcli11-dev libtomlplusplus-dev libtomlplusplus3
          libzip-dev libzip4 libbz2-1.0 libssl3)

fetch_libraries() {
  [ ! -f "$sysroot/complete" ] || return 0
  rm -rf "$sysroot" "$build/apt" "$build/debs"
  mkdir -p "$sysroot" "$build/apt/lists/partial" "$build/apt/archives/partial" "$build/debs"
  : > "$build/apt/status"
  local apt=(apt-get -qq -o Dir::State::lists="$build/apt/lists"
    -o Dir::State::status="$build/apt/status" -o Dir::Cache="$build/apt"
    -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User=
    -o Debug::NoLocking=1)
  echo "aarch64-check: downloading into $sysroot: ${packages[*]}"
  "${apt[@]}" update || echo "aarch64-check: apt-get update had errors; going on" >&2
  (cd "$build/debs" && "${apt[@]}" download "${packages[@]}")
  local deb
  for deb in "$build"/debs/*.deb; do dpkg-deb -x "$deb" "$sysroot"; done
  touch "$sysroot/complete"
}

fetch_libraries
# Little optimisation: it halves the time and proves the same.
cmake -S . -B "$build/tree" -G Ninja --log-level=WARNING -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_CXX_FLAGS_RELEASE="-O1 -DNDEBUG" \
  -DCMAKE_TOOLCHAIN_FILE="$PWD/cmake/aarch64.cmake" -DTREX_AARCH64_SYSROOT="$sysroot" \
  -DTREX_BUILD_TESTS=OFF
cmake --build "$build/tree" -j "$jobs" --target trex_program

# A program that can be started like any other, for the test driver.
mkdir -p "$build/bin"
libraries=$sysroot/usr/lib/aarch64-linux-gnu:$sysroot/lib/aarch64-linux-gnu
cat > "$build/bin/trex" <<EOT
#!/bin/sh
exec qemu-aarch64 -L /usr/aarch64-linux-gnu -E LD_LIBRARY_PATH=$libraries "$build/tree/trex" "\$@"
EOT
chmod +x "$build/bin/trex"
"$build/bin/trex" --version
# librsvg needs half a desktop, so it is not unpacked, and this build writes no png and pdf.
# libxlsxwriter is not unpacked either: no xlsx.
# The stand-in for NVML is built with the tests only.
python3 tests/golden/run.py --trex "$build/bin/trex" --skip draw/pictures --skip export/xlsx \
  --skip report/errors --skip report/output \
  --skip gpu/info --skip gpu/lock --skip gpu/mistakes --skip gpu/monitor
