#!/usr/bin/env python3
"""Two ClickHouse servers hold a dataset and give DuckDB's answers to the gallery's queries.

    clickhouse.py --trex PATH [--engines PATH...] [--queries DIR] [--keep]

Starts two clickhouse-server processes on loopback, makes the tables of `trex dataset export --clickhouse` on both,
loads the rows through Distributed tables (an engine's rows on one server), asks every query of the gallery in ClickHouse's words
(clickhouse/NAME.sql) on the first server and compares with what `trex query` says of the dataset: counts and bytes exactly, other
figures to 1e-9 relative. Without --engines it makes samples. Exits 77 where there is no ClickHouse.
Ends only the servers that it started.
"""

# SPDX-License-Identifier: Apache-2.0
import argparse
import json
import math
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
RELATIVE = 1e-9
HERE = pathlib.Path(__file__).resolve().parent
QUERIES = HERE.parent.parent / "examples" / "queries"

CONFIG = """<yandex>
  <logger><level>warning</level><log>{folder}/server.log</log><errorlog>{folder}/error.log</errorlog></logger>
  <tcp_port>{port}</tcp_port><http_port>{http}</http_port><interserver_http_port>{inter}</interserver_http_port>
  <listen_host>127.0.0.1</listen_host>
  <path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path><user_files_path>{folder}/files/</user_files_path>
  <users_config>{folder}/users.xml</users_config>
  <default_profile>default</default_profile><default_database>default</default_database>
  <mark_cache_size>268435456</mark_cache_size><timezone>UTC</timezone>
  <remote_servers><trex>{shards}</trex></remote_servers>
</yandex>
"""
SHARD = "<shard><replica><host>127.0.0.1</host><port>{}</port></replica></shard>"
USERS = """<yandex>
  <profiles><default><max_memory_usage>4000000000</max_memory_usage>
    <distributed_product_mode>local</distributed_product_mode>
    <allow_experimental_low_cardinality_type>1</allow_experimental_low_cardinality_type></default></profiles>
  <users><default><password></password><networks><ip>127.0.0.1</ip></networks>
    <profile>default</profile><quota>default</quota></default></users>
  <quotas><default><interval><duration>3600</duration><queries>0</queries><errors>0</errors><result_rows>0</result_rows>
    <read_rows>0</read_rows><execution_time>0</execution_time></interval></default></quotas>
</yandex>
"""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Server:
    def __init__(self, folder, ports, shard_ports):
        self.port = ports[0]
        for name in ("data", "tmp", "files"):
            (folder / name).mkdir(parents=True)
        shards = "".join(SHARD.format(port) for port in shard_ports)
        (folder / "config.xml").write_text(CONFIG.format(folder=folder, port=ports[0], http=ports[1], inter=ports[2],
                                                         shards=shards))
        (folder / "users.xml").write_text(USERS)
        self.log = (folder / "output.log").open("w")
        self.process = subprocess.Popen(["clickhouse-server", f"--config-file={folder}/config.xml"],
                                        stdout=self.log, stderr=subprocess.STDOUT, cwd=folder)

    def options(self):
        return ["--host", "127.0.0.1", "--port", str(self.port)]

    def ask(self, sql, many=False, output="JSONCompact"):
        """Rows of one query; of several statements nothing."""
        command = ["clickhouse-client", *self.options()]
        command += ["--multiquery"] if many else ["--format", output]
        done = subprocess.run(command, input=sql, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip() or done.stdout.strip())
        return None if many else json.loads(done.stdout)

    def wait(self, seconds=60):
        end = time.monotonic() + seconds
        while True:
            try:
                return self.ask("SELECT 1")
            except RuntimeError as error:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"the server on port {self.port} does not answer: {error}") from error
            time.sleep(0.2)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


