#!/usr/bin/env python3
"""Do the folders of trex include only what they may, and keep to the rules of the core?

The dependency table of the design is the data below; everything else follows from it. Besides
includes this looks for what the core (everything below cli, server and python) must not do: print,
exit, use the network, read files on its own, or use what the WebAssembly compiler's library lacks.
It reads text, not syntax trees: quick, no compiler needed, and blind to what macros hide.

usage: check_layers.py [ROOT]      list the violations under ROOT (default: this repository)
       check_layers.py --self-test plant each kind of violation and see that it is found
"""

# SPDX-License-Identifier: Apache-2.0

import pathlib
import re
import sys
import tempfile

# folder: what it may include besides itself; what those may, it may too.
MAY_INCLUDE = {
    "base": [],
    "table": ["base"],
    "trtexec": ["base"],
    "model": ["table"],
    "document": ["table"],
    "load": ["model", "trtexec"],
    "analyze": ["model"],
    "sample": ["model"],
    "lint": ["analyze"],
    "compare": ["lint"],
    "graph": ["model", "document"],
    "report": ["load", "compare", "graph"],
    "store": ["report", "render"],
    "render": ["document"],
    "page": ["report", "render"],
}
# These see everything, and nothing includes them.
TOP = ["cli", "server", "python"]

# (rule, pattern, the folders or files where it is allowed); looked for in the core, outside tests.
CORE_BANS = [
    ("prints", r"std::(cout|cerr|clog)\b|\b(f|v|vf)?printf\s*\(|\bf?puts\s*\(|\bputchar\s*\("
               r"|fmt::print\b|<iostream>|<fmt/ostream\.h>", []),
    ("exits", r"\b(std::)?(_?exit|abort|terminate|quick_exit)\s*\(",
     ["base/subprocess", "trtexec/gpu_guard"]),  # _exit of a forked child that cannot run its program
    ("reads or writes files itself (use base/file)",
     r"<fstream>|\bf(re)?open\s*\(|\bmmap\s*\(|<filesystem>|std::[io]?fstream\b", ["base/file"]),
    ("uses the network", r"<sys/socket\.h>|<netdb\.h>|\bgetaddrinfo\s*\(", []),
    ("assumes threads", r"<thread>|std::(thread|jthread|async)\b", []),
    ("needs std::format (use {fmt})", r"<format>|std::v?format(_to)?\b", []),
    ("needs range algorithms (use <algorithm>)", r"std::(ranges|views)::|<ranges>", []),
    ("needs <source_location>", r"<source_location>", []),
    ("uses std::regex (use base/regex)", r"<regex>|std::regex\b", []),
]

MAX_LINES = 400
CXX_SUFFIXES = {".cpp", ".hpp", ".h"}
SPDX = "SPDX-License-Identifier: Apache-2.0"
SPDX_SUFFIXES = CXX_SUFFIXES | {".py", ".sh", ".ts", ".js", ".mjs", ".svelte"}
# Folders of the repository that hold source files of ours.
SOURCE_FOLDERS = ["trex", "python", "web", "tests", "fuzz", "bench", "examples", "tools"]
SKIPPED = {"node_modules", "build", "dist", "corpus", "__pycache__"}


def closure(table):
    """folder: every folder it may include, itself with it."""
    result = {}

    def visit(folder):
        if folder not in result:
            result[folder] = {folder}.union(*(visit(below) for below in table[folder]))
        return result[folder]

    for folder in table:
        visit(folder)
    return result


ALLOWED = closure(MAY_INCLUDE)

TOKEN = re.compile(
    r'R"(?P<tag>[^()\s\\]{0,16})\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\''
    r"|//[^\n]*|/\*.*?\*/", re.DOTALL)
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def without_comments_and_strings(text):
    """The same lines with comments and literals blanked; include lines keep their path."""

    def blank(match):
        start = text.rfind("\n", 0, match.start()) + 1
        is_include = text[start:match.start()].lstrip().startswith("#")
        if is_include and match.group().startswith('"'):
            return match.group()
        return "\n" * match.group().count("\n") or " "

    return TOKEN.sub(blank, text)


def is_test(path):
    """A test, what only tests include (test_folder.hpp), or a program that only developers run."""
    return (path.stem.endswith("_test") or path.stem.startswith("test_") or
            path.parts[0] in ("tests", "fuzz", "bench"))


