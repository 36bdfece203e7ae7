"""Files of many formats with made-up articles, small and whole, for the tests of what reads them."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPC = "http://schemas.openxmlformats.org/package/2006"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts, with the same bytes whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def odt(text: str, *, meta: str = "", styles: str = "", **parts: str) -> bytes:
    """An OpenDocument text with this XML in its text; `meta`: elements of its metadata; `styles`: its own styles."""
    names = " ".join(f'xmlns:{one}="{ODF}{one}:1.0"' for one in ("office", "text", "table", "style", "meta"))
    names += f' xmlns:draw="{ODF}drawing:1.0" xmlns:svg="{ODF}svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{text}</office:text></office:body></office:document-content>",
        "meta.xml": f"<office:document-meta {names}><office:meta>{meta}</office:meta></office:document-meta>",
        **parts,
    })  # fmt: skip


def docx(body: str, *, styles: str = "", notes: str = "", core: str = "", **parts: str) -> bytes:
    """A Word file with this XML in its body."""
    names = f'xmlns:w="{W}" xmlns:mc="mc" xmlns:wps="wps" xmlns:v="v"'
    rels = "".join(
        f'<Relationship Id="r{one}" Type="{REL}/{one}" Target="{one}.xml"/>' for one in ("styles", "footnotes")
    )  # fmt: skip
    return zipped({
        "[Content_Types].xml": f'<Types xmlns="{OPC}/content-types"><Override PartName="/word/document.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{OPC}/relationships"><Relationship Id="a" Type="{REL}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="b" Type="{OPC}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{OPC}/relationships">{rels}</Relationships>',
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {names}>{styles}</w:styles>",
        "word/footnotes.xml": f"<w:footnotes {names}>{notes}</w:footnotes>",
        "docProps/core.xml": f'<c:coreProperties xmlns:c="c" xmlns:dc="dc" xmlns:dcterms="t">{core}</c:coreProperties>',
        **parts,
    })  # fmt: skip


def p(text: str, style: str = "") -> str:
    """A paragraph of a Word file."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t>{text}</w:t></w:r></w:p>"


STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/></w:style>'
    for id, name in (("Titel", "Title"), ("berschrift1", "heading 1"), ("Beschriftung", "caption"))
)
"""Styles as a German Word writes them: the ids are translated, the names are not."""

ODT = odt(
    '<text:p text:style-name="P1">The Flood Took the Mill</text:p><text:p>By Ada Brook</text:p>'
    '<text:p>The river rose<text:s text:c="2"/>by night<text:note><text:note-body><text:p>Nobody saw it.</text:p></text:note-body></text:note>'
    " and took the mill<office:annotation><text:p>Is that so?</text:p></office:annotation> with it.</text:p>"
    '<text:p><draw:frame><draw:text-box><text:p text:style-name="Illustration"><draw:frame><draw:image/><svg:title>A mill</svg:title></draw:frame>'
    "The mill, before the flood</text:p></draw:text-box></draw:frame></text:p>"
    '<text:h text:outline-level="2">What was lost</text:h><text:list><text:list-item><text:p>12 carts</text:p></text:list-item></text:list>'
    "<table:table><table:table-row><table:table-cell><text:p>Ames</text:p></table:table-cell><table:table-cell><text:p>12</text:p>"
    "</table:table-cell></table:table-row></table:table><text:table-of-content><text:p>What was lost 1</text:p></text:table-of-content>",
    styles='<style:style style:name="P1" style:parent-style-name="Title"/>',
    meta="<dc:title>File of Ada</dc:title><meta:initial-creator>Ada Brook</meta:initial-creator>"
    "<meta:creation-date>2021-05-03T10:00:00</meta:creation-date>",
)

_BOX = f"<w:txbxContent>{p('The mill, before the flood', 'Beschriftung')}</w:txbxContent>"
DOCX = docx(
    p("The Flood Took the Mill", "Titel") + p("By Ada Brook")
    + '<w:p><w:r><w:t>The river rose by night</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    "<w:del><w:r><w:delText> never</w:delText></w:r></w:del><w:ins><w:r><w:t> and took the mill with it.</w:t></w:r></w:ins></w:p>"
    f"<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx>{_BOX}</wps:txbx></mc:Choice>"
    f"<mc:Fallback><v:textbox>{_BOX}</v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    + p("What was lost", "berschrift1")
    + '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>12 carts</w:t></w:r></w:p>'
    f"<w:tbl><w:tr><w:tc>{p('Ames')}</w:tc><w:tc>{p('12')}</w:tc></w:tr></w:tbl>",
    styles=STYLES,
    notes=f'<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">{p("Nobody saw it.")}</w:footnote>',
    core="<dc:title>File of Ada</dc:title><dc:creator>Ada Brook</dc:creator><dcterms:created>2021-05-03T10:00:00Z</dcterms:created>",
    **{"word/header1.xml": f'<w:hdr xmlns:w="{W}">{p("The Valley Post")}</w:hdr>'},
)  # fmt: skip

