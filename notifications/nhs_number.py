"""NHS numbers: ten digits, the last a check digit (modulus 11). Pure."""

LENGTH = 10


def digits(text: str) -> str:
    """The number without the spaces and hyphens people write in it."""
    return "".join(character for character in text if character not in " -\u00a0\u2011")


def is_valid(number: str) -> bool:
    """Whether ten ASCII digits end in their check digit; a check of 10 is never issued."""
    if len(number) != LENGTH or not (number.isascii() and number.isdigit()):
        return False
    weighted = sum(int(digit) * weight for digit, weight in zip(number[:9], range(10, 1, -1), strict=True))
    return (11 - weighted % 11) % 11 == int(number[9])


def spaced(number: str) -> str:
    """943 476 5919, as it is printed."""
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""
