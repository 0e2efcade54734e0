"""What the launcher says when it cannot do its work."""


class LocalPgError(RuntimeError):
    """The local server cannot be had. The message is for the person at the terminal and stands on its own."""
