"""The application tracker: history, how applications are born, board and table, reminders, calendar, insight."""
