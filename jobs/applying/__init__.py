"""Applying through our form: the file is checked by its content, sent once, and mailed by the worker."""
