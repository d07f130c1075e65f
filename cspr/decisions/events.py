"""Sentences of this app's events."""

SENTENCES = {
    "decision.asked": "The three partners were asked: {question}",
    "decision.view_given": "The view of the {partner} was given: {answer} ({question})",
    "decision.settled": "It was decided: {outcome} ({question}). Dissent: {dissent}",
    "decision.commented": "A comment was made on a decision ({question})",
    "decision.taken_back": "The question was taken back: {reason}",
}
