"""What a file says of itself: the information dictionary and XMP (ISO 16684-1), which say the same.

The identifiers are those of PDF/UA (ISO 14289-1, 5; ISO 14289-2, 6) and PDF/A (ISO 19005-3, 6.6.4; ISO 19005-4, 6.7.3).
"""

from __future__ import annotations

from functools import partial
from html import escape

from monitorpub import __version__
from monitorpub.bind.plan import Binding
from monitorpub.bind.strings import pdf_date, text_string

CREATOR = f"monitorpub {__version__}"
_escape = partial(escape, quote=False)  # as text wants it; what XML brings for that would load a client of HTTP
PRODUCER = f"monitorpub {__version__} (WeasyPrint 70.0)"

NAMESPACES = """xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/\""""

EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""What PDF/A-1 to 3 want said of properties that they do not know (ISO 19005-3, 6.6.2.3.3); PDF/A-4 does not."""


def moment(binding: Binding) -> str:
    """When the file says it was made, with the time: of a day, noon, which is the same day nearly everywhere."""
    return binding.created if "T" in binding.created else f"{binding.created}T12:00:00Z"


def information(binding: Binding) -> bytes:
    """The information dictionary."""
    when = pdf_date(moment(binding))
    entries = {"Title": binding.title, "Author": binding.author, "Subject": binding.subject, "Creator": CREATOR, "Producer": PRODUCER}
    entries |= {"CreationDate": when, "ModDate": when}
    return b"<<" + b"".join(b"/%s%s" % (name.encode(), text_string(value)) for name, value in entries.items() if value) + b">>"


def packet(binding: Binding) -> bytes:
    """The same as XMP, with the identifiers of the standards."""
    subject = f"<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>{_escape(binding.subject)}</rdf:li></rdf:Alt></dc:description>"
    when = moment(binding)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" {NAMESPACES}>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_escape(binding.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{_escape(binding.author)}</rdf:li></rdf:Seq></dc:creator>
{subject if binding.subject else ""}<dc:language><rdf:Bag><rdf:li>{_escape(binding.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate><xmp:MetadataDate>{when}</xmp:MetadataDate>
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>
{_identifiers(binding)}</rdf:Description>
{"" if binding.standard.is_pdf_2 else EXTENSION}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()


def _identifiers(binding: Binding) -> str:
    """Which standards the file keeps.  PDF/A-4f is PDF/A-4 with files attached: without any, the level is left out."""
    standard = binding.standard
    level = standard.level if binding.attachments or not standard.is_pdf_2 else ""
    conformance = f"<pdfaid:conformance>{level}</pdfaid:conformance>" if level else ""
    year = "<pdfaid:rev>2020</pdfaid:rev>" if standard.is_pdf_2 else ""
    rev = "<pdfuaid:rev>2024</pdfuaid:rev>" if standard.is_pdf_2 else ""
    return f"<pdfaid:part>{standard.archival}</pdfaid:part>{year}{conformance}\n<pdfuaid:part>{standard.accessible}</pdfuaid:part>{rev}\n"
