"""Make the static font faces in fonts/ from the upstream variable fonts.

Run once, by hand, when a face is added or upstream is upgraded; its output is committed, because every
machine must break lines with the very same bytes.  It needs the upstream packages (none of them is a
dependency of monitorpub itself):

    pip install fonttools==4.68.0 fontpkg-source-serif-4 fontpkg-source-sans-3 fontpkg-ibm-plex-sans-arabic
    apt-get install fonts-noto-cjk
    python tools/make_fonts.py

The Source and Plex families carry a reserved font name under the SIL Open Font License 1.1: a changed copy may
not bear it, so the instances are renamed "Monitorpub ...".

The Arabic face has a glyph for each letter.  Faces that put letters together from a stem and dots extract with wrong letters:
the engine gives each glyph one text, and the dots of one letter are those of another.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont
from fontTools.varLib.instancer import instantiateVariableFont

os.environ["SOURCE_DATE_EPOCH"] = "0"
FONTS = Path(__file__).resolve().parents[1] / "fonts"
CJK = Path("/usr/share/fonts/opentype/noto")

# package, upstream file, axes, family, style, weight, file
INSTANCES = [
    ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", {"opsz": 10, "wght": 400}, "Serif", "Regular"),
    ("fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf", {"opsz": 10, "wght": 400}, "Serif", "Italic"),
    ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", {"opsz": 10, "wght": 600}, "Serif", "SemiBold"),
    ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", {"opsz": 8, "wght": 400}, "Serif Note", "Regular"),
    ("fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf", {"opsz": 8, "wght": 400}, "Serif Note", "Italic"),
    ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", {"opsz": 48, "wght": 400}, "Serif Display", "Regular"),
    ("fontpkg_source_sans_3", "SourceSans3[wght].ttf", {"wght": 400}, "Sans", "Regular"),
    ("fontpkg_source_sans_3", "SourceSans3-Italic[wght].ttf", {"wght": 400}, "Sans", "Italic"),
    ("fontpkg_source_sans_3", "SourceSans3[wght].ttf", {"wght": 600}, "Sans", "SemiBold"),
    ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-Regular.ttf", {}, "Arabic", "Regular"),
    ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-SemiBold.ttf", {}, "Arabic", "SemiBold"),
]

# Hangul with its punctuation is what Korean names and headlines need; Han characters would triple the size.
HANGUL = [
    *range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x1100, 0x1200), *range(0x2010, 0x2030),
    *range(0x3000, 0x3040), *range(0x3130, 0x3190), *range(0xAC00, 0xD7A4), *range(0xFF01, 0xFF5F),
]  # fmt: skip
KOREAN = [("NotoSansCJK-Regular.ttc", "Regular"), ("NotoSansCJK-Bold.ttc", "SemiBold")]


def upstream(package: str, name: str) -> Path:
    """The file of an installed font package."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.submodule_search_locations is None:
        sys.exit(f"{package} is not installed: see the head of this file")
    return Path(spec.submodule_search_locations[0]) / "files" / name


def rename(font: TTFont, family: str, style: str) -> str:
    """Give the face its own names and return its PostScript name."""
    full = f"Monitorpub {family}"
    postscript = f"{full.replace(' ', '')}-{style}"
    names = font["name"]
    for record in list(names.names):
        if record.nameID not in (0, 5, 8, 9, 11, 12, 13, 14):
            names.removeNames(nameID=record.nameID)
    values = {1: full, 2: style, 3: postscript, 4: f"{full} {style}", 6: postscript, 16: full, 17: style}
    for name_id, value in values.items():
        names.setName(value, name_id, 3, 1, 0x409)
    if "CFF " in font:
        top = font["CFF "].cff
        top.fontNames[0] = postscript
        top[0].FullName, top[0].FamilyName = f"{full} {style}", full
    return postscript


def save(font: TTFont, family: str, style: str) -> None:
    """Write the face below fonts/ with a fixed time stamp."""
    name = rename(font, family, style)
    font["OS/2"].usWeightClass = 600 if style == "SemiBold" else 400
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    suffix = ".otf" if "CFF " in font else ".ttf"
    target = FONTS / (name.removeprefix("Monitorpub") + suffix)
    font.save(target, reorderTables=True)
    print(f"{target.name}: {target.stat().st_size // 1024} kB")


def main() -> None:
    """Make every face."""
    for package, name, axes, family, style in INSTANCES:
        font = TTFont(upstream(package, name))
        if axes:
            font = instantiateVariableFont(font, axes, inplace=True)
        for table in ("STAT", "DSIG", "meta"):
            if table in font:
                del font[table]
        save(font, family, style)
    for name, style in KOREAN:
        faces = TTCollection(CJK / name, lazy=True).fonts
        font = next(f for f in faces if f["name"].getDebugName(1).endswith("CJK KR") or "CJK KR" in f["name"].getDebugName(4))
        options = Options(layout_features=["ccmp", "ljmo", "vjmo", "tjmo", "kern", "palt"], notdef_outline=True,
                          name_IDs=["*"], hinting=False, desubroutinize=False)  # fmt: skip
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=HANGUL)
        subsetter.subset(font)
        save(font, "Korean", style)


if __name__ == "__main__":
    main()
