"""What the web server runs. Settings come from the environment and .env; DATABASE_URL must be among them."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("STATEMENT_TIMEOUT_SECONDS", "15")  # nobody waits longer for a page
application = get_wsgi_application()
