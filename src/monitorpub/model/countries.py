"""Countries by ISO 3166-1 and languages by BCP 47."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from functools import cache

# The codes stand here as well as in pycountry, which takes longer to load than all of the check: a test compares the two.
_PAIRS = """
ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD
BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN
CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU
DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB
GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG
HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN
KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU
LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR
MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL
OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB
RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP
SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN
TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF
ZMZMB ZWZWE
"""
COUNTRIES = {pair[:2]: pair[2:] for pair in _PAIRS.split()}
"""ISO 3166-1: alpha-2 -> alpha-3."""

_LANGUAGES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki
kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no
nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta
te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
LANGUAGES = frozenset(_LANGUAGES.split())
"""ISO 639-1."""

USER_ASSIGNED = {"XKX": "Kosovo", "XK": "Kosovo"}
"""Codes that ISO 3166-1 leaves to users and that the United Nations and the European Union use."""


@cache
def _names() -> dict[str, str]:
    import pycountry

    names: dict[str, str] = {}
    for country in pycountry.countries:
        for attribute in ("name", "common_name", "official_name"):
            if name := getattr(country, attribute, None):
                names[name.lower()] = country.alpha_3
    # The short names of the reports where ISO inverts or avoids them.
    names |= {"uk": "GBR", "north korea": "PRK", "south korea": "KOR", "kosovo": "XKX", "palestine": "PSE", "laos": "LAO", "russia": "RUS"}
    return names


_SHORT = {
    "PRK": "North Korea",
    "KOR": "South Korea",
    "RUS": "Russia",
    "XKX": "Kosovo",
    "PSE": "Palestine",
    "LAO": "Laos",
    "GBR": "United Kingdom",
    "COD": "Democratic Republic of the Congo",
    "COG": "Republic of the Congo",
}
"""Short names of the reports where those of ISO are inverted, longer, or others."""


@cache
def _spellings() -> dict[str, str]:
    """Each way in which reports write the name of a country, in small letters, with its alpha-3 code."""
    out: dict[str, str] = {}
    for name, code in [*_names().items(), *((name.lower(), code) for code, name in _SHORT.items())]:
        plain = name.replace("’", "'")
        out[plain] = code
        first, comma, rest = plain.partition(", ")
        if comma and "," not in rest:
            out[f"{rest} {first}"] = code
    out |= {
        f"{first}, {kind}": code for kind, first, code in (("north", "korea", "PRK"), ("south", "korea", "KOR"), ("south", "sudan", "SSD"))
    }
    out |= {
        "dprk": "PRK",
        "drc": "COD",
        "dr congo": "COD",
        "syria": "SYR",
        "iran": "IRN",
        "vietnam": "VNM",
        "turkey": "TUR",
        "tanzania": "TZA",
    }
    return out


def country_named(words: str) -> tuple[str, str] | None:
    """The alpha-3 code and the short name of the country that words name, in its inverted form too; None for other words."""
    plain = " ".join(words.replace("’", "'").split()).lower()
    spellings = _spellings()
    first, comma, rest = plain.partition(", ")
    code = spellings.get(plain) or spellings.get(plain.removeprefix("the "))
    if code is None and comma:
        code = spellings.get(f"{rest} {first}") or spellings.get(f"{rest.removeprefix('the ')} {first}")
    return (code, short_name(code)) if code else None


def short_name(code: str) -> str:
    """The short name of a country by its alpha-3 code, as the reports write it."""
    import pycountry

    if code in _SHORT:
        return _SHORT[code]
    country = pycountry.countries.get(alpha_3=code)
    name = str(getattr(country, "common_name", "") or getattr(country, "name", code))
    first, comma, rest = name.partition(", ")
    return f"{rest} {first}" if comma and rest.endswith(" of") else first


def countries_in(text: str) -> list[tuple[str, int]]:
    """The alpha-3 codes of the countries that a text names, with how often, the most frequent first."""
    found = Counter(_spellings()[" ".join(match[0].replace("’", "'").lower().split())] for match in _any_name().finditer(text))
    return found.most_common()


@cache
def _any_name() -> re.Pattern[str]:
    names = sorted((name for name in _spellings() if len(name) > 3), key=len, reverse=True)
    return re.compile(
        r"\b(?:" + "|".join(re.escape(name).replace("\\ ", r"\s+").replace("'", "['’]") for name in names) + r")\b", re.IGNORECASE
    )


def find_country(code: str) -> tuple[str, str]:
    """The alpha-3 code for an alpha-2 or alpha-3 code, or "" and a hint for the editor."""
    upper = code.strip().upper()
    if upper in USER_ASSIGNED:
        return "XKX", ""
    if upper in COUNTRIES or upper in COUNTRIES.values():
        return COUNTRIES.get(upper, upper), ""
    names = _names()
    near = difflib.get_close_matches(code.lower(), names, n=1, cutoff=0.75)
    if near:
        return "", f"{near[0].title()} is {names[near[0]]}."
    return "", "Use the code of two or three letters: KP or PRK for North Korea."


def is_language(tag: str) -> bool:
    """Whether the tag has the form of BCP 47 (RFC 5646, section 2.1) and its language is in ISO 639."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*", tag):
        return False
    language = tag.split("-", maxsplit=1)[0].lower()
    if language in LANGUAGES:
        return True
    import pycountry

    return pycountry.languages.get(alpha_3=language) is not None or pycountry.languages.get(alpha_2=language) is not None