def include_problem(folder, included):
    """Why `folder` may not include "trex/x/y.hpp", or None."""
    parts = included.split("/")
    if len(parts) < 3 or parts[0] != "trex":
        return None
    below = parts[1]
    if folder in TOP:
        if below in TOP and below != folder:
            return f"'{folder}' includes '{below}', which nothing may include"
        return None
    if below in TOP:
        return f"'{folder}' includes '{below}', which nothing may include"
    if below not in ALLOWED:
        return f"includes '{below}', which is not in the table of tools/check_layers.py"
    if below not in ALLOWED[folder]:
        return f"'{folder}' may not include '{below}'"
    return None


def check_cxx(path, text):
    """(line, message) for each violation in one C++ file at `path`, relative to the root."""
    if path.parts[0] not in ("trex", "python") or is_test(path):
        return
    folder = path.parts[1] if path.parts[0] == "trex" and len(path.parts) > 2 else path.parts[0]
    if folder not in ALLOWED and folder not in TOP:
        yield 1, f"folder '{folder}' is not in the table of tools/check_layers.py"
        return

    inside = "/".join(path.parts[1:])
    for number, line in enumerate(without_comments_and_strings(text).split("\n"), 1):
        include = INCLUDE.match(line)
        if include:
            if include[1] == '"' and not include[2].startswith(("trex/", "tests/", "python/", "web/")):
                yield number, f"include '{include[2]}' by its path from the root, \"trex/...\""
            problem = include_problem(folder, include[2])
            if problem:
                yield number, problem
        if folder in TOP:
            continue
        for rule, pattern, allowed in CORE_BANS:
            if re.search(pattern, line) and not inside.startswith(tuple(allowed)):
                yield number, f"the core {rule}: {line.strip()}"


def check_file(path, text):
    if SPDX not in text:
        yield 1, f"no '{SPDX}' line"
    lines = text.count("\n") + (not text.endswith("\n"))
    if lines > MAX_LINES and not is_test(path):
        yield MAX_LINES + 1, f"{lines} lines; the limit is {MAX_LINES}"
    if path.suffix in CXX_SUFFIXES:
        yield from check_cxx(path, text)


def unlisted(root, inside):
    """Why no CMakeLists.txt from the file's folder up to trex/ names this source, or None.

    Sources are listed, not globbed: one that nobody lists is never compiled, a test never run.
    """
    if inside.parts[0] != "trex" or inside.suffix != ".cpp":
        return None
    for depth in range(len(inside.parts) - 1, 0, -1):
        folder = pathlib.Path(*inside.parts[:depth])
        lists = root / folder / "CMakeLists.txt"
        name = inside.relative_to(folder).as_posix()
        if lists.is_file() and re.search(rf"(?<![\w./-]){re.escape(name)}(?![\w.-])",
                                         lists.read_text(encoding="utf-8")):
            return None
    return "no CMakeLists.txt lists this file"


def check_tree(root):
    """'file:line: message' for each violation under `root`, sorted, and the number of files."""
    problems, count = [], 0
    for folder in SOURCE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            inside = path.relative_to(root)
            if path.suffix not in SPDX_SUFFIXES or not path.is_file():
                continue
            if SKIPPED.intersection(inside.parts):
                continue
            count += 1
            text = path.read_text(encoding="utf-8", errors="replace")
            found = list(check_file(inside, text))
            missing = unlisted(root, inside)
            if missing:
                found.insert(0, (1, missing))
            problems += [f"{inside}:{line}: {message}" for line, message in found]
    return problems, count


