#!/usr/bin/env python3
"""Does `trex serve` answer its own page, and nobody and nothing else?

Starts the built program on a folder of small engines and speaks HTTP with it, raw where a client
library would tidy a request up: other Hosts and Origins, ways out of the folder, links, writes,
many connections, changes of files, and the end by SIGINT.

usage: serve_test.py TREX
"""

# SPDX-License-Identifier: Apache-2.0

import concurrent.futures
import gzip
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

GRAPH = b'{"Layers":[{"Name":"a</script>","LayerType":"Convolution","Inputs":[],"Outputs":[]}],"Bindings":[]}'
PROFILE = b'[{"count":10},{"name":"a</script>","timeMs":30,"averageMs":3,"medianMs":2,"percentage":100}]'
SECRET = b'{"Layers":[{"Name":"secret","LayerType":"Convolution","Inputs":[],"Outputs":[]}],"Bindings":[]}'

failures = []


def check(what, got, wanted):
    if got != wanted:
        failures.append(f"{what}: expected {wanted!r}, got {got!r}")


class Server:
    def __init__(self, trex, *arguments):
        self.process = subprocess.Popen([trex, "serve", *arguments], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("http://127.0.0.1:"), (line, self.process.stderr.read())
        self.line = line
        self.port = int(line.split(":")[2].split("/")[0])

    def raw(self, text):
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as sock:
            sock.sendall(text)
            data = b""
            while piece := sock.recv(1 << 16):
                data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {}
        for one in lines[1:]:
            name, _, value = one.partition(":")
            headers[name.lower()] = value.strip()
        status = int(lines[0].split()[1]) if lines[0] else 0
        return status, headers, body

    def ask(self, target, method="GET", host=None, more=()):
        host = host if host is not None else f"127.0.0.1:{self.port}"
        lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", *more, "", ""]
        return self.raw("\r\n".join(lines).encode("latin-1"))

    def end(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=10)


def make(folder):
    (folder / "net.graph.json").write_bytes(GRAPH)
    (folder / "net.profile.json").write_bytes(PROFILE)
    (folder / "deep").mkdir()
    (folder / "deep" / "other.graph.json").write_bytes(GRAPH)
    (folder / "notes.txt").write_text("not an engine's file")
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.graph.json").write_bytes(SECRET)
    (folder / "linked.graph.json").symlink_to(outside / "secret.graph.json")
    (folder / "linked-folder").symlink_to(outside)


def page_and_files(server):
    status, headers, body = server.ask("/")
    check("/", status, 200)
    check("type of /", headers.get("content-type"), "text/html; charset=utf-8")
    check("a page that asks its server", b"connect-src 'self'" in body, True)
    check("no page that asks nobody", b"connect-src 'none'" in body, False)
    check("the mark of a live page", b'id="trex-serve"' in body, True)
    check("guards", [headers.get(name) for name in
                     ("x-content-type-options", "x-frame-options", "cross-origin-resource-policy",
                      "cache-control")], ["nosniff", "DENY", "same-origin", "no-store"])
    check("policy", "connect-src 'self'" in headers.get("content-security-policy", ""), True)
    began = time.monotonic()
    _, headers, packed = server.ask("/", more=["Accept-Encoding: gzip, deflate, br"])
    check("packed once, quickly", time.monotonic() - began < 2, True)
    check("encoding", headers.get("content-encoding"), "gzip")
    check("the same page", gzip.decompress(packed) == body, True)

    status, headers, body = server.ask("/api/engines", more=["Accept-Encoding: br"])
    check("/api/engines", status, 200)
    check("its type", headers.get("content-type"), "application/json; charset=utf-8")
    check("no slow packing", headers.get("content-encoding"), None)
    served = json.loads(body)
    names = sorted(name for engine in served["engines"] for name in engine["files"])
    check("files", names, ["0/net.graph.json", "0/net.profile.json", "1/other.graph.json"])
    status, headers, body = server.ask("/api/files/0/net.graph.json")
    check("a file", (status, body), (200, GRAPH))
    check("its type", headers.get("content-type"), "application/octet-stream")
    check("HEAD", server.ask("/api/files/0/net.graph.json", "HEAD")[::2], (200, b""))
    return served


def refusals(server):
    port = server.port
    own = f"127.0.0.1:{port}"
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port + 1}",
                 f"127.0.0.1.evil.example:{port}", "", f"0.0.0.0:{port}", f"user@127.0.0.1:{port}"):
        for target in ("/", "/api/engines", "/api/files/0/net.graph.json"):
            status, _, body = server.ask(target, host=host)
            # An empty Host may already be refused as malformed.
            check(f"Host '{host}' {target}", status in (400, 403) and GRAPH not in body, True)
    check("localhost", server.ask("/api/engines", host=f"localhost:{port}")[0], 200)
    for origin in ("http://evil.example", "null", f"https://{own}", f"http://127.0.0.1:{port + 1}",
                   f"http://localhost:{port}"):
        check(f"Origin {origin}", server.ask("/api/engines", more=[f"Origin: {origin}"])[0], 403)
    check("own Origin", server.ask("/api/engines", more=[f"Origin: http://{own}"])[0], 200)
    check("two Hosts", server.ask("/api/engines", more=["Host: evil.example"])[0], 403)
    check("no Host", server.raw(b"GET /api/engines HTTP/1.1\r\n\r\n")[0] in (400, 403), True)
    check("no Host, 1.0", server.raw(b"GET /api/engines HTTP/1.0\r\n\r\n")[0] in (400, 403), True)
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        status, headers, _ = server.ask("/api/files/0/net.graph.json", method,
                                        more=["Content-Length: 0"])
        check(method, status, 405)
        check(f"{method} allows", headers.get("allow"), "GET, HEAD")


