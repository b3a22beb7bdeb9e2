"""Every kind of bad volume, with what an editor reads about it.

«These marks» stand round the words that the caret must stand under; they are no part of the volume.  Beside it lie the profiles
chad and north-korea.
"""

from __future__ import annotations

from dataclasses import dataclass

HEAD = """\
layout: annual-report
language: en-GB
title: Clearing the Mines
edition: 2025
publisher: A publisher
date: 2025-11-01
"""
GROUPS = """\
groups:
  - title: States Parties
    profiles: [chad, north-korea]
"""
VOLUME = HEAD + GROUPS
"""A volume with nothing wrong and as little as possible."""


@dataclass(frozen=True)
class Case:
    """A volume with one thing wrong, and the whole of what is said about it."""

    code: str
    title: str
    volume: str
    message: str
    field: str
    hint: str


def front(entry: str) -> str:
    """A volume with one entry of front matter, indented as a list entry."""
    return f"{HEAD}front:\n  - {entry}\n{GROUPS}"


def chapter(more: str) -> str:
    """A volume with a chapter that has these fields."""
    return front("chapter: Overview\n    " + more.replace("\n", "\n    "))


def groups(entry: str) -> str:
    """A volume whose first group has chad, with a second group."""
    return f"{HEAD}groups:\n  - title: States Parties\n    profiles: [chad]\n  - title: Others\n    {entry}\n"


