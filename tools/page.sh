#!/usr/bin/env bash
# The page as one HTML file, build/page/index.html: the core as WebAssembly, and web/ around it. The
# native program embeds it; opened by itself it takes files by drag and drop.
#
# usage: tools/page.sh

# SPDX-License-Identifier: Apache-2.0

set -euo pipefail
cd "$(dirname "$0")/.."
page=build/page/index.html
core=build/wasm/tree/web/core

tools/wasm.sh trex_core

# What npm installs is kept beside the lock file it was made from.
if ! cmp -s web/package-lock.json web/node_modules/.trex-lock.json; then
  (cd web && npm ci --ignore-scripts --no-audit --no-fund >/dev/null)
  cp web/package-lock.json web/node_modules/.trex-lock.json
fi

if [ ! -e "$page" ] || [ -n "$(find web/src web/index.html web/*.ts web/package-lock.json \
    "$core/trex_core.wasm" "$core/trex_core.js" -newer "$page" -print -quit)" ]; then
  (cd web && TREX_CORE_DIR="../$core" npm run --silent build -- --logLevel warn)
fi
echo "page: $page, $(($(stat -c %s "$page") / 1024)) KiB"
