"""The reader of RTF, as Word, LibreOffice and TextEdit write it.

pandoc's own drops notes of LibreOffice and cells of tables in silence; this one gives its document (``reading``), made of tokens
(``tokens``) and put together as pandoc would (``building``), with all the words that were met, so that none is lost unsaid.
"""