def self_test():
    """Each case is a file and the one message expected of it (None: clean)."""
    spdx = f"// {SPDX}\n"
    cases = [
        ("trex/model/up.cpp", spdx + '#include "trex/load/plan.hpp"\n',
         "trex/model/up.cpp:2: 'model' may not include 'load'"),
        ("trex/render/model.cpp", spdx + '#  include "trex/model/engine.hpp"\n',
         "trex/render/model.cpp:2: 'render' may not include 'model'"),
        ("trex/lint/cli.cpp", spdx + '#include "trex/cli/io.hpp"\n',
         "trex/lint/cli.cpp:2: 'lint' includes 'cli', which nothing may include"),
        ("trex/server/cli.cpp", spdx + '#include "trex/cli/io.hpp"\n',
         "trex/server/cli.cpp:2: 'server' includes 'cli', which nothing may include"),
        ("trex/load/new.cpp", spdx + '#include "trex/magic/x.hpp"\n',
         "trex/load/new.cpp:2: includes 'magic', which is not in the table of tools/check_layers.py"),
        ("trex/magic/x.hpp", spdx,
         "trex/magic/x.hpp:1: folder 'magic' is not in the table of tools/check_layers.py"),
        ("trex/base/near.cpp", spdx + '#include "error.hpp"\n',
         "trex/base/near.cpp:2: include 'error.hpp' by its path from the root, \"trex/...\""),
        ("trex/base/print.cpp", spdx + "void f() { fmt::print(stderr, m); }\n",
         "trex/base/print.cpp:2: the core prints: void f() { fmt::print(stderr, m); }"),
        ("trex/base/stream.cpp", spdx + "#include <iostream>\n",
         "trex/base/stream.cpp:2: the core prints: #include <iostream>"),
        ("trex/load/quit.cpp", spdx + "void f() { std::exit(2); }\n",
         "trex/load/quit.cpp:2: the core exits: void f() { std::exit(2); }"),
        ("trex/load/open.cpp", spdx + "\nauto f = fopen(path, mode);\n",
         "trex/load/open.cpp:3: the core reads or writes files itself (use base/file): "
         "auto f = fopen(path, mode);"),
        ("trex/analyze/sort.cpp", spdx + "std::ranges::sort(x);\n",
         "trex/analyze/sort.cpp:2: the core needs range algorithms (use <algorithm>): "
         "std::ranges::sort(x);"),
        ("trex/render/format.cpp", spdx + "return std::format(f, x);\n",
         "trex/render/format.cpp:2: the core needs std::format (use {fmt}): "
         "return std::format(f, x);"),
        ("trex/table/bare.hpp", "#pragma once\n", f"trex/table/bare.hpp:1: no '{SPDX}' line"),
        ("trex/table/long.cpp", spdx + "\n" * MAX_LINES,
         f"trex/table/long.cpp:{MAX_LINES + 1}: {MAX_LINES + 1} lines; the limit is {MAX_LINES}"),
        # What must not be reported.
        ("trex/base/file.cpp", spdx + "auto f = fopen(path, mode);\n", None),
        ("trex/base/words.cpp", spdx + '// std::cout\nauto s = "printf(";\n/*\nexit(1)\n*/\n', None),
        ("trex/base/raw.cpp", spdx + 'auto s = R"(\n#include "trex/cli/io.hpp"\n)";\n', None),
        ("trex/base/quote.cpp", spdx + "auto c = '\"'; int n = 1'000;\nfmt::format_to(o, x);\n", None),
        ("trex/base/long_test.cpp", spdx + '#include "trex/cli/io.hpp"\n' + "\n" * 500, None),
        ("trex/report/down.cpp", spdx + '#include "trex/base/text.hpp"\n', None),
        ("trex/cli/page.cpp", spdx + '#include "web/embed/page_html.hpp"\n', None),
        ("trex/cli/main.cpp", spdx + '#include "trex/load/load.hpp"\n#include <iostream>\n', None),
        ("trex/base/snprintf.cpp", spdx + "int n = std::snprintf(b, s, f);\n", None),
        ("web/node_modules/x.js", "no licence line here\n", None),
    ]
    listed = {name for name, _, _ in cases}
    cases.append(("trex/base/lost.cpp", spdx,
                  "trex/base/lost.cpp:1: no CMakeLists.txt lists this file"))
    failures = []
    for name, text, expected in cases:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / name
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8")
            if name in listed:
                (path.parent / "CMakeLists.txt").write_text(f"f({path.name})\n", encoding="utf-8")
            found, _ = check_tree(pathlib.Path(folder))
            if found != ([expected] if expected else []):
                failures.append(f"{name}: expected {expected!r}, got {found}")
    print(*failures, sep="\n")
    print(f"self-test: {len(cases)} cases, {len(failures)} failed")
    return 1 if failures else 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    default = pathlib.Path(__file__).resolve().parent.parent
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default
    problems, count = check_tree(root)
    for problem in problems:
        print(problem)
    print(f"{count} files checked, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
