"""Names for subjects that say nothing of them: trees in the order of a partnership's cases."""

TREES = (
    "Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Kerria", "Larch",
    "Maple", "Nutmeg", "Oak", "Pine", "Quince", "Rowan", "Sorrel", "Tamarisk", "Ulex", "Viburnum", "Willow", "Yew",
)  # fmt: skip


def for_number(number: int) -> str:
    """The pseudonym of a partnership's case ``number``, from 1: Child Alder ... Child Yew, Child Alder 2, ..."""
    round_, place = divmod(number - 1, len(TREES))
    return f"Child {TREES[place]}" + (f" {round_ + 1}" if round_ else "")
