# The front door: every task is one word; `make` lists them.
#
# The work itself is in the CMake presets and in tools/; this file only strings them together and
# installs what a task lacks before it starts (tools/deps.sh).

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
export JOBS
SECONDS ?= 60
PREFIX ?= /usr/local
TREX := build/release/trex

.PHONY: help deps build page demo test python wasm-check aarch64-check bench bench-layout fuzz tidy format install clean

help: ## list the tasks
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

deps: ## install what building and testing need and is not there (apt-get, with sudo when not root)
	@tools/deps.sh build store test wasm

build: page ## the optimised program: build/release/trex
	@tools/deps.sh build store test
	@cmake --preset release --log-level=WARNING
	@cmake --build --preset release -j $(JOBS) --target trex_program

page: ## the interactive page as one static file: build/page/index.html
	@tools/deps.sh wasm
	@tools/page.sh

demo: build ## example engines into demo/, and the main job on them
	@tools/demo.sh $(TREX)

test: ## everything that CI runs: builds, every test, the WebAssembly check
	@tools/test.sh

python: ## the Python module: build/release/python, to put on PYTHONPATH (docs/python.md)
	@tools/deps.sh build python
	@cmake --preset release --log-level=WARNING
	@cmake --build --preset release -j $(JOBS) --target python_tests
	@echo "PYTHONPATH=$(CURDIR)/build/release/python /usr/bin/python3"

wasm-check: ## compile the core to WebAssembly and load engines with it under Node
	@tools/deps.sh build store test wasm
	@tools/wasm_check.sh

aarch64-check: ## cross-compile for aarch64 and run the command tests under an emulator
	@tools/deps.sh build test aarch64
	@tools/aarch64_check.sh

bench: ## the measured table of docs/benchmarks.md, on inputs of this machine's making
	@tools/deps.sh build test bench
	@cmake --preset release --log-level=WARNING -DTREX_BUILD_BENCH=ON
	@cmake --build --preset release -j $(JOBS)
	@tools/bench.py --build build/release

bench-layout: ## the layout of graphs beside Graphviz, dagre and ELK, and the table in docs/graph-layout.md
	@tools/deps.sh build bench layout
	@cmake --preset release --log-level=WARNING -DTREX_BUILD_BENCH=ON
	@cmake --build --preset release -j $(JOBS) --target trex_program trex_layout_tool
	@tools/layout_bench.py --write

fuzz: ## every fuzzer for SECONDS=60 each, from its corpus
	@tools/deps.sh build fuzz
	@cmake --preset fuzz --log-level=WARNING
	@cmake --build --preset fuzz -j $(JOBS)
	@tools/fuzz.sh build/fuzz $(SECONDS)

tidy: ## clang-tidy over every source file
	@tools/deps.sh build tidy
	@cmake --preset tidy --log-level=WARNING
	@cmake --build --preset tidy -j $(JOBS)

format: ## clang-format every C++ file in place
	@tools/deps.sh tidy
	@git ls-files '*.cpp' '*.hpp' | xargs clang-format -i

install: build ## into PREFIX=/usr/local: the program, the library, its headers and CMake package
	@cmake --build --preset release -j $(JOBS) --target trex
	@cmake --install build/release --prefix $(PREFIX)

clean: ## remove what was built and the example engines
	@rm -rf build demo
