"""`python -m portal.supervise`: PORT and HOST say where, .env and the environment say the rest."""

import sys

import environ

from portal.database import BASE_DIR
from portal.supervise.plan import address, development
from portal.supervise.supervisor import supervise

environ.Env.read_env(BASE_DIR / ".env")
sys.exit(supervise(development(address())))
