"""What the engine says while it works, as remarks."""

from __future__ import annotations

import logging
import re
from typing import ClassVar

from monitorpub.typeset.part import Remark

STYLE = "style:/"
"""What the element of a remark begins with that is about a style sheet; its name follows."""


class Log(logging.Handler):
    """Collects the remarks while it is entered."""

    sheet: ClassVar[str] = ""
    """The style sheet that is being read."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.remarks: list[Remark] = []

    def __enter__(self) -> Log:
        logging.getLogger("weasyprint").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """One message of the engine."""
        message = record.getMessage().strip()
        if match := re.search(r'unsupported by fonts: "(.*)" \((U\+\w+)\)', message):
            remark = Remark(
                "P010",
                f"No packaged font has the sign {match[1]} ({match[2]}).",
                "",
                "Write it in another way, or add a font to the workspace's fonts/ and styles/fonts.css.",
            )
        else:
            code = "P005" if record.levelno >= logging.ERROR or "cannot be loaded" in message else "P006"
            remark = Remark(code, f"The engine says: {message}", f"{STYLE}{Log.sheet}" if Log.sheet else "")
        if remark not in self.remarks:
            self.remarks.append(remark)
