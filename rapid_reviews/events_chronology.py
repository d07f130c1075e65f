"""Sentences of the chronology's events. They count rows and name files, never what a row says."""

SENTENCES = {
    "chronology.row_added": "{agency} added a row to its chronology",
    "chronology.row_answered": "{agency} changed a row of its chronology",
    "chronology.row_removed": "{agency} took a row off its chronology",
    "chronology.file_read": "{agency} had a chronology file read: {rows} rows understood, {not_understood} not",
    "chronology.file_taken_in": "{agency} took {rows} rows from a file into its chronology",
    "chronology.rows_replaced": "{agency} took {rows} rows off its chronology, for those of a file to stand there",
    "chronology.file_dropped": "{agency} dropped what was read from a chronology file",
    "chronology.woven": "The chronologies were merged: {rows} rows of {agencies} agencies, {happenings} events",
    "chronology.person_kept": "A person of the chronology was written down: {called}",
    "chronology.names_shown": "The merged chronology was switched to names",
    "chronology.exported": "The merged chronology was exported: {form}, {rows} rows, {names}",
}
