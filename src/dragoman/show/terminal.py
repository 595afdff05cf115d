"""Text that is safe to print: nothing an article holds may steer the terminal that shows it."""

_CONTROL_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
_DELETE = {0x7F: "␡"}
_C1_CONTROLS = dict.fromkeys(range(0x80, 0xA0), "�")
_LINE_SEPARATORS = dict.fromkeys((0x85, 0x2028, 0x2029), "\n")
_DIRECTION_OVERRIDES = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "�")
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "�")
_NEUTRAL = _CONTROL_PICTURES | _DELETE | _C1_CONTROLS | _LINE_SEPARATORS | _DIRECTION_OVERRIDES | _SURROGATES


def neutral(text: str) -> str:
    r"""The text with its control characters made visible; line breaks and tabs stay.

    Escape sequences, direction overrides and lone surrogates lose their effect, each shown as one character.

    >>> neutral("red \x1b[31m alert")
    'red ␛[31m alert'
    """
    return text.replace("\r\n", "\n").translate(_NEUTRAL)


def one_line(text: str) -> str:
    """The neutral text in one line, each run of blanks a single one."""
    return " ".join(neutral(text).split())
