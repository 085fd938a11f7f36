"""Reads lists of organisations as people have them, says what would happen, and does it.

`files` reads bytes into sheets, `columns` finds the headings, `rows` reads one row,
`matching` finds whom it means, `plan` says what would happen, `writing` does it,
`batches` holds the verbs that pages and commands use.
"""
