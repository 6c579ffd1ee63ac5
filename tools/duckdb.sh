#!/usr/bin/env bash
# Fetches DuckDB's library (SQL and Parquet for `trex query`, `export` and `dataset`) where the
# machine has none: out of the npm package of its Node binding, which ships it. The version is
# pinned, and so is what the package must hold. It lands in build/duckdb, where CMake looks first;
# when it is there already nothing is done. A minute at most, 21 MB; no compiler needed.
#
# usage: tools/duckdb.sh [ARCH]       x86_64 or aarch64, by default this machine's

# SPDX-License-Identifier: Apache-2.0

set -euo pipefail
cd "$(dirname "$0")/.."
arch=${1:-$(uname -m)}

# DuckDB 1.4.4 in both. The sum is the package's "dist.integrity" in hexadecimal.
case $arch in
  x86_64) package=@duckdb/node-bindings-linux-x64@1.4.4-r.4
          sum=8c14cbfd6bdfc312d3a056bfa551df4fa7a532d96d2469dcdf04aec590fd39f325b62b7d614755152dfbbc1150cd7313d59f0e5a3b528cc87eccf2b13b01cb1c ;;
  aarch64) package=@duckdb/node-bindings-linux-arm64@1.4.4-r.3
          sum=a85dbf5a107e8bef22b3ad11ae94d8ff9667cb02146b2b818955d2b90e2bad19f59b582f7caa8fbe3c926e20e3620428ffa397bbf7dac74282d605e7356a0b10 ;;
  *) echo "duckdb: no library is known for '$arch'; set TREX_DUCKDB to one when you run trex" >&2
     exit 1 ;;
esac

folder=build/duckdb/$arch
[ -f "$folder/libduckdb.so" ] && exit 0
if ! command -v npm >/dev/null; then
  echo "duckdb: npm is needed to fetch it (tools/deps.sh store)" >&2
  exit 1
fi

# Beside the target, so that the last step is a rename: never half a library.
mkdir -p build/duckdb
scratch=$(mktemp -d build/duckdb/fetch.XXXXXX)
trap 'rm -rf "$scratch"' EXIT
if ! (cd "$scratch" && npm pack --silent --fetch-retries=1 "$package" >name.txt 2>npm.log); then
  cat "$scratch/npm.log" >&2
  echo "duckdb: npm could not fetch $package" >&2
  exit 1
fi
archive=$scratch/$(tail -n 1 "$scratch/name.txt")
if [ "$(sha512sum "$archive" | cut -d' ' -f1)" != "$sum" ]; then
  echo "duckdb: $package is not what it should be (SHA-512 differs); nothing was installed" >&2
  exit 1
fi
tar -xzf "$archive" -C "$scratch" package/libduckdb.so package/LICENSE
mkdir -p "$folder"
mv "$scratch/package/LICENSE" "$folder/LICENSE"
mv "$scratch/package/libduckdb.so" "$folder/libduckdb.so"
echo "duckdb: $folder/libduckdb.so out of $package"
