"""What rooms above this one want to know of applications, and what they know of them. They enter themselves when they start.

No signals: who is called stands here, in order, and runs in the transaction of what it is told of.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from jobs.models import Application

on_sent: list[Callable[[Application], None]] = []
on_withdrawn: list[Callable[[Application], None]] = []

# (number of a person, numbers of jobs) -> when that person applied for which of them, by other ways than our form.
applied_elsewhere: list[Callable[[int, Sequence[int]], dict[int, datetime]]] = []
