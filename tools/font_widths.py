#!/usr/bin/env python3
"""Writes trex/document/font_widths.cpp: how wide the characters of Liberation Sans are.

Drawings name the fonts "Arial, Liberation Sans, Helvetica, sans-serif". Liberation Sans (SIL Open
Font License 1.1, Debian package fonts-liberation2) has Arial's widths on purpose, so one table
fits both. Only the advance widths are taken, from the font's own cmap and hmtx tables.

usage: font_widths.py [--check]    --check: say whether the file is what this would write
"""

# SPDX-License-Identifier: Apache-2.0

import pathlib
import struct
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "trex" / "document" / "font_widths.cpp"
FONTS = pathlib.Path("/usr/share/fonts/truetype/liberation2")
FACES = [("regular_widths", "LiberationSans-Regular.ttf"), ("bold_widths", "LiberationSans-Bold.ttf")]
FIRST, LAST = 0x20, 0x52F  # Latin, Greek, Cyrillic
PUNCTUATION = (0x2010, 0x203F)

HEAD = """// Advance widths of Liberation Sans, which are Arial's, in thousandths of the font size.
//
// Written by tools/font_widths.py from the fonts' own tables; not edited by hand. The order of the
// characters is that of font.cpp. 0: the font has no such character.

// SPDX-License-Identifier: Apache-2.0
#include "trex/document/font_widths.hpp"

namespace trex {

// clang-format off
"""
TAIL = """// clang-format on

}  // namespace trex
"""


def tables(data):
    count = struct.unpack_from(">H", data, 4)[0]
    result = {}
    for i in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * i)
        result[tag.decode()] = data[offset:offset + length]
    return result


def glyphs_of(cmap):
    """Character: glyph, from the table's segments (format 4)."""
    for i in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * i)
        if (platform, encoding) == (3, 1) and struct.unpack_from(">H", cmap, offset)[0] == 4:
            break
    else:
        raise SystemExit("no Unicode cmap of format 4")
    segments = struct.unpack_from(">H", cmap, offset + 6)[0] // 2
    at = offset + 14
    ends = struct.unpack_from(f">{segments}H", cmap, at)
    starts = struct.unpack_from(f">{segments}H", cmap, at + 2 * segments + 2)
    deltas = struct.unpack_from(f">{segments}h", cmap, at + 4 * segments + 2)
    ranges_at = at + 6 * segments + 2
    ranges = struct.unpack_from(f">{segments}H", cmap, ranges_at)
    result = {}
    for s in range(segments):
        for code in range(starts[s], min(ends[s], 0xFFFE) + 1):
            if ranges[s] == 0:
                glyph = code + deltas[s]
            else:
                place = ranges_at + 2 * s + ranges[s] + 2 * (code - starts[s])
                glyph = struct.unpack_from(">H", cmap, place)[0]
                glyph = glyph + deltas[s] if glyph else 0
            if glyph & 0xFFFF:
                result[code] = glyph & 0xFFFF
    return result


def widths_of(path):
    font = tables(path.read_bytes())
    em = struct.unpack_from(">H", font["head"], 18)[0]
    measured = struct.unpack_from(">H", font["hhea"], 34)[0]
    advances = [struct.unpack_from(">H", font["hmtx"], 4 * g)[0] for g in range(measured)]
    glyphs = glyphs_of(font["cmap"])
    codes = [*range(FIRST, LAST + 1), *range(PUNCTUATION[0], PUNCTUATION[1] + 1)]
    return [round(1000 * advances[min(glyphs[c], measured - 1)] / em) if c in glyphs else 0
            for c in codes]


def content():
    text = HEAD
    for name, file in FACES:
        widths = widths_of(FONTS / file)
        text += f"const std::array<std::uint16_t, width_count> {name} = {{\n"
        for i in range(0, len(widths), 19):
            text += "  " + " ".join(f"{w}," for w in widths[i:i + 19]) + "\n"
        text += "};\n"
    return text + TAIL


def main():
    text = content()
    if sys.argv[1:] == ["--check"]:
        same = TARGET.read_text(encoding="utf-8") == text
        print("up to date" if same else f"{TARGET} is out of date")
        return 0 if same else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
