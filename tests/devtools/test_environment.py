"""tests.environment: what every test run sees."""

import os

from portal import settings
from tests import environment


def test_every_variable_that_settings_read_is_decided_for_tests():
    assert settings.ENV.keys() == environment.VALUES.keys()


def test_tests_do_not_run_on_the_database_of_dot_env():
    assert os.environ["DATABASE_URL"]
    assert settings.DEBUG is False
