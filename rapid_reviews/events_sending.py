"""Sentences of what goes to the Panel and comes from it. They name no text of a letter."""

SENTENCES = {
    "rapidreview.send_review": "The rapid review was sent to the Panel {how}, version {version}",
    "rapidreview.record_panel_answer": "The Panel answered: {kind}",
    "rapidreview.record_panel_letter": "A letter of the Panel was recorded, which moves nothing: {kind}",
    "rapidreview.record_panel_question": "The Panel asked a question while the decision is being taken again",
    "rapidreview.record_national_considered": (
        "What the Panel considered for a national review was recorded: {criteria} of 3 criteria,"
        " {circumstances} of 4 circumstances"
    ),
    "rapidreview.record_national_scope": (
        "Scope and method of the national review were discussed with {partners} on {on}"
    ),
    "rapidreview.record_secretary_told": "The Panel told the Secretary of State of the national review on {on}",
    "panelanswer.replied": "The Panel’s question was answered",
    **dict.fromkeys(
        ("rapidreview.reopen_review", "rapidreview.reopen_sent", "rapidreview.reopen_answered"),
        "The rapid review was opened again: {reason}",
    ),
    "rapidreview.close_not_meeting": "The rapid review was closed as not meeting the criteria: {reason}",
}
