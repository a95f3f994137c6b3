"""What wants to speak, at each place where a text of others can stand."""

import json
import os
import re
import unicodedata

import kills
from measure import Row, Run

HOSTILE = [
    "::error file=a::FORGED",
    "\n::set-output name=a::FORGED",
    "x\r\n \t::stop-commands::FORGED",
    "\u2028::notice::FORGED\u0085::error::FORGED",
    "a ##[add-mask]FORGED\n##[group]b",
    "##vso[task.setvariable variable=a]FORGED",
    "x\n##teamcity[buildStop comment='FORGED']",
    "section_start:1700000000:a[collapsed=true]\r\x1b[0KFORGED",
    "\x1b]52;c;Rk9SR0VE\x07\x1b[2J\x1b[8m",
    "\u009b2J\u009d0;x\u009c\x7f\x08",
    "\u202eDEGROF\u202c\u2066x\u2069\u061c",
    "a\u200bb\u00ad\ufeff\U000e0046\u3164\u180e",
    "x\n+++ FORGED\n--- FORGED\nerror: FORGED",
]
COMMAND = re.compile(
    r"^(\x1b\[[0-9;]*m|\s)*::|##[A-Za-z]*\[|(section_(start|end)|travis_(fold|time)):|^\s*(error: )?FORGED", re.M)
JOINERS = "\n\t\u200c\u200d"
FILLERS = "\u115f\u1160\u3164\uffa0\u034f"

# A number between angles stands for a text.
BASE = """{"openapi": "3.1.0", "info": {"title": "<0>", "version": "<1>"}, "servers": [{"url": "https://a/<2>"}],
"tags": [{"name": "<3>"}], "paths": {"/a/<4>": {"post": {"operationId": "<5>", "summary": "<6>", "tags": ["<3>"],
"parameters": [{"in": "query", "name": "<7>", "schema": {"type": "string", "pattern": "<8>"}}],
"requestBody": {"content": {"a/<9>": {"schema": {"$ref": "#/components/schemas/<10>"}}}},
"responses": {"200": {"description": "<11>", "headers": {"X-<12>": {"schema": {"type": "string"}}},
"content": {"application/json": {"schema": {"$ref": "#/components/schemas/<10>"}}}}}}}},
"components": {"schemas": {"<10>": {"type": "object", "required": ["<13>"], "description": "<14>", "properties": {
"<13>": {"type": "string", "enum": ["<15>", "b"]}, "k": {"const": "<16>"}, "d": {"default": "<17>"},
"e": {"type": "<18>"}, "f": {"format": "<19>"}, "<20>": {"x-<21>": 1}}}}}, "x-a": {"$ref": "<22>"}}"""
EDITS = [('"type": "string"', '"type": "integer"'), ('"required": ["<13>"], ', ""), ('"b"]', '"c"]'), ("https://a", "https://b")]
PLACES = 23
FORMATS = ["text", "markdown", "json"]

ARGUMENTS = [
    "%", "diff %", "diff v1 %", "diff v1:% v2", "diff ./% v2", "diff http://% v2", "diff v1 v2 --%", "diff v1 v2 --format %",
    "diff v1 v2 --spec %", "diff v1 v2 --config %", "changelog %", "changelog --tags [%", "notice new v1 v2 --only %",
    "notice render % --partner a", "notice list --production %", "publish --out out/%", "publish --opml %", "rules %",
    "usage import %", "usage import - --log-format %", "usage scan % v1 v2",
]
FILES = {
    "preavis.toml": ["lang = %", "% = 1", "[levels]\n% = \"risky\"", "[levels]\nresponse-property-removed = %",
                     "[[api]]\nid = %\npath = \"api.yaml\"", "[[api]]\nid = \"a\"\npath = %", "templates = %", "(%"],
    "preavis/partners/a.toml": ["slug = %", "slug = \"a\"\nlanguages = [%]", "slug = \"a\"\n[[uses]]\nop = %", "(%"],
    "preavis/notices/a.md": ["+++\nid = %\n+++\n", "%", "+++\n(%\n+++\n"],
}
READERS = ["diff v1 v2", "usage show", "notice list"]


def speaks(text):
    """Whether a text commands, acts or hides; the colours that a terminal is given are not asked for here."""
    def odd(char):
        hidden = unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") or char in FILLERS
        return hidden and char not in JOINERS
    return COMMAND.search(text) or any(map(odd, text))


def filled(text, hostile, place=None):
    """A document with the text at one place, or at all."""
    def one(found):
        number = int(found[1])
        return json.dumps(hostile)[1:-1] if place in (None, number) else f"w{number}"
    return re.sub(r"<(\d+)>", one, text)


def edited():
    head = BASE
    for old, new in EDITS:
        head = head.replace(old, new)
    return head


def documents(row, binary, folder, scratch):
    for hostile in HOSTILE:
        for place in [None, *range(PLACES)]:
            (folder / "1.json").write_text(filled(BASE, hostile, place))
            (folder / "2.json").write_text(filled(edited(), hostile, place))
            for form in FORMATS:
                heard(row, Run(binary, ["diff", "1.json", "2.json", "--level", "docs", "--format", form], folder, scratch))
    for name in ("1.json", "2.json"):
        os.remove(folder / name)


def arguments(row, binary, folder, scratch):
    for hostile in HOSTILE:
        for line in ARGUMENTS:
            heard(row, Run(binary, [arg.replace("%", hostile) for arg in line.split(" ")], folder, scratch))


def files(row, binary, folder, scratch):
    for path, texts in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        for hostile in HOSTILE:
            for text in texts:
                (folder / path).write_text(text.replace("(%", hostile).replace("%", json.dumps(hostile)))
                for command in READERS:
                    heard(row, Run(binary, command.split(), folder, scratch))
        os.remove(folder / path)


def heard(row, run):
    row.tried(run)
    said = run.said()
    if speaks(said):
        row.add("leaked", f"{run.what}: {said[:300]!r}")


def rows(binary, scratch):
    out = [Row("speech: documents"), Row("speech: arguments"), Row("speech: files of the team")]
    folder = kills.repository(scratch / "speech")
    for row, tries in zip(out, (documents, arguments, files)):
        tries(row, binary, folder, scratch)
    return out
