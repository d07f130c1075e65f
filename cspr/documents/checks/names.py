"""The name a file is shown under. The name on disk is always one we made (ASVS 5.3.1, 5.4.1)."""

import unicodedata

LONGEST = 120
FORBIDDEN = '<>:"|?*'
RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"com{n}" for n in range(1, 10)),
    *(f"lpt{n}" for n in range(1, 10)),
}


def display_name(given: str) -> str:
    """The last part of a given name, without anything a screen, a header or a file system could misread."""
    name = unicodedata.normalize("NFKC", given)
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(
        " " if c in "\r\n\t" else c
        for c in name
        if c in "\r\n\t" or not unicodedata.category(c).startswith("C")
    )
    name = "".join("_" if c in FORBIDDEN else c for c in name)
    name = " ".join(name.split()).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    if stem.lower().split(".")[0] in RESERVED:
        stem = f"_{stem}"
    stem = stem[: LONGEST - len(extension[:10]) - 1].rstrip(". ") or "file"
    return f"{stem}.{extension[:10]}" if extension else stem
