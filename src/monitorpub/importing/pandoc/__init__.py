"""The readers that go through pandoc: Word, OpenDocument, RTF, pages of the web, Markdown.

Each (``word``, ``pages``, ``markdown``) looks at the file first and has pandoc read it (``running``); ``blocks`` and ``inlines`` make the
neutral document of what pandoc gives, with ``marks`` for what is decided later: ``linked`` and ``typed`` find notes, ``settled`` does
the rest.
"""
