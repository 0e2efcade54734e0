import pytest

from careers.search import vocabulary


@pytest.fixture(autouse=True)
def _no_words_of_other_tests():
    vocabulary.forget()
    yield
    vocabulary.forget()
