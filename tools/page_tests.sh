#!/usr/bin/env bash
# The page's types and its logic, without a browser. Builds nothing; make page comes before.

# SPDX-License-Identifier: Apache-2.0

set -euo pipefail
cd "$(dirname "$0")/../web"
npm run --silent check
npm run --silent test