RTF = rb"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil Times;}{\f1\fcharset204 Arial Cyr;}}{\stylesheet{\ql Normal;}{\s1\b heading 1;}{\s2 Title;}{\s3 caption;}}
{\info{\title File of Ada}{\author Ada Brook}{\creatim\yr2021\mo5\dy3\hr10}}{\header\pard The Valley Post\par}
\pard\s2 The Flood Took the Mill\par
\pard By Ada Brook\par
The river rose by night{\*\footnote\pard\plain \chftn Nobody saw it.}{\deleted never} and took the \ldblquote mill\rdblquote\~with it{\*\bkmkend a}.\par
\pard\s3 The mill, before the flood\par
\pard\s1 What was lost\par
\pard{\listtext\'b7\tab}12 carts in \f1\'ca\'e8\'bf\'e2\f0  for \u8364?5\par
\trowd\pard\intbl Ames\cell 12\cell\row
\pard{\field{\*\fldinst HYPERLINK "https://valley.example"}{\fldrslt More}} of it\line later.\par}"""


Line = tuple[float, float, float, str]
"""A line of a page: its left end and its baseline in points, the size of its letters, its words (Latin-1)."""


def pdf(pages: Sequence[Sequence[Line]], *, info: str = "", streams: Sequence[bytes] = (), pictures: bool = False) -> bytes:
    """A PDF file whose pages have these lines. `streams`: further streams; `pictures`: each page has a picture as well."""
    objects: list[bytes] = [b"", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    drawn = b""
    if pictures:
        objects.append(
            b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\x80\nendstream"
        )
        drawn = b"q 500 0 0 700 40 40 cm /I Do Q\n"
    kids = []
    for lines in pages:
        content = drawn + b"".join(
            b"BT /F %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n" % (size, x, y, _escaped(words)) for x, y, size, words in lines
        )
        packed = zlib.compress(content)
        objects.append(b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed))
        resources = b"<</Font<</F 3 0 R>>%s>>" % (b"/XObject<</I 4 0 R>>" if pictures else b"")
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources%s/Contents %d 0 R>>" % (resources, len(objects)))
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    objects += [b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(one), one) for one in streams]
    objects.append(b"<<%s>>" % info.encode("latin-1"))
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(objects), len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, end)


def _escaped(words: str) -> bytes:
    return words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def lines(text: str, *, top: float = 780, left: float = 60, size: float = 11) -> list[Line]:
    """Lines one below the other; an empty one leaves a gap, one that begins with # is large."""
    out: list[Line] = []
    y = top
    for one in text.strip("\n").split("\n"):
        tall = size * 1.6 if one.startswith("#") else size
        y -= tall * (1.3 if one else 0.8)
        if one:
            out.append((left + (12 if one.startswith(" ") else 0), y, tall, one.strip("# ")))
    return out


