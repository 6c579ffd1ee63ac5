#!/usr/bin/env bash
# Runs the browser tests on the built page; builds nothing. Fails, with the fix, where something that
# they need is not there.
#
#   tools/browser_tests.sh [--page FILE] [--trex FILE] [TEST.mjs ...]
# SPDX-License-Identifier: Apache-2.0
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
export TREX_PAGE="${TREX_PAGE:-$root/build/page/index.html}"
export TREX="${TREX:-$root/build/release/trex}"
while [ $# -gt 0 ]; do
  case "$1" in
    --page) TREX_PAGE=$2; shift 2 ;;
    --trex) TREX=$2; shift 2 ;;
    *) break ;;
  esac
done
need() {
  [ -e "$1" ] || { echo "browser_tests: $1: no such file; $2" >&2; exit 2; }
}
need "$TREX_PAGE" "build the page: make page"
need "$TREX" "build the program: make"
need "$root/web/node_modules/playwright-core" "cd web && npm ci --ignore-scripts"
need "${CHROMIUM:-/usr/bin/chromium}" "apt-get install chromium"
cd "$root/tests/browser"
[ $# -gt 0 ] || set -- ./*.test.mjs
exec node --test --test-concurrency=2 "$@"
