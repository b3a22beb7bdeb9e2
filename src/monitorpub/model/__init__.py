"""The typed model of what a source says."""

from monitorpub.model.chapter import Chapter, Written
from monitorpub.model.contamination import Contamination
from monitorpub.model.keydata import ContaminationEntry, Fact, ListOfThings, Row, RowGroup, SeriesTable
from monitorpub.model.profile import Country, Profile, Recommendation, Section, texts
from monitorpub.model.scalars import HEADS, Cell, Text

__all__ = [
    "HEADS", "Cell", "Chapter", "Contamination", "ContaminationEntry", "Country", "Fact", "ListOfThings", "Profile",
    "Recommendation", "Row", "RowGroup", "Section", "SeriesTable", "Text", "Written", "texts",
]  # fmt: skip
