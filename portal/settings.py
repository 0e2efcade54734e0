"""Settings of the portal. Every variable read from the environment is declared in ENV; .env.example lists the same."""

from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from kit.mail import providers

django_stubs_ext.monkeypatch()  # generic classes of Django take their type arguments at run time too

BASE_DIR = Path(__file__).resolve().parent.parent

# Name -> (type, default). No default for what production must decide: see the checks below.
ENV = {
    "DEBUG": (bool, False),
    "SECRET_KEY": (str, ""),
    "ALLOWED_HOSTS": (list, []),
    "SITE_URL": (str, ""),  # https://example.org, no slash at the end
    "SITE_NAME": (str, "Waymark"),
    "DATABASE_URL": (str, ""),
    "CACHE_URL": (str, ""),
    "EMAIL_URL": (str, ""),
    "DEFAULT_FROM_EMAIL": (str, ""),
    "MAIL_PER_SECOND": (float, 20.0),  # of one process; 0: no limit
    "ANYMAIL_ESP": (str, ""),  # a provider's interface instead of EMAIL_URL: docs/mail.md
    "ANYMAIL_API_KEY": (str, ""),
    "ANYMAIL_SECOND_KEY": (str, ""),
    "ANYMAIL_SENDER_DOMAIN": (str, ""),
    "ANYMAIL_WEBHOOK_SECRET": (str, ""),  # name:password
    "STATEMENT_TIMEOUT_SECONDS": (int, 0),  # 0: none, as migrations need it; portal.wsgi sets 15 for web processes
    "TRUSTED_PROXY_COUNT": (int, 0),  # proxies in front that append to X-Forwarded-For
    "GOOGLE_CLIENT_ID": (str, ""),
    "GOOGLE_CLIENT_SECRET": (str, ""),
    "GITHUB_CLIENT_ID": (str, ""),
    "GITHUB_CLIENT_SECRET": (str, ""),
    "STRIPE_SECRET_KEY": (str, ""),  # empty: with DEBUG the local sandbox, without it billing is off
    "STRIPE_WEBHOOK_SECRETS": (list, []),  # several while one is being rotated
    "STRIPE_PLUS_PRODUCT": (str, ""),
    "STRIPE_MODE": (str, ""),  # live or test: what STRIPE_SECRET_KEY is declared to be
    "STRIPE_API_BASE": (str, ""),  # tests only
    "STRIPE_TAX": (bool, False),
    "BILLING_COUNT_FROM": (int, 100),  # paying members from which pages tell how many there are
}
env = environ.Env(**ENV)
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env("DEBUG")
SITE_NAME = env("SITE_NAME")
SITE_URL = env("SITE_URL").rstrip("/") or ("http://localhost:8000" if DEBUG else "")
ALLOWED_HOSTS = env("ALLOWED_HOSTS") or (["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
SECRET_KEY = env("SECRET_KEY")

_needed = {"SECRET_KEY": SECRET_KEY, "ALLOWED_HOSTS": ALLOWED_HOSTS, "SITE_URL": SITE_URL, "DATABASE_URL": env("DATABASE_URL")}
if _missing := [name for name, value in _needed.items() if not value]:
    raise ImproperlyConfigured(f"Set {', '.join(_missing)} in the environment or in .env (see .env.example), or run 'make run'.")

IS_HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "kit",
    "billing",
    "careers",
    "jobs",
    "ads",
    "accounts",
    "alerts",
    "newsroom",
    "portal",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "django_htmx",
    "lucide",
    "procrastinate.contrib.django",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.middleware.pagecache.PageCache",  # first: a stored page is answered before sessions, auth and templates
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.badinput.RejectBadInput",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.LoginRequired",  # login is required unless a view says otherwise
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.UserTimeZone",
    "billing.middleware.OfferUpgrade",
    "portal.middleware.private.KeepPrivate",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
                "accounts.context.personal",
                "billing.context.entitled",
            ],
            "builtins": [
                "lucide.templatetags.lucide",
                "kit.templatetags.kit",
                "careers.templatetags.guide_words",
                "billing.templatetags.billing",
            ],
        },
    }
]

