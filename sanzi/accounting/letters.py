"""Initials of Chinese names (拼音首字母), for people who search by letters: 银行存款 → yhck."""

LENGTH_MAX = 60


def initials(name: str) -> str:
    """The first letter of each syllable, lower case; other letters and digits stay as they are."""
    # The dictionary takes a tenth of a second to load: only who names something new waits for it.
    from pypinyin import Style, lazy_pinyin

    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return "".join(c for c in letters.lower() if c.isalnum())[:LENGTH_MAX]
