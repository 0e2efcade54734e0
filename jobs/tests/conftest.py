import pytest

from jobs.fetching import Fetched, FetchFailed
from jobs.ingest import run


class Web:
    """What the network answers, in order, in place of `jobs.fetching.fetch`; and what was asked of it."""

    def __init__(self):
        self.answers = []
        self.asked = []

    def answer(self, body=b"", *, etag="", last_modified="", not_modified=False):
        self.answers.append(Fetched(body, etag, last_modified, not_modified=not_modified))

    def fail(self, words="The server answered 500."):
        self.answers.append(FetchFailed(words))

    def fetch(self, address, *, etag="", last_modified=""):
        self.asked.append((address, etag, last_modified))
        answer = self.answers.pop(0)
        if isinstance(answer, FetchFailed):
            raise answer
        return Fetched(answer.body, answer.etag, answer.last_modified, answer.not_modified, final_address=address)


@pytest.fixture
def web(monkeypatch):
    web = Web()
    monkeypatch.setattr(run, "fetch", web.fetch)
    return web
