"""Citations: records of sources, cites in notes, and their text in the house style.

:func:`monitorpub.citations.cite.cite` is the way in; nothing is imported here, so that ``text`` can use ``syntax`` alone.
"""
