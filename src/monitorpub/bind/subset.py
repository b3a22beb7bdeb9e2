"""A font file cut down to some glyphs, by HarfBuzz; glyph ids stay what they were."""

from __future__ import annotations

DROPPED = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "GDEF", "JSTF", "LTSH", "PCLT", "SVG ")


def subset(font: bytes, glyphs: frozenset[int]) -> bytes:
    """The file with the outlines of those glyphs only; the same bytes for the same glyphs.

    Raises ValueError where HarfBuzz gives nothing.
    """
    import uharfbuzz  # only when a font must be cut anew

    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.DESUBROUTINIZE | uharfbuzz.SubsetFlags.NO_HINTING
    wanted.sets(uharfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(int.from_bytes(tag.encode(), "big") for tag in DROPPED)
    face = uharfbuzz.subset(uharfbuzz.Face(font), wanted)
    data = face.blob.data if face is not None else b""
    if not data:
        raise ValueError("HarfBuzz could not cut the font")
    return bytes(data)
