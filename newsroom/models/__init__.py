from newsroom.models.bundle import Bundle, BundleFile
from newsroom.models.links import LinkCheck
from newsroom.models.readers import GuideVote, ReaderReport
from newsroom.models.review import Reminder
from newsroom.models.transition import Transition
from newsroom.models.unsaved import UnsavedCopy

__all__ = ["Bundle", "BundleFile", "GuideVote", "LinkCheck", "ReaderReport", "Reminder", "Transition", "UnsavedCopy"]
