"""A mail server on loopback that keeps what it takes, refuses what it is told to, and dies on demand."""

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as WIRE

from aiosmtpd.smtp import SMTP

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every line


@dataclass(frozen=True)
class Taken:
    sender: str
    recipient: str
    data: bytes

    @property
    def parsed(self) -> EmailMessage:
        return BytesParser(policy=WIRE).parsebytes(self.data)  # type: ignore[return-value]


class Sink:
    """Runs in a thread of its own: `with Sink() as sink`. What it does differently from taking everything is set by attributes."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.at_recipient: dict[str, str] = {}  # address -> answer to RCPT
        self.at_data = ""  # answer to the whole mail
        self.dies_before = 0  # so many times it is gone when it hears of a recipient
        self.dies_after = 0  # so many times it takes the mail, and is gone before it says so
        self.connections = 0
        self.on_data: Callable[[Taken], None] = lambda taken: None  # called before the answer
        self.on_recipient: Callable[[str], None] = lambda address: None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> "Sink":
        self._thread.start()
        self.start()
        return self

    def __exit__(self, *about: object) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def start(self, port: int = 0) -> None:
        self._server = self._run(self._loop.create_server(self._session, "127.0.0.1", port))
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        """Nobody listens at the port any more, and whoever is connected is cut off."""
        self._run(self._close())

    def addresses(self) -> list[str]:
        return [taken.recipient for taken in self.taken]

    async def _close(self) -> None:
        self._server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    def _run(self, what):
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(10)

    def _session(self) -> SMTP:
        self.connections += 1
        return SMTP(self, hostname="sink.example", loop=self._loop, data_size_limit=None)

    async def handle_RCPT(self, server, session, envelope, address, options):  # aiosmtpd's name
        self.on_recipient(address)
        if self.dies_before:
            self.dies_before -= 1
            server.transport.abort()
            return "421 gone"
        if answer := self.at_recipient.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.at_data:
            return self.at_data
        taken = Taken(envelope.mail_from, envelope.rcpt_tos[0], envelope.content)
        self.taken.append(taken)
        self.on_data(taken)
        if self.dies_after:
            self.dies_after -= 1
            server.transport.abort()
            return "421 gone"
        return "250 OK"
