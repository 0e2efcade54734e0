"""Mails in the terminal, for development."""

from email.message import Message
from typing import Any

from django.core.mail.backends import console
from django.core.mail.message import EmailMessage


class ConsoleBackend(console.EmailBackend):
    """Django's, but of an attached file it prints the name and size: a resume would fill thousands of lines."""

    def write_message(self, message: EmailMessage) -> None:
        files, message.attachments = message.attachments, []
        super().write_message(message)
        message.attachments = files
        for file in files:
            if not isinstance(file, Message):
                self.stream.write(f"Attached: {file.filename}, {file.mimetype}, {_size(file.content):,} bytes\n")


def _size(content: Any) -> int:
    return len(content) if isinstance(content, bytes | str) else 0
