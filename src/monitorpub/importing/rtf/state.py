"""What an RTF file is made of while it is read: groups, texts, and the names of their parts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from monitorpub.importing.pandoc.running import Node
from monitorpub.importing.rtf.building import Item, Level, Look

UNSEEN = frozenset(
    "colortbl filetbl fonttbl info listtext mmathPict nonesttables nonshppict pict pntext pntxta pntxtb rxe shprslt sn sp stylesheet sv tc "
    "tcn upr xe".split()
)
"""Parts that hold no text of the document."""
STARRED = frozenset(
    "aftncn aftnsep aftnsepc atndate atnid atnparent atnref atntime atrfend atrfstart background blipuid bkmkend bkmkstart "
    "colorschememapping company datafield datastore defchp defpap docvar ebcend ebcstart factoidname flomaster fldtype ftncn ftnsep "
    "ftnsepc generator hlinkbase latentstyles lfolevel listlevel listname listoverridetable listpicture liststylename listtable mailmerge "
    "mctrlPr mmathPr objalias objclass objdata objname objsect oldcprops oldpprops oldsprops oldtprops operator panose passwordhash "
    "pgdsctbl pgptbl picprop pn pnseclvl printim private protend protstart protusertbl pgdscnxt revtbl rsidtbl svb tblstyles template "
    "themedata ud userprops wgrffmtfilter writereservation writereservhash xmlnstbl".split()
)
"""Parts of settings, which older programs pass over."""
MARGINS = frozenset("header headerl headerr headerf footer footerl footerr footerf".split())
THROUGH = frozenset("do moMath moMathPara nesttableprops shpgrp shpinst shppict".split())
"""Parts that may hold text of it, though older programs pass over them."""
FLOWS: dict[str, Literal["note", "box"]] = {"footnote": "note", "shptxt": "box", "dptxbxtext": "box"}
PARTS = frozenset([*FLOWS, *"field fldinst fldrslt annotation atnauthor moMath".split()])


@dataclass
class Style:
    """A style of paragraphs: its name, and its level in the outline; 9 is that of text."""

    name: str = ""
    level: int = 9


@dataclass
class State:
    """What holds inside a group."""

    part: str = ""
    """The destination: empty for text."""
    look: Look = field(default_factory=Look)
    hidden: bool = False
    fallback: int = 1
    """Signs that stand for a Unicode letter in older programs."""
    font: int = 0
    style: int = 0
    outline: int = 9
    in_table: bool = False
    depth: int = 0
    listed: bool = False
    item_level: int = 0
    field: list[str] = field(default_factory=list)
    """The words of the field that is open."""
    flow: Literal["", "note", "box"] = ""
    """What ends with this group."""

    def set_paragraph(self, word: str, number: int | None) -> None:
        """A control word about the paragraph."""
        match word:
            case "pard":
                self.in_table, self.depth, self.listed, self.item_level = False, 0, False, 0
                self.style, self.outline = 0, 9
            case "intbl":
                self.in_table = True
            case "itap":
                self.depth, self.in_table = number or 0, bool(number)
            case "ls":
                self.listed = number != 0
            case "ilvl":
                self.item_level = number or 0
            case "s":
                self.style = number or 0
            case "outlinelevel":
                self.outline = number or 0

    def set_look(self, word: str, number: int | None) -> None:
        """A control word about how words look."""
        on = number != 0
        match word:
            case "plain":
                self.look, self.hidden = Look(link=self.look.link), False
            case "b":
                self.look = self.look._replace(bold=on)
            case "i":
                self.look = self.look._replace(italic=on)
            case "super" | "sub" | "nosupersub":
                self.look = self.look._replace(raised={"super": 1, "sub": -1}.get(word, 0) if on else 0)
            case "up" | "dn":
                raised = 0 if number == 0 else 1 if word == "up" else -1
                self.look = self.look._replace(raised=raised)
            case "strike" | "striked":
                self.look = self.look._replace(struck=on)
            case "v":
                self.hidden = on


@dataclass
class Flow:
    """A text: that of the file, or that of a note."""

    blocks: list[Node | Item] = field(default_factory=list)
    runs: list[tuple[str | Node, Look]] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    marker: list[str] = field(default_factory=list)
    """The sign or the number before the open item of a list."""
    boxes: list[Node | Item] = field(default_factory=list)
    """The blocks of text boxes that hang at the open paragraph."""
    words: list[str] = field(default_factory=list)


@dataclass
class Read:
    """pandoc's document of an RTF file, and what stands beside the text."""

    made: Node = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    """The words of the text and the notes, as they were met."""
    notes: int = 0
    hidden: list[tuple[int, str]] = field(default_factory=list)
    """The paragraph, and the words."""
    formulas: int = 0
    margins: list[str] = field(default_factory=list)
    comments: list[tuple[int, str, str]] = field(default_factory=list)
    """The paragraph, the author and the words."""
    unknown: Counter[str] = field(default_factory=Counter)
    """The words of parts that this reader does not know, with the names of the parts."""
    covered: int = 0
    """Cells over which others reach."""