def epub(*chapters: str, locked: bool = False, opf: str = "", labels: str = "") -> bytes:
    """A book of these chapters (bodies of XHTML)."""
    items = "".join(f'<item id="c{n}" href="text/c%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters)))
    refs = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    lock = '<e><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></e>'
    return zipped({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": f'<package xmlns:dc="dc"><metadata><dc:creator>Ada Brook</dc:creator><dc:publisher>Mill Press</dc:publisher>'
        f'<dc:date>2021-05-03</dc:date>{opf}</metadata><manifest>{items}<item id="n" href="nav.xhtml" properties="nav"/></manifest>'
        f"<spine>{refs}</spine></package>",
        "OEBPS/nav.xhtml": f"<html><body><nav>{labels}</nav></body></html>",
        **{f"OEBPS/text/c {n}.xhtml": f'<?xml version="1.0" encoding="utf-8"?><html><head><title>x</title></head><body>{one}</body></html>'
           for n, one in enumerate(chapters)},
        **({"META-INF/encryption.xml": lock} if locked else {}),
    })  # fmt: skip


EPUB = epub(
    "<h1>Cover</h1>",
    '<h1>The Flood</h1><p>The <i>river</i> rose by night.<a epub:type="noteref" href="#n">1</a> It took&nbsp;the mill &amp; both wheels.</p>'
    "<figure><img alt='A mill'/><figcaption>The mill</figcaption></figure><ul><li>12 carts</li></ul>",
    "<p>A chapter that has no heading of its own, and is called so by the contents alone, as some books have it. It is running text.</p>",
    labels='<ol><li><a href="text/c%202.xhtml#a">What Was Lost</a></li></ol>',
)

WXR = b"""<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file. -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/">
<channel><title>The Valley Post</title><link>https://valley.example</link>
<wp:author><wp:author_login><![CDATA[ada]]></wp:author_login><wp:author_display_name><![CDATA[Ada Brook]]></wp:author_display_name></wp:author>
<item><title>The Flood &amp;#8211; What It Took</title><link>https://valley.example/flood</link><pubDate>Sun, 02 May 2021 22:30:00 +0000</pubDate>
<dc:creator><![CDATA[ada]]></dc:creator><guid isPermaLink="false">https://valley.example/?p=12</guid>
<content:encoded><![CDATA[The river rose
by night, and took the mill.

[caption id="a" align="left"]<a href="b"><img src="c" /></a> The mill, before the flood[/caption]

<h3>What was lost</h3>
12 carts[gallery ids="1,2"]]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_date>2021-05-03 00:30:00</wp:post_date><wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item>
<item><title>Not ready</title><content:encoded>Words.</content:encoded><wp:post_type>post</wp:post_type><wp:status>draft</wp:status></item>
<item><title>mill.jpg</title><content:encoded/><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status></item>
<item><title>The Ferry</title><link>https://valley.example/ferry</link><guid>https://valley.example/?p=13</guid>
<content:encoded><![CDATA[<!-- wp:paragraph --><p>The ferry runs again, said Tom Weir.</p><!-- /wp:paragraph -->]]></content:encoded>
<wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item>
<item><title>Empty</title><content:encoded> </content:encoded><wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item>
</channel></rss>"""

RSS = b"""<rss version="2.0"><channel><title>The Valley Post</title><item><title>The Ferry</title><link>https://valley.example/ferry</link>
<author>ada@valley.example (Ada Brook)</author><pubDate>Mon, 03 May 2021 08:00:00 +0200</pubDate>
<description>The ferry &lt;b&gt;runs&lt;/b&gt; again, said Tom Weir.</description></item></channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Valley Post</title><author><name>Ada Brook</name></author>
<entry><id>urn:a:1</id><title type="html">The &lt;i&gt;Ferry&lt;/i&gt;</title><link rel="self" href="x"/><link href="https://valley.example/ferry"/>
<published>2021-05-03T08:00:00Z</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The ferry runs again, said Tom Weir.</p></div></content></entry>
</feed>"""


def web_page(title: str, words: str) -> bytes:
    return f"<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{words}</p></article></body></html>".encode()


def warc(*answers: tuple[str, str, bytes], packed: bool = True, charset: str = "utf-8") -> bytes:
    """A web archive of these answers: address, type, body."""
    out = b""
    for number, (address, kind, body) in enumerate(answers):
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset={charset}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032}>\r\nWARC-Target-URI: {address}\r\n"
            f"WARC-Date: 2022-01-0{number + 1}T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        record = head.encode() + answer + b"\r\n\r\n"
        out += gzip.compress(record, mtime=0) if packed else record
    return out


FLOOD_PAGE = web_page(
    "The Flood Took the Mill", "The river rose by night and took the mill and both of its wheels with it, and nobody knew how."
)
FERRY_PAGE = web_page(
    "The Ferry Is Back", "The ferry runs again, after a winter on land, said Tom Weir, who has steered it for twenty years."
)
WARC = warc(
    ("https://valley.example/flood", "text/html", FLOOD_PAGE),
    ("https://valley.example/mill.png", "image/png", b"\x89PNG"),
    ("https://valley.example/flood?again", "text/html", FLOOD_PAGE),
    ("https://valley.example/menu", "text/html", b"<html><body><nav>Home</nav></body></html>"),
    ("https://valley.example/flood", "text/html", FERRY_PAGE),
)
