"""The typed model of what a source says."""

from monitorpub.model.assessment import Assessment, Criterion
from monitorpub.model.chapter import Chapter, Written
from monitorpub.model.contamination import Contamination
from monitorpub.model.factstable import FactRow, FactsTable
from monitorpub.model.keydata import ContaminationEntry, Fact, ListOfThings, Row, RowGroup, SeriesTable
from monitorpub.model.profile import CallOut, Country, Profile, Recommendation, Related, Section, texts
from monitorpub.model.scalars import HEADS, Cell, Text

__all__ = [
    "HEADS", "Assessment", "CallOut", "Cell", "Chapter", "Contamination", "ContaminationEntry", "Country", "Criterion", "Fact",
    "FactRow", "FactsTable", "ListOfThings", "Profile", "Recommendation", "Related", "Row", "RowGroup", "Section", "SeriesTable",
    "Text", "Written", "texts",
]  # fmt: skip
