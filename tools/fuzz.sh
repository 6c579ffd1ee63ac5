#!/usr/bin/env bash
# Runs every fuzzer for some seconds from its corpus; stops at the first crash.
#
# What it finds on the way stays in the build folder, not in the corpus of the repository: a
# crashing input is added there by hand, with the fix.
#
# usage: tools/fuzz.sh BUILD_FOLDER SECONDS

# SPDX-License-Identifier: Apache-2.0

set -euo pipefail
cd "$(dirname "$0")/.."
build=$1 seconds=$2

for fuzzer in "$build"/fuzz/fuzz_*; do
  if [ ! -f "$fuzzer" ] || [ ! -x "$fuzzer" ]; then continue; fi
  name=$(basename "$fuzzer")
  name=${name#fuzz_}
  found=$build/corpus/$name
  mkdir -p "$found"
  echo "== $name, ${seconds} s"
  # 2 s a run is a hang: the largest input is 64 KB.
  "$fuzzer" -max_total_time="$seconds" -max_len=65536 -timeout=2 -rss_limit_mb=2048 \
    -print_final_stats=1 -artifact_prefix="$build/" "$found" "fuzz/corpus/$name" 2>&1 |
    grep -E '^(stat::(number_of_executed_units|average_exec_per_sec)|==|SUMMARY|ALARM|artifact)' |
    sed 's/^stat:://'
done
