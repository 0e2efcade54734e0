"""Applications from a CSV file: read, shown row by row with what is wrong, and only then written.

reading    bytes -> header and lines            columns   which column is which field: guessed, or chosen
words      cells -> dates, statuses, pay        foreign   a line of any file -> Draft
own        a line of our own export -> Draft    rows      all lines with their report, doubles found
writing    drafts -> applications, and back again
"""