def duckdb_rows(trex, dataset, sql):
    done = subprocess.run([trex, "query", dataset, "-", "--json"], input=sql, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return [list(row.values()) for row in json.loads(done.stdout)]


def clickhouse_rows(server, sql):
    answer = server.ask(sql)
    kinds = [column["type"] for column in answer["meta"]]
    return [[clickhouse_value(value, kind) for value, kind in zip(row, kinds)] for row in answer["data"]]


def clickhouse_value(value, kind):
    """ClickHouse writes 64-bit integers as texts, and what is not a number as null or "nan"."""
    if value is None:
        return None
    if isinstance(value, list):
        return [int(item) for item in value] if "Int" in kind else value
    if "Int" in kind and isinstance(value, str):
        return int(value)
    if "Float" in kind:
        number = float(value)
        return None if math.isnan(number) else number
    return value


def same(a, b):
    if a is None or b is None:
        return a is b or (a in (None, "") and b in (None, ""))
    if isinstance(a, bool) or isinstance(b, bool):
        return bool(a) == bool(b)
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        if isinstance(a, int) and isinstance(b, int):
            return a == b
        return math.isclose(a, b, rel_tol=RELATIVE, abs_tol=1e-12)
    return a == b


def difference(ours, theirs):
    if len(ours) != len(theirs):
        return f"{len(ours)} rows in DuckDB, {len(theirs)} in ClickHouse"
    for number, (a, b) in enumerate(zip(ours, theirs)):
        if len(a) != len(b) or not all(map(same, a, b)):
            return f"row {number}: {a} in DuckDB, {b} in ClickHouse"
    return None


def queries(folder, parameters):
    """(name, SQL for DuckDB, SQL for ClickHouse or None where it does not apply)"""
    for path in sorted(pathlib.Path(folder).glob("*.sql")):
        other = QUERIES / "clickhouse" / path.name
        texts = [path.read_text(), other.read_text() if other.exists() else None]
        for name, value in parameters.items():
            texts = [text and text.replace("$" + name, f"'{value}'") for text in texts]
        yield path.stem, *texts


def make_engines(trex, folder):
    subprocess.run([trex, "sample", folder / "samples"], check=True, capture_output=True)
    subprocess.run([sys.executable, HERE / "history_engines.py", trex, folder / "nightly", "16"], check=True)
    return [folder / "samples", folder / "nightly"]


def fill(servers, rows):
    for server in servers:
        server.ask((rows / "tables.sql").read_text(), many=True)
        server.ask((rows / "distributed.sql").read_text(), many=True)
    subprocess.run(["sh", rows / "load.sh", *servers[0].options()], check=True, env={**os.environ, "CLUSTER": "1"})
    halves = [server.ask("SELECT count() FROM trex.engines_local")["data"][0][0] for server in servers]
    print(f"engines on the two servers: {halves[0]} and {halves[1]}")
    return all(int(half) > 0 for half in halves)


def compare(trex, dataset, server, folder):
    names = [row[0] for row in clickhouse_rows(server, "SELECT engine FROM trex.engines ORDER BY model, engine")]
    agree = total = failed = 0
    for name, ours, theirs in queries(folder, {"before": names[0], "after": names[-1]}):
        total += 1
        if theirs is None:
            print(f"{name}: does not apply")
            continue
        try:
            problem = difference(duckdb_rows(trex, dataset, ours), clickhouse_rows(server, theirs))
        except RuntimeError as error:
            problem = str(error).splitlines()[0][:300]
        print(f"{name}: {problem or 'the same'}")
        agree += problem is None
        failed += problem is not None
    print(f"{agree} of {total} queries give the same on both")
    return failed == 0 and agree > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trex", required=True)
    parser.add_argument("--engines", nargs="+", help="folders of engines; samples when left out")
    parser.add_argument("--queries", default=QUERIES)
    parser.add_argument("--keep", action="store_true", help="leave the folder of the servers")
    options = parser.parse_args()
    if not shutil.which("clickhouse-server") or not shutil.which("clickhouse-client"):
        print("skipped: no clickhouse-server and clickhouse-client on this machine")
        return SKIPPED
    trex = str(pathlib.Path(options.trex).resolve())
    folder = pathlib.Path(tempfile.mkdtemp(prefix="trex-clickhouse-"))
    ports = free_ports(6)
    servers = []
    try:
        engines = options.engines or make_engines(trex, folder)
        dataset = folder / "fleet"
        subprocess.run([trex, "dataset", "add", dataset, *engines], check=True, capture_output=True)
        subprocess.run([trex, "dataset", "export", dataset, "--clickhouse", "-o", folder / "rows"], check=True)
        for number in range(2):
            servers.append(Server(folder / f"server{number}", ports[3 * number:3 * number + 3], ports[::3]))
        for server in servers:
            server.wait()
        filled = fill(servers, folder / "rows")
        return 0 if compare(trex, dataset, servers[0], options.queries) and filled else 1
    finally:
        for server in servers:
            server.stop()
        if not options.keep:
            shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
