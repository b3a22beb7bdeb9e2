"""What a file says of itself: the information dictionary and XMP (ISO 16684-1), with the identifier of PDF/UA-1 (ISO 14289-1, 5)."""

from __future__ import annotations

from functools import partial
from html import escape

from monitorpub import __version__
from monitorpub.bind.plan import Binding
from monitorpub.bind.strings import pdf_date, text_string

CREATOR = f"monitorpub {__version__}"
_escape = partial(escape, quote=False)  # as text wants it; what XML brings for that would load a client of HTTP
PRODUCER = f"monitorpub {__version__} (WeasyPrint 70.0)"


def information(binding: Binding) -> bytes:
    """The information dictionary."""
    day = pdf_date(binding.created)
    entries = {"Title": binding.title, "Author": binding.author, "Subject": binding.subject, "Creator": CREATOR, "Producer": PRODUCER}
    entries |= {"CreationDate": day, "ModDate": day}
    return b"<<" + b"".join(b"/%s%s" % (name.encode(), text_string(value)) for name, value in entries.items() if value) + b">>"


def packet(binding: Binding) -> bytes:
    """The same as XMP."""
    subject = f"<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>{_escape(binding.subject)}</rdf:li></rdf:Alt></dc:description>"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_escape(binding.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{_escape(binding.author)}</rdf:li></rdf:Seq></dc:creator>
{subject if binding.subject else ""}<dc:language><rdf:Bag><rdf:li>{_escape(binding.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{binding.created}</xmp:CreateDate><xmp:ModifyDate>{binding.created}</xmp:ModifyDate>
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()
