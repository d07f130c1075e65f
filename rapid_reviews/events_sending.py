"""Sentences of what goes to the Panel and comes from it. They name no text of a letter."""

SENTENCES = {
    "rapidreview.send_review": "The rapid review was sent to the Panel {how}, version {version}, {sha256}",
    "rapidreview.record_panel_answer": "The Panel answered: {kind}",
    "panelanswer.replied": "The Panel’s question was answered",
    "rapidreview.close_not_meeting": "The rapid review was closed as not meeting the criteria: {reason}",
}
