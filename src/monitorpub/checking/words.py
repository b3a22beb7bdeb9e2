"""Word lists of the rules: spellings of the houses, abbreviations that every reader knows, words that may stand twice.

Only sure ones stand here: a word that is right in both spellings, or means two things, would make false alarms.
"""

from __future__ import annotations

from functools import cache

EMPTY_LINKS = {
    language: frozenset(words.split("/"))
    for language, words in {
        "en": "here/click here/click/see here/read here/link/this link/the link/this page/this site/this website/read more/more/learn more"
        "/find out more/see more/more information/download/download here",
        "fr": "ici/cliquez ici/cliquer ici/voir ici/lien/ce lien/le lien/cette page/ce site/lire la suite/lire plus/en savoir plus/plus"
        "/télécharger",
        "de": "hier/hier klicken/klicken sie hier/siehe hier/dieser link/der link/diese seite/weiterlesen/mehr/mehr lesen/mehr erfahren"
        "/herunterladen",
        "es": "aquí/haga clic aquí/clic aquí/ver aquí/enlace/este enlace/el enlace/esta página/leer más/más/más información/descargar",
    }.items()
}
"""Words of links that could lead anywhere, by language."""

LEGAL_DOUBLES = frozenset("that had is was her so very far long many more much no yes ha well over blah tuk chop bye it who you us".split())
"""Words that may stand twice in good English: that that was so, all he had had, gave her her coat."""

PARTICLES = frozenset("in on up over by off out for at to with down through about after".split())
"""Words that may stand twice behind a verb to which the first belongs: came in in May."""

PARTICLE_VERBS = frozenset(
    """
    come came comes coming go goes went gone going move moved moves moving take took taken takes taking bring brought call called
    hand handed log logged lock locked let set sets settle settled turn turned carry carried step stepped hold held look looked
    give gave given check checked phase phased trade traded fly flew flown stop stopped pass passed put roll rolled sign signed
    listened live lived shot aimed asked cared allowed sent sail sailed start started drove driven ran run
    """.split()
)

_PAIRS = """
program programme | programs programmes | center centre | centers centres | centered centred | defense defence | defenses defences
defenseless defenceless | offense offence | offenses offences | pretense pretence | color colour | colors colours | colored coloured
neighbor neighbour | neighbors neighbours | neighboring neighbouring | neighborhood neighbourhood | neighborhoods neighbourhoods
labor labour | laborer labourer | laborers labourers | armor armour | armored armoured | honor honour | honored honoured
favor favour | favored favoured | favorable favourable | behavior behaviour | behaviors behaviours | harbor harbour | harbors harbours
rumor rumour | rumors rumours | endeavor endeavour | endeavors endeavours | vigor vigour
traveled travelled | traveling travelling | traveler traveller | travelers travellers | labeled labelled | labeling labelling
modeled modelled | modeling modelling | signaled signalled | signaling signalling | channeled channelled | channeling channelling
totaled totalled | totaling totalling | fueled fuelled | fueling fuelling | leveled levelled | leveling levelling
counseling counselling | marshaled marshalled | quarreled quarrelled | shoveled shovelled | tunneled tunnelled | tunneling tunnelling
kilometer kilometre | kilometers kilometres | centimeter centimetre | centimeters centimetres | millimeter millimetre
millimeters millimetres | liter litre | liters litres | theater theatre | theaters theatres | fiber fibre | fibers fibres
caliber calibre | maneuver manoeuvre | maneuvers manoeuvres | orthopedic orthopaedic | pediatric paediatric | anesthetic anaesthetic
aluminum aluminium | plow plough | plowed ploughed | plowing ploughing | skeptical sceptical | skepticism scepticism
analyze analyse | analyzed analysed | analyzing analysing | paralyze paralyse | paralyzed paralysed | fulfill fulfil | fulfills fulfils
fulfillment fulfilment | enrollment enrolment | installment instalment | installments instalments | gray grey | artifact artefact
artifacts artefacts | moldy mouldy | mustache moustache | pajamas pyjamas
"""

_BRITISH_ONLY = "antipersonnel anti-personnel | canceled cancelled | canceling cancelling"
"""American words that the British house does not use, though the American one has both."""

_AMERICAN_ONLY = """
licence license | licences licenses | practise practice | practised practiced | practising practicing
"""
"""British words that the American house does not use, though the British one has both."""

_ISE = """
organ demilitar mobil demobil priorit emphas recogn author final special local minim maxim normal stabil destabil central
decentral categor character summar critic jeopard neutral victim util hospital rational real standard synchron terror traumat
univers memor formal legal national privat modern general harmon ideal apolog symbol sensit penal immun revital
"""
"""Stems of verbs whose -ise the American house writes -ize; the British house may write either."""


@cache
def respelt(language: str) -> dict[str, str]:
    """The words of the other spelling with those of this one.  Empty for languages that have no such lists."""
    pairs = _read(_PAIRS)
    if language == "en-GB":
        return pairs | _read(_BRITISH_ONLY)
    if language == "en-US":
        table = {british: american for american, british in pairs.items()} | _read(_AMERICAN_ONLY)
        for stem in _ISE.split():
            for ending in ("ise", "ised", "ises", "ising", "isation", "isations"):
                table[stem + ending] = stem + ending.replace("is", "iz", 1)
        return table
    return {}


def _read(pairs: str) -> dict[str, str]:
    words = pairs.replace("|", " ").split()
    return dict(zip(words[::2], words[1::2], strict=True))


METRES = {"en-GB": {"meter": "metre", "meters": "metres"}, "en-US": {"metre": "meter", "metres": "meters"}}
"""Only where they are a unit: a parking meter is spelt so everywhere."""

NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred|thousand|million"