CASES = [
    Case("M001", "a field with a slip", f"{HEAD}«publischer»: X\n{GROUPS}", "There is no field 'publischer' here.", "publischer", "Did you mean publisher?"),
    Case(
        "M001",
        "a field of a chapter with a slip",
        chapter("«txt»: Words."),
        "There is no field 'txt' here.",
        "front[1].txt",
        "Did you mean text?",
    ),
    Case(
        "M001",
        "a field of a table in a chapter with a slip",
        chapter("tables:\n  - {table: A, id: a, «unti»: km², rows: [{id: b, label: B}]}"),
        "There is no field 'unti' here.",
        "front[1].tables[1].unti",
        "Did you mean unit?",
    ),
    Case(
        "M001",
        "terms on the contents page",
        front("{page: contents, «terms»: [Panmunjom]}"),
        "The page contents has no field 'terms'.",
        "front[1].terms",
        "The page index has it.",
    ),
    Case("M002", "no title", VOLUME.replace("title: Clearing the Mines\n", "").replace("layout", "«layout»", 1), "The field 'title' is missing here.", "title", "For instance: title: Clearing the Mines"),
    Case(
        "M002",
        "a condition without a test",
        groups("where: {«field»: group}"),
        "The condition has no test.",
        "groups[2].where",
        "Add one of these: is, in, not, above, below, reported. For instance: is: States Parties",
    ),
    Case(
        "M002",
        "a group without profiles",
        f"{VOLUME}  - «title»: Others\n",
        "The group has no profiles.",
        "groups[2]",
        "Add the field profiles, a list of names; or where, a condition.",
    ),
    Case("M003", "a form with a slip", front("«chaptr»: Overview"), "This entry of the front matter has none of the known forms.", "front[1]", "Did you mean chapter?"),
    Case(
        "M003",
        "a form like none",
        f"{VOLUME}back:\n  - «text»: Words.\n",
        "This entry of the back matter has none of the known forms.",
        "back[1]",
        "It begins with - page: or - chapter:",
    ),
    Case("M004", "words for a number in a condition", groups("where: {field: key-data.contamination.area, above: «much»}"), "A number is expected here, and this is 'much'.", "groups[2].where.above", "Type digits only, without the unit: above: 20"),
    Case("M009", "a page that there is not", front("page: «foreword»"), "One of these is expected here: cover, imprint, contents, abbreviations, index, back-cover; and this is 'foreword'.", "front[1].page", ""),
    Case("M009", "a divider that may be", f"{VOLUME}    divider: «perhaps»\n", "One of these is expected here: true, false; and this is 'perhaps'.", "groups[1].divider", ""),
    Case(
        "M011",
        "one id twice in a chapter",
        chapter("tables:\n  - {table: A, id: a, rows: [{id: b, label: B}]}\nsections:\n  - {title: One, id: «a»}"),
        "The id 'a' is used twice.",
        "front[1].sections[1].id",
        "It stands first in line 10; each section or table needs an id of its own.",
    ),
    Case(
        "M014",
        "a wrong total in a chapter",
        chapter("tables:\n  - {table: A, id: a, rows: [{id: b, label: B, values: {2024: 1}}, {id: t, label: T, total: [b], values: {2024: «2»}}]}"),
        "The total for 2024 is 2, and its rows add up to 1.",
        "front[1].tables[1].rows[2].values.2024",
        "Correct the total or the rows; or leave the value out, and the sum is printed.",
    ),
    Case("M015", "a condition with two tests", groups("where: {«field»: group, is: A, in: [A]}"), "The condition has two tests, is and in.", "groups[2].where", "Keep one of them; for several words, in: [a, b]"),
    Case("M015", "a path with a space", groups("where: {field: «key data», is: A}"), "'key data' is not the path of a field.", "groups[2].where.field", "It is names joined by points, without spaces: key-data.contamination.area"),
    Case("M015", "profiles and a condition", groups("profiles: [north-korea]\n    where: {field: group, is: A}").replace("- title: Others", "- «title»: Others"), "The group has both profiles and where.", "groups[2]", "Keep one of the two; or make two groups."),
    Case(
        "M016",
        "four levels in a chapter",
        chapter("sections: [{title: A, sections: [{title: B, sections: [{title: C, sections: [{title: «D»}]}]}]}]"),
        "This section is on level 4; sections have 3 levels.",
        "front[1].sections[1].sections[1].sections[1].sections[1].title",
        "Move it one level up.",
    ),
    Case("N001", "a call without a note in a chapter", chapter("text: Words«[^a]»."), "The note 'a' is called, and there is no such note.", "front[1].text", "Add a: to the field notes."),
    Case("N001", "a call on the imprint", f"{HEAD}citation: Words«[^a]».\n{GROUPS}", "The note 'a' is called, and there are no notes here: only chapters have them.", "citation", "Move what it belongs to into a chapter, or delete the call."),
    Case("N002", "a note that nothing calls in a chapter", chapter("text: Words.\nnotes: {«a»: A note.}"), "Nothing in the chapter calls the note 'a'.", "front[1].notes.a", "Call it with [^a], or delete it."),
    Case("C005", "a source of another chapter", chapter('text: Words.[^a]\nnotes: {a: "[«@icrc»]"}') + "back:\n  - chapter: Annex\n    text: Words.[^a]\n    notes: {a: '[@icrc]'}\n    references: [{id: icrc, type: report, title: A report}]\n", "No record of a source has the id 'icrc'.", "front[1].notes.a", "Add it to the field references. To print the signs as they are, type \\ before [."),
    Case("M009", "a waiver of no rule in a chapter", chapter("text: Words.\nignore: [{rule: «odd-updat», reason: Because.}]"), "There is no rule 'odd-updat'.", "front[1].ignore[1].rule", "Did you mean odd-update?"),
    Case("T001", "HTML on a divider", f"{VOLUME}    text: Words «<b>»in bold.\n", "", "groups[1].text", ""),
    Case("T005", "no image in the disclaimer", f'{HEAD}disclaimer: "![Logo](«logo.png»)"\n{GROUPS}', "", "disclaimer", ""),
    Case("L001", "no such layout", VOLUME.replace("annual-report", "«anual-report»"), "There is no layout 'anual-report'.", "layout", "Did you mean annual-report?"),
    Case("K001", "a field that no profile has", groups("where: {field: «key-data.contaminaton», is: A}"), "No profile has the field key-data.contaminaton.", "groups[2].where.field", "Did you mean key-data.contamination?"),
    Case("G001", "a profile twice in a list", VOLUME.replace("north-korea]", "north-korea, «chad»]"), "The profile chad stands twice in this group.", "groups[1].profiles[3]", "Delete one of the two."),
    Case("G001", "a profile twice by its name and its path", VOLUME.replace("north-korea]", "north-korea, «./chad.yaml»]"), "The profile chad stands twice in this group.", "groups[1].profiles[3]", "Delete one of the two."),
    Case("G001", "a profile in two lists", groups("profiles: [north-korea, «chad»]"), "The profile chad is in two groups, 'States Parties' and 'Others'.", "groups[2].profiles[2]", "Change the list or the condition of one of them, so that it stands in one only."),
    Case("G001", "a profile in a list and under a condition", groups("where: {«field»: country.code, in: [PRK, TCD]}"), "The profile chad is in two groups, 'States Parties' and 'Others'.", "groups[2].where", "Change the list or the condition of one of them, so that it stands in one only."),
    Case("G002", "two chapters with one title", front("chapter: Overview\n  - chapter: «Overview»"), "Two chapters have the name 'overview', this one made from its title.", "front[2].chapter", "The other stands in line 8. Give each an id of its own."),
    Case("G002", "two chapters with one id", front("{chapter: A, id: one}\n  - {chapter: B, id: «one»}"), "Two chapters have the name 'one'.", "front[2].id", "The other stands in line 8. Give each an id of its own."),
    Case("G002", "a chapter that is called as a page", front("chapter: «Contents»"), "The name of this chapter, made from its title, 'contents', is one that the tool needs for its own pages.", "front[1].chapter", "Give it another id: contents-chapter"),
    Case("G002", "a chapter that is called as a profile", front("{chapter: A, id: «chad»}"), "The profile profiles/chad.yaml has the same name as the chapter chad.", "front[1].id", "Give the chapter an id of its own: id: chad-chapter"),
    Case("G002", "two groups with one title", groups("profiles: [north-korea]").replace("title: Others", "title: «States parties»"), "Two groups have the name 'states-parties', this one made from its title.", "groups[2].title", "The other stands in line 8. Give each an id of its own."),
    Case("G002", "two see entries with one name", f"{VOLUME}see: [{{name: A, see: chad}}, {{name: «A», see: north-korea}}]\n", "Two see entries have the name 'A'.", "see[2].name", "The other stands in line 10."),
    Case("G003", "a profile that is not there", VOLUME.replace("north-korea]", "north-korea, «chd»]"), "There is no profile 'chd'.", "groups[1].profiles[3]", "Did you mean chad?"),
    Case("G003", "a folder that is not there", f"{VOLUME}sources: «countries»\n", "There is no folder 'profiles/countries'.", "sources", "It is named from the folder of the volume."),
    Case("G004", "a condition that nothing meets", VOLUME + "  - title: Others\n    where: {field: group, is: «Others»}\n", "The group 'Others' holds no profile: group is 'Others' in none.", "groups[2].where.is", "There are: States Parties."),
    Case("G004", "a slip in a condition", VOLUME + "  - title: Others\n    where: {field: country.name, in: [«Chat», Nepal]}\n", "The group 'Others' holds no profile: country.name is 'Chat' or 'Nepal' in none.", "groups[2].where.in[1]", "Did you mean Chad?"),
    Case("G004", "numbers that nothing is above", VOLUME + "  - title: «Others»\n    where: {field: edition, above: 3000}\n", "The group 'Others' holds no profile.", "groups[2].title", "Delete the group, or change its condition."),
    Case("G004", "an empty list", VOLUME + "  - title: «Others»\n    profiles: []\n", "The group 'Others' holds no profile.", "groups[2].title", "Delete the group, or name profiles."),
    Case("G005", "a see entry to nothing", f"{VOLUME}see: [{{name: DPRK, see: «North Korea»}}]\n", "The volume has no profile and no see entry 'North Korea'.", "see[1].see", "Did you mean north-korea?"),
    Case("G005", "a see entry to nothing that is called nearly as the entry", f"{VOLUME}see: [{{name: Austria, see: «austria»}}]\n", "The volume has no profile and no see entry 'austria'.", "see[1].see", "Name the file of a profile, without the ending: north-korea"),
    Case("G006", "a see entry to itself", f"{VOLUME}see: [{{name: A, see: «A»}}]\n", "The see entry 'A' leads back to itself: A → A.", "see[1].see", "Let one of them lead to a profile, by the name of its file."),
    Case("G006", "see entries in a circle, and one that leads into it", f"{VOLUME}see: [{{name: Z, see: A}}, {{name: A, see: «B»}}, {{name: B, see: C}}, {{name: C, see: A}}]\n", "The see entry 'A' leads back to itself: A → B → C → A.", "see[2].see", "Let one of them lead to a profile, by the name of its file."),
    Case("G008", "a wrong check digit", f'{HEAD}isbn: «"978-0-306-40615-8"»\n{GROUPS}', "The check digit of this ISBN, 8, is wrong.", "isbn", "With the other figures as they are, it would be 7. Compare all of them: two may have changed places."),
    Case("G008", "a wrong ISBN-10", f"{HEAD}eisbn: «0-306-40615-X»\n{GROUPS}", "The check digit of this ISBN, X, is wrong.", "eisbn", "With the other figures as they are, it would be 2. Compare all of them: two may have changed places."),
    Case("G008", "a figure too few", f"{HEAD}isbn: «978-0-306-4061-7»\n{GROUPS}", "'978-0-306-4061-7' is not an ISBN.", "isbn", "An ISBN has 13 figures and begins with 978 or 979; or it has 10. Leave the field out if there is none."),
    Case("G008", "a word before the number", f"{HEAD}eisbn: «ISBN 978-0-306-40615-7»\n{GROUPS}", "'ISBN 978-0-306-40615-7' is not an ISBN.", "eisbn", "Leave out the word ISBN: the pages print it."),
    Case("M002", "no layout", VOLUME.replace("layout: annual-report\n", "").replace("language", "«language»", 1), "The field 'layout' is missing here.", "layout", "For instance: layout: annual-report"),
    Case("G008", "a wrong ISSN", f"{HEAD}issn: «2049-3631»\n{GROUPS}", "The check digit of this ISSN, 1, is wrong.", "issn", "With the other figures as they are, it would be 0. Compare all of them: two may have changed places."),
    Case("G009", "two contents", front("page: contents\n  - page: «contents»"), "The page contents stands here for the second time.", "front[2].page", "It stands first in line 8."),
    Case("G009", "a cover inside", front("page: contents\n  - page: «cover»"), "The cover stands here, and it is the first page of a volume.", "front[2].page", "Move it to the head of front."),
    Case("G009", "a back cover in front", front("page: «back-cover»"), "The back cover stands here, and it is the last page of a volume.", "front[1].page", "Move it to the end of back."),
    Case("G011", "no groups", f"{HEAD}«groups»: []\n", "The volume has no groups, and so no profiles.", "groups", "Add a group, for instance: groups: [{title: States Parties, profiles: [angola, chad]}]"),
]  # fmt: skip
"""What a case leaves empty is not compared: it is said of every text, and proved with profiles."""
