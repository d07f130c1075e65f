"""Passwords: length, what is known or soon guessed, one's own name; nothing about capitals or digits (ASVS 6.2)."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from cspr.people.models import User

PERSON = User(email="olive.officer@northvale.example", full_name="Olive Officer")
TAKEN = (
    "four invented words here", "tractor lemon saddle", "correct pony battery staple", "dapple-island-umber-ember",
    "the cat sat on the mat", "plover thunder kingdoms", "zk4 wq9 plover hat", "ünïcode geese löffel",
    "駅電車 海空 山川 森林 花鳥 風月 雪", "xxx marked seventeen quiet gulls",
    "seven quiet gulls " * 4, "umbrella kettle seven " * 6,
)  # fmt: skip
REFUSED = (
    "", "short", "fourteen chars", "Tr0ub4dor&3", "password123456789", "passwordpassword", "P4ssw0rdP4ssw0rd",
    "Passw0rd!Passw0rd!", "abcdefghijklmnop", "aaaaaaaaaaaaaaaaaa", "123456789123456789", "1234567890qwertyuiop",
    "qwertyuiopasdfgh", "qazwsxedcrfvtgb", "1q2w3e4r5t6y7u8i9o0p", "abcd1234abcd1234", "letmeinletmeinletmein",
    "iloveyou1iloveyou1", "jenniferjennifer", "manchesterunited", "liverpoolfootballclub", "Summer2026Summer",
    "safeguarding2026", "childsafeguarding1", "child safeguarding review", "safeguarding partnership",
    "- - - - - - - - - -", "police council panel",
    "northvale officer", "olive officer 2026", "olive.officer@northvale.example",
)  # fmt: skip


@pytest.mark.parametrize("password", TAKEN)
def test_words_that_have_nothing_to_do_with_each_other_are_taken(password: str) -> None:
    validate_password(password, PERSON)


@pytest.mark.parametrize("password", REFUSED)
def test_what_is_short_known_or_soon_guessed_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, PERSON)


def test_what_is_refused_for_one_person_may_be_anothers() -> None:
    another = User(email="sam@southmere.example", full_name="Sam Southmere")
    password = "gwendolyn okonkwo-pettifer"
    validate_password(password, another)
    with pytest.raises(ValidationError):
        validate_password(password, User(email="g@southmere.example", full_name="Gwendolyn Okonkwo-Pettifer"))


def test_a_very_long_password_is_judged_at_once() -> None:
    validate_password("quiet gulls over seven kettles and umbrellas " * 90, PERSON)