def ways_out(server):
    for name in ("../outside/secret.graph.json", "0/../../outside/secret.graph.json",
                 "%2e%2e/outside/secret.graph.json", "..%2foutside%2fsecret.graph.json",
                 "%252e%252e/outside/secret.graph.json", "/etc/passwd", "%2fetc%2fpasswd",
                 "0/net.graph.json%00.txt", "0\\net.graph.json", "linked.graph.json",
                 "linked-folder/secret.graph.json", "2/secret.graph.json", "notes.txt",
                 "0/notes.txt", "", "0/", "net.graph.json", "%ff%fe", "A" * 4000):
        status, _, body = server.ask(f"/api/files/{name}")
        check(f"api/files/{name[:60]}", status, 404)
        check(f"nothing of {name[:60]}", b"secret" in body or b"root:" in body, False)
    for target in ("/index.html", "/../../etc/passwd", "/api", "/api/engines/x", "//etc/passwd"):
        check(target, server.ask(target)[0], 404)
    check("rubbish", server.raw(b"\x16\x03\x01\x02\x00\r\n\r\n")[0] in (0, 400), True)


def many(server):
    with concurrent.futures.ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda _: server.ask("/api/files/0/net.graph.json")[::2], range(400)))
    check("400 requests at once", answers, [(200, GRAPH)] * 400)
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(8)]
    check("beside idle connections", server.ask("/api/engines")[0], 200)
    for one in idle:
        one.close()


def changes(server, folder, served):
    def version():
        return json.loads(server.ask("/api/engines")[2])["version"]

    check("the same version", version(), served["version"])
    (folder / "net.profile.json").write_bytes(PROFILE.replace(b"3,", b"4,"))
    time.sleep(0.7)
    second = version()
    check("another version", second != served["version"], True)
    (folder / "deep" / "other.graph.json").unlink()
    time.sleep(0.7)
    check("a file that is gone", version() != second, True)
    check("is no longer there", server.ask("/api/files/1/other.graph.json")[0], 404)


def main():
    trex = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as root:
        folder = pathlib.Path(root) / "served"
        folder.mkdir()
        make(folder)
        probe = subprocess.run([trex, "serve", "--port", "65536", str(folder)],
                               capture_output=True, text=True)
        if "without its page" in probe.stderr:
            print("skipped: " + probe.stderr.strip())
            return 77
        check("a port too high", (probe.returncode, "65535" in probe.stderr), (2, True))
        server = Server(trex, str(folder))
        try:
            before = {path: path.read_bytes() for path in folder.rglob("*.json")}
            served = page_and_files(server)
            refusals(server)
            ways_out(server)
            many(server)
            check("nothing written", {path: path.read_bytes() for path in folder.rglob("*.json")},
                  before)
            changes(server, folder, served)
            taken = subprocess.run([trex, "serve", "--port", str(server.port), str(folder)],
                                   capture_output=True, text=True, timeout=20)
            check("a taken port", (taken.returncode, "is taken" in taken.stderr), (2, True))
        finally:
            check("SIGINT", server.end(), 0)
    print(*failures, sep="\n")
    print(f"serve_test: {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
