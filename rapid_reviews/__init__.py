"""Requests to agencies, their returns and chronology, the meeting, the review and its decision, the Panel's answer."""
