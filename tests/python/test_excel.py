"""The Excel summary, read back: sheets, values, charts, pictures; and texts that stay texts."""

# SPDX-License-Identifier: Apache-2.0
import struct
import zipfile
import zlib

import pytest
import trex

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

from trex.excel_summary import MAX_PERMISSIBLE_NAME_LENGTH, ExcelSummary  # noqa: E402


def png(width=3, height=2):
    def part(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\0" + b"\x40\x80\xc0" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", zlib.compress(rows))
            + part(b"IEND", b""))  # fmt: skip


def rows_of(sheet):
    cells = list(sheet.iter_rows(values_only=True))
    return list(cells[0]), cells[1:]


@pytest.fixture(scope="module")
def book(sample_plan, tmp_path_factory):
    path = tmp_path_factory.mktemp("excel") / "summary.xlsx"
    ExcelSummary(sample_plan, str(path)).generate_default_summary()
    return openpyxl.load_workbook(path)


def test_sheets(book):
    assert book.sheetnames == [
        "Summary", "Plan", "By type", "By precision", "By output_precision", "Slowest layers",
        "Largest layers", "Convolutions", "Findings",
    ]  # fmt: skip
    for sheet in book:
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref


def test_values(book, sample_plan):
    header, rows = rows_of(book["Plan"])
    wanted = trex.clean_for_display(sample_plan.df)
    assert header == list(wanted.columns) and len(rows) == len(wanted)
    for name in ("Name", "type", "tactic", "total_footprint_bytes", "latency.avg_time"):
        given = [row[header.index(name)] for row in rows]
        assert given == pytest.approx(list(wanted[name])) if name[0] in "tl" and name not in (
            "type", "tactic") else given == list(wanted[name])  # fmt: skip
    header, rows = rows_of(book["By type"])
    times = dict(zip(sample_plan.df["type"].unique(), [0.0] * len(rows)))
    for kind, time in zip(sample_plan.df["type"], sample_plan.df["latency.avg_time"]):
        times[kind] += time
    assert {row[0]: row[header.index("latency.avg_time")] for row in rows} == pytest.approx(times)
    assert sum(row[header.index("count")] for row in rows) == len(sample_plan.df)
    _, rows = rows_of(book["Slowest layers"])
    slowest = [row[4] for row in rows]
    assert slowest == sorted(slowest, reverse=True)
    assert slowest[0] == pytest.approx(sample_plan.df["latency.avg_time"].max())
    _, rows = rows_of(book["Summary"])
    assert ("Model", "Layers", str(len(sample_plan.df))) in rows
    assert {"Device Properties", "Builder Configuration", "Performance Summary"} < {
        row[0] for row in rows
    }


def test_charts_show_the_cells_beside_them(book):
    charted = {sheet.title: sheet._charts for sheet in book if sheet._charts}
    assert set(charted) == {
        "By type", "By precision", "By output_precision", "Slowest layers", "Largest layers",
    }  # fmt: skip
    for title, (chart,) in charted.items():
        series = chart.series[0]
        header, rows = rows_of(book[title])
        values, names = series.val.numRef.f, series.cat.strRef or series.cat.numRef
        sheet, cells = values.rsplit("!", 1)
        column = cells.replace("$", "").split(":")[0][0]
        assert sheet.strip("'") == title and cells.endswith(f"${len(rows) + 1}")
        name = header[ord(column) - ord("A")]
        assert name in ("latency.avg_time", "total_footprint_bytes")
        assert names.f.rsplit("!", 1)[1] == f"$A$2:$A${len(rows) + 1}"


def test_pictures_and_names(sample_plan, tmp_path):
    """Pictures by path and bytes; names too long, forbidden, or the same but for capitals."""
    import pandas as pd

    (tmp_path / "a.png").write_bytes(png())
    path = tmp_path / "custom.xlsx"
    frame = pd.DataFrame({"a": [1, None], "b": [[1, 2], {"c": "d"}]})
    with ExcelSummary(sample_plan, str(path)) as excel:
        excel.add_dataframes({"x" * 40: frame, "X" * 40: frame, "a/b:c[d]*?": frame})
        excel.add_images({"from a file": str(tmp_path / "a.png"), "from bytes": png()})
    book = openpyxl.load_workbook(path)
    assert all(len(name) <= MAX_PERMISSIBLE_NAME_LENGTH for name in book.sheetnames)
    assert len({name.lower() for name in book.sheetnames}) == 5
    assert "a_b_c_d___" in book.sheetnames
    assert rows_of(book["x" * 31])[1] == [(1, "[1, 2]"), (None, "{'c': 'd'}")]
    with zipfile.ZipFile(path) as parts:
        media = [name for name in parts.namelist() if name.startswith("xl/media/")]
        assert media and all(parts.read(name) == png() for name in media)
        drawn = [name for name in parts.namelist() if name.startswith("xl/drawings/drawing")]
        assert len(drawn) == 2


NASTY = (
    '=HYPERLINK("http://example.com","click")', "+1+1", "-2+3", "@SUM(1)", "=1+1",
    "http://example.com/", "\x00\x1bcontrol", "{=A1}", "a" * 40000, "</t><f>1</f>",
)  # fmt: skip


def test_texts_stay_texts(tmp_path):
    """No name of a layer becomes a formula or a link, in cells, headers, sheet names or titles."""
    raws = [
        {"Name": name, "LayerType": "Scale", "Inputs": [], "Outputs": [], name[:200]: name}
        for name in NASTY
    ]
    plan = trex.EnginePlan(raws)
    path = tmp_path / "nasty.xlsx"
    excel = ExcelSummary(plan, str(path))
    excel.generate_default_summary(save=False)
    excel.add_dataframes({"=1+1": trex.group_count(plan.df, "Name").assign(**{"latency.avg_time": 1.0})})
    excel.save()
    book = openpyxl.load_workbook(path)
    for sheet in book:
        assert not sheet._hyperlinks
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row), sheet.title
    header, rows = rows_of(book["Plan"])
    names = [row[header.index("Name")] for row in rows]
    assert names[:6] == list(NASTY[:6]) and len(names[8]) <= 32767
    with zipfile.ZipFile(path) as parts:
        for part in parts.namelist():
            assert "externalLink" not in part and "vbaProject" not in part
            if "/charts/" in part:
                title = parts.read(part).decode().split("<c:title>")[1].split("</c:title>")[0]
                assert "<c:f>" not in title