# --- data ------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True, ATOMIC_REQUESTS=False)
DATABASES["default"].setdefault("OPTIONS", {})
_longest = env("STATEMENT_TIMEOUT_SECONDS")
DATABASES["default"]["OPTIONS"].update(options=f"-c statement_timeout={_longest}s -c lock_timeout=10s")
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True  # they do not survive a pool that hands out transactions
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits count in the cache, so in production all processes share one; its table is made by kit's migrations.
CACHES = {
    "default": env.cache_url("CACHE_URL")
    if env("CACHE_URL")
    else {"BACKEND": f"django.core.cache.backends.{'locmem.LocMemCache' if DEBUG else 'db.DatabaseCache'}", "LOCATION": "django_cache"}
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a whole guide is edited in one form
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = ["kit.uploads.BoundedUploadHandler"]  # nothing uploaded is written to disk

# --- people ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]  # is a ModelBackend too; two would hash twice
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the address is unique whatever its case, by a constraint that the check does not know
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:dashboard"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60  # the mail goes through a queue: three minutes are too few
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # a browser left open is not enough to change the address
ACCOUNT_RATE_LIMITS = {  # beside allauth's own, which stay: our views count with the same machinery
    "report_job": "20/h/ip",
    "report_job_by_member": "10/h/user",
    "report_guide": "20/h/ip",
    "vote_guide": "60/h/ip",
    "vote_guide_again": "3/d/key",
    "ask_alert": "20/h/ip",
    "ask_alert_of_address": "3/d/key",
}
ACCOUNT_FORMS = {
    "login": "accounts.entrance.LoginForm",
    "signup": "accounts.entrance.SignupForm",
    "add_email": "accounts.entrance.AddEmailForm",
    "change_password": "accounts.entrance.ChangePasswordForm",
    "set_password": "accounts.entrance.SetPasswordForm",
    "reset_password": "accounts.entrance.ResetPasswordForm",
    "reset_password_from_key": "accounts.entrance.ResetPasswordKeyForm",
    "reauthenticate": "accounts.entrance.ReauthenticateForm",
    "request_login_code": "accounts.entrance.RequestLoginCodeForm",
    "confirm_login_code": "accounts.entrance.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "accounts.entrance.ConfirmEmailVerificationCodeForm",
}
MFA_FORMS = {
    "authenticate": "accounts.entrance.TwoStepForm",
    "reauthenticate": "accounts.entrance.ConfirmByCodeForm",
    "activate_totp": "accounts.entrance.ActivateTOTPForm",
    "login_webauthn": "accounts.passkeys.SignInForm",
    "authenticate_webauthn": "accounts.passkeys.SecondStepForm",
    "reauthenticate_webauthn": "accounts.passkeys.ConfirmForm",
    "add_webauthn": "accounts.passkeys.AddForm",
    "edit_webauthn": "accounts.passkeys.RenameForm",
}
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ALLAUTH_TRUSTED_PROXY_COUNT = env("TRUSTED_PROXY_COUNT")
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # clocks of phones differ (RFC 6238, section 5.2)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
_SIGN_IN_HOSTS = {"google": "https://accounts.google.com", "github": "https://github.com"}
_form_hosts: list[str] = []  # browsers hold redirects after a form post against form-action too
for _provider, _host in _SIGN_IN_HOSTS.items():  # offered as soon as the keys are set
    if env(f"{_provider.upper()}_CLIENT_ID"):
        INSTALLED_APPS.append(f"allauth.socialaccount.providers.{_provider}")
        SOCIALACCOUNT_PROVIDERS[_provider] = {
            "APPS": [{"client_id": env(f"{_provider.upper()}_CLIENT_ID"), "secret": env(f"{_provider.upper()}_CLIENT_SECRET")}],
        }
        _form_hosts.append(_host)

# --- money: docs/billing.md -----------------------------------------------------------------------
STRIPE_SECRET_KEY = env("STRIPE_SECRET_KEY")
STRIPE_WEBHOOK_SECRETS = env("STRIPE_WEBHOOK_SECRETS")
STRIPE_PLUS_PRODUCT = env("STRIPE_PLUS_PRODUCT")
STRIPE_MODE = env("STRIPE_MODE")
STRIPE_API_BASE = env("STRIPE_API_BASE")
STRIPE_TAX = env("STRIPE_TAX")
BILLING_COUNT_FROM = env("BILLING_COUNT_FROM")
if STRIPE_SECRET_KEY:
    _form_hosts += ["https://checkout.stripe.com", "https://billing.stripe.com"]
elif DEBUG:
    INSTALLED_APPS.append("billing.sandbox")  # refuses to load under any other condition

# --- mail: put into the outbox in the request's transaction, handed to DELIVERY by the worker: docs/mail.md
EMAIL_BACKEND = "kit.mail.backend.QueueBackend"
_delivery = env.email_url("EMAIL_URL") if env("EMAIL_URL") else {"EMAIL_BACKEND": "kit.mail.console.ConsoleBackend"}
EMAIL_DELIVERY_BACKEND = _delivery.pop("EMAIL_BACKEND")
if EMAIL_DELIVERY_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_DELIVERY_BACKEND = "kit.mail.smtp.EmailBackend"
globals().update(_delivery)
EMAIL_TIMEOUT = 20
MAIL_PER_SECOND = env("MAIL_PER_SECOND")
if ANYMAIL_ESP := env("ANYMAIL_ESP"):
    ANYMAIL = providers.anymail(
        ANYMAIL_ESP,
        key=env("ANYMAIL_API_KEY"),
        second=env("ANYMAIL_SECOND_KEY"),
        domain=env("ANYMAIL_SENDER_DOMAIN"),
        webhook_secret=env("ANYMAIL_WEBHOOK_SECRET"),
    )
    EMAIL_DELIVERY_BACKEND = providers.backend(ANYMAIL_ESP)
    INSTALLED_APPS.append("anymail")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL") or f"{SITE_NAME} <hello@{urlsplit(SITE_URL).hostname}>"
SERVER_EMAIL = parseaddr(DEFAULT_FROM_EMAIL)[1]

# --- background work ---------------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful", "fetch_job_polling_interval": 2, "concurrency": 4}  # a feed holds up no mail

# --- browser security ----------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *_form_hosts],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # htmx sends the token from the form, never from the cookie
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^billing/webhook/?$", r"^mail/events/?$"]  # they count a redirect as a failure
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
if env("TRUSTED_PROXY_COUNT"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- text, time, files -------------------------------------------------------------------------
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
_static = "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "portal.static.SmallStaticFiles"
STORAGES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}, "staticfiles": {"BACKEND": _static}}
WHITENOISE_USE_FINDERS = DEBUG

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "procrastinate": {"level": "WARNING"},  # its INFO is a line per job and per task at start
        "stripe": {"level": "WARNING"},  # its INFO quotes what was sent
    },
}
