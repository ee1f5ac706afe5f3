"""The commands of ``rashomon``, a module for each subject, imported when one of its commands is called.

Results go to standard output, narration and errors to standard error. Textual and spaCy are imported only by the
commands that need them.
"""

COMMANDS = {
    "add": "adding",
    "extract": "adding",
    "feeds": "feeds",
    "list": "listing",
    "show": "listing",
    "analyse": "analysing",
    "facts": "analysing",
    "check": "analysing",
    "compare": "comparing",
    "events": "events",
    "suggest": "suggesting",
    "event": "event_table",
    "verdicts": "judged",
    "sessions": "judged",
    "session": "judged",
    "demo": "demo",
    "serve": "serve",
    "backup": "keeping",
    "repair": "keeping",
    "config": "setup",
    "doctor": "setup",
    "dump": "whole",
    "merge": "whole",
    "restore": "whole",
}
"""The module of each command; in it a function with the name of the command, with "_" after it where Python has that name."""
