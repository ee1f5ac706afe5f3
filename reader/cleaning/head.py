"""What a text states about itself: title, source, author and date published, in its first lines and its last."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reader.cleaning.furniture import furniture
from reader.times import parse_date

_RANKS = ("given", "first published", "published", "date line", "updated")
_HEAD_LINES = 12
"""Lines without furniture that may belong to the head of a report."""

_LABEL = re.compile(
    r"\b(?P<label>(?:first |originally )?(?:published|posted|created|uploaded)|(?:last )?(?:updated|modified)|date)"
    r"(?: on| at)?\s*[:|-]?\s*(?P<date>.*)",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"\d+(?:st|nd|rd|th)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|[ap]\.?m\.?|at|on|the|of|[A-Z]{2,4}T|UTC|Z|T|local time|hrs|hours|\W|_",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:story |written |report |reported |posted )?by:?\s+"
    r"(?P<name>[A-Z][\w.’'-]+(?:,? (?:and |& |[a-z]{2,3} )?[A-Z][\w.’'-]*){0,7})"
    r"(?P<rest>(?:,| for| of| -| \||/).*)?",
    re.IGNORECASE,
)
_AUTHOR_LABEL = re.compile(r"(?:author|reporter|writer)s?\s*:\s*(?P<name>.{3,80})", re.IGNORECASE)
_EDITOR = re.compile(r"(?:edited|reviewed|translated|compiled|curated|updated) by\b.*", re.IGNORECASE)
_DESK = re.compile(
    r".{2,60}\b(?:bureau|(?:news|web|foreign|world|city|national|digital) (?:desk|team)"
    r"|news ?desk|desk|staff|correspondent|newsroom|network)",
    re.IGNORECASE,
)
_LOGO = re.compile(r"(?P<name>[\w&.’' -]{2,50}?)\s+logo", re.IGNORECASE)
_CITY_DATELINE = re.compile(r"[A-Z][\w.’' -]{1,30}(?:, [A-Z][\w.’' -]{1,30})?\s?(?::|—|–|--|-)")
_CATEGORY = re.compile(r"[•·»›▪*-]\s*[\w&,/ ]{3,40}")
_AGENCY = re.compile(r"^[^a-z]{0,60}[^.!?()]{0,60}\((?P<name>[A-Z][\w.&’' -]{1,30})\)\s*(?:—|–|--|-|:)")
_PREFIX = re.compile(r"^(?P<name>[A-Z][\w.]{3,}(?: [A-Z][\w.]+){0,2})(?:- | -(?=[A-Z]))(?=[A-Z\"“‘])")
_DASH = re.compile(r"^[-–—] (?=[A-Z\"“])")
_DATELINE = re.compile(r"^[A-Z][\w.,’' -]{2,80}?(?: ?\([^()]{2,40}\))? ?(?:—|–|--|-|:)\s")

# Cities that stand alone in datelines: before a hyphen these say where, other names in mixed case say who reports.
_CITIES = frozenset(
    """Abuja Accra Algiers Amman Amsterdam Ankara Athens Baghdad Baku Bangkok Beijing Beirut Belfast Belgrade Berlin
    Bogota Boston Brasilia Brussels Bucharest Budapest Cairo Caracas Chicago Colombo Copenhagen Dakar Damascus Delhi
    Dhaka Doha Dubai Dublin Gaza Geneva Hanoi Harare Havana Helsinki Houston Islamabad Istanbul Jakarta Jerusalem
    Johannesburg Kabul Kampala Karachi Khartoum Kiev Kigali Kyiv Lagos Lahore Lima Lisbon London Luxembourg Madrid
    Manila Miami Milan Minsk Monrovia Montreal Moscow Mumbai Munich Nairobi Oslo Ottawa Paris Prague Pretoria Quito
    Rabat Riga Riyadh Rome Santiago Sarajevo Seoul Shanghai Singapore Sofia Stockholm Sydney Taipei Tallinn Tashkent Tbilisi
    Tehran Tokyo Toronto Tripoli Tunis Vienna Vilnius Warsaw Washington Yangon Yerevan Zagreb Zurich""".split()
)

_SOURCES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"read (?:more|the (?:full|entire|original) (?:story|article)) ?(?:here|on|at|from|in)?\s*::? ?"
        r"(?P<name>[^:]{2,60}?)[.»›]*",
        r"(?:to )?read the (?:entire|full|whole|original) (?:article|story|report),?(?: (?:on|at|from|in))? "
        r"(?P<name>(?-i:[A-Z])[^:]{1,60}?),? (?:click|tap) here.*",
        r"the post .{1,240} (?:appeared first|first appeared) on (?P<name>[^.]{2,60})\W*",
        r"(?:this|the) (?:article|story|post) (?:was |has been )?(?:first|originally) (?:appeared|published|posted) "
        r"(?:on|in|by|at) (?:the website of )?(?P<name>[^.]{2,60})\W*",
        r"[(\[]?source: ?(?P<name>[^.©]{2,60}?)\W*",
        r"(?:©|\(c\)|copyright)[ ©]*(?:\(c\) ?)?(?:19|20)\d\d,? (?:by )?(?:the )?"
        r"(?P<name>(?-i:[A-Z])[^.,(©]{1,50}?)(?:\s*\(.*|[.,].*|)",
    )
)


@dataclass
class Stated:
    """What is known of a report so far; what is given is never replaced."""

    title: str = ""
    source: str = ""
    author: str = ""
    published: str = ""
    _rank: int = field(default=len(_RANKS), init=False)

    def day(self, when: str, kind: str) -> None:
        """Keep ``when`` (ISO 8601) if no better kind of date is known; the first of a kind stands."""
        if when and _RANKS.index(kind) < self._rank:
            self.published, self._rank = when, _RANKS.index(kind)

    def read_credit(self, line: str) -> None:
        """Take what a line of furniture states: a date with a label, the outlet it comes from."""
        if len(line) > 300:
            return
        if furniture(line) == "update stamp":
            self.read_stamp(line)
        for pattern in _SOURCES:
            if not self.source and (match := pattern.fullmatch(line)):
                self.source = match["name"].strip(" .")

    def read_stamp(self, text: str) -> bool:
        """Take the date of a stamp ("Updated on: 3 May 2019"); whether there was one."""
        if not (match := _LABEL.match(text)) or not (when := parse_date(match["date"])):
            return False
        label = match["label"].lower()
        kind = "updated" if "updated" in label or "modified" in label else "published"
        self.day(when, "first published" if label.startswith(("first", "orig")) else kind)
        return True


def read_head(lines: list[str], found: Stated) -> list[str]:
    """``lines`` without the head of the report; what it states goes to ``found``.

    The head ends at the second line of running text: a standfirst may stand before the byline.
    """
    body: list[str] = []
    titled = bool(found.title)
    read = running = 0
    for line in lines[:_HEAD_LINES]:
        read += 1
        if found.title and _headline(line, found):
            titled = True
        elif logo := _LOGO.fullmatch(line):
            found.source = found.source or logo["name"]
        elif furniture(line):
            found.read_credit(line)
        elif (
            _stands_for_date(line, found)
            or _byline(line, found)
            or _CITY_DATELINE.fullmatch(line)
            or (not running and ((not body and _CATEGORY.fullmatch(line)) or (titled and _tag_line(line))))
        ):
            pass
        elif not titled and not body and _may_be_title(line, lines[read:]):
            found.title, titled = line.removeprefix("× ").strip(), True
        else:
            body.append(line)
            running += _running(line)
            if running == 2:
                break
    first = next((i for i, line in enumerate(body) if _running(line)), 0)
    body[first : first + 1] = [_opening(line, found) for line in body[first : first + 1]]
    return body + lines[read:]


def _states(line: str, found: Stated) -> bool:
    """Whether ``line`` is a date, a byline or a bare dateline ("New Harbour :")."""
    return _stands_for_date(line, found) or _byline(line, found) or bool(_CITY_DATELINE.fullmatch(line))


def _labels(line: str, *, bare: bool, titled: bool) -> bool:
    """Whether ``line`` is a category over the headline or the search words under it."""
    return (bare and bool(_CATEGORY.fullmatch(line))) or (titled and _tag_line(line))


def same_words(a: str, b: str) -> bool:
    """Whether two lines say the same, signs and case aside."""
    return _words(a) == _words(b) != ""


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _headline(line: str, found: Stated) -> bool:
    """Whether ``line`` is the title again, alone or with a stamp or an outlet after it."""
    if same_words(line, found.title):
        return True
    if not _words(line).startswith(_words(found.title)):
        return False
    head = re.match(r"\W*" + r"\W+".join(map(re.escape, re.findall(r"\w+", found.title))), line, re.IGNORECASE)
    tail = line[head.end() :].strip(" -–—|:.") if head else ""
    return bool(tail) and len(tail) < 160 and _stamps(tail, found)


def _stamps(text: str, found: Stated) -> bool:
    """Whether ``text`` is nothing but stamps ("Posted: ... Updated: ...")."""
    parts = re.split(r"\s+(?=(?:last )?(?:updated|modified|posted)\b)", text, flags=re.IGNORECASE)
    return all(found.read_stamp(part) for part in parts)


def _stands_for_date(line: str, found: Stated) -> bool:
    if len(line) > 160:
        return False
    if _stamps(line, found):
        return True
    if len(line) <= 60 and not _DATE_WORDS.sub("", line) and (when := parse_date(line)):
        found.day(when, "date line")
        return True
    return False


def _byline(line: str, found: Stated) -> bool:
    """Whether ``line`` is a byline; parts between bars are read one by one."""
    if len(line) > 200:
        return False
    parts = [part.strip() for part in re.split(r"\s*[|•·]\s*", line) if part.strip()]
    if len(parts) > 1:
        read = [_byline_part(part, found, alone=False) for part in parts]
        return sum(read) >= len(parts) / 2
    return _byline_part(line, found, alone=True)


def _byline_part(part: str, found: Stated, *, alone: bool) -> bool:
    if _EDITOR.fullmatch(part.replace(" :", ":")) and len(part) < 80:
        return True
    if _stands_for_date(part, found):
        return True
    match = _BYLINE.fullmatch(part) or _AUTHOR_LABEL.fullmatch(part)
    if match and not part.endswith("."):
        found.author = found.author or match["name"].strip()
        if rest := (match.groupdict().get("rest") or ""):
            _stamps(rest.lstrip(" ,-|/"), found)
        return True
    if (not alone or len(part.split()) <= 5) and _DESK.fullmatch(part) and part[0].isupper():
        found.author = found.author or part
        return True
    return False


def _tag_line(line: str) -> bool:
    """Search words under a headline: lower case, no sign, no function word."""
    words = line.split()
    return 3 <= len(words) <= 15 and line.replace(" ", "").isalpha() and line.islower() and not _FUNCTION & set(words)


_FUNCTION = frozenset(
    "a an the of in on at to is are was were and but or for with by from that this it he she they".split()
)


def _running(line: str) -> bool:
    """Whether a line is running text."""
    return not title_case(line) and (
        len(line) > 200 or (len(line.split()) > 8 and line.rstrip("\"'”’)").endswith((".", "!", "?", "…")))
    )


def title_case(line: str) -> bool:
    """Whether A Line Is Written Like This."""
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.9 * len(words)


def _may_be_title(line: str, rest: list[str]) -> bool:
    """A headline is short, has no full stop and stands over something longer, or stands twice."""
    words = len(line.split())
    if not 2 <= words <= 32 or len(line) > 220 or line.endswith((".", ":", ",", ";")):
        return False
    return any(same_words(line, other) for other in rest[:3]) or any(_running(other) for other in rest[:8])


def _opening(line: str, found: Stated) -> str:
    """The first paragraph: an agency named in its dateline, a date there, an outlet glued before it."""
    line = _DASH.sub("", line)
    if (match := _PREFIX.match(line)) and match["name"] not in _CITIES and not match["name"].isupper():
        found.source = found.source or match["name"]
        return line[match.end() :]
    if not found.source and (agency := _AGENCY.match(line)):
        found.source = agency["name"]
    if dateline := _DATELINE.match(line):
        found.day(parse_date(dateline.group()), "date line")
    return line
