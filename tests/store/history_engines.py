#!/usr/bin/env python3
"""Makes a history of nightly engines, for tests and pictures of `trex history`.

    history_engines.py TREX OUTDIR [NIGHTS]

Each night is a sample engine (`trex sample`) whose logs carry that night's date and whose times differ from
the sample's by what is known: noise of 0.3 % between nights; the block layer2.0 takes 60 % more in the third
quarter of the nights; night 5 stands alone, 15 % slower; from the last quarter on another TensorRT version, 4 % faster.
"""

# SPDX-License-Identifier: Apache-2.0
import datetime
import json
import pathlib
import random
import re
import subprocess
import sys

SLOW_BLOCK = "layer2.0"


def night_factors(night, nights, rng):
    """(all layers, layers of the slow block) as factors of the sample's times."""
    everything = 1 + rng.gauss(0, 0.003)
    if night == 5:
        everything *= 1.15
    if 4 * night >= 3 * nights:
        everything *= 0.96
    slow = 1.6 if 2 <= 4 * night / nights < 3 else 1.0
    return everything, slow


def scale(folder, everything, slow):
    profile_path = next(folder.glob("*.profile.json"))
    profile = json.loads(profile_path.read_text())
    before = after = 0.0
    for row in profile[1:]:
        factor = everything * (slow if SLOW_BLOCK in row["name"] else 1)
        before += row["averageMs"]
        after += row["averageMs"] * factor
        for key in ("timeMs", "averageMs", "medianMs"):
            row[key] = round(row[key] * factor, 6)
    profile_path.write_text(json.dumps(profile))
    timing_path = next(folder.glob("*.timing.json"))
    timing = json.loads(timing_path.read_text())
    for record in timing:
        for key in ("computeMs", "latencyMs"):
            record[key] = round(record[key] * after / before, 6)
    timing_path.write_text(json.dumps(timing))


def main(trex, out, nights=24):
    rng = random.Random(2026)
    for night in range(nights):
        folder = pathlib.Path(out) / f"night-{night:03}"
        subprocess.run([trex, "sample", folder, "--only", "resnet18.fp16", "--records", "80", "--seed", str(night + 1)],
                       check=True, capture_output=True)
        scale(folder, *night_factors(night, nights, rng))
        date = datetime.date(2026, 1, 5) + datetime.timedelta(days=night)
        newer = 4 * night >= 3 * nights
        for log in folder.glob("*.log"):
            text = re.sub(r"\[\d\d/\d\d/\d{4}-", f"[{date:%m/%d/%Y}-", log.read_text())
            log.write_text(text.replace("v8601", "v8602").replace("8.6.1", "8.6.2") if newer else text)
        for metadata in folder.glob("*.metadata.json"):
            text = metadata.read_text()
            metadata.write_text(text.replace("8.6.1", "8.6.2") if newer else text)
        for file in folder.glob("resnet18.fp16.onnx.engine.*"):
            file.rename(folder / file.name.replace("fp16", f"fp16.{night:03}"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:4]))
