"""Every setting, read from the environment. A secret has no default: without it the system does not start."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()

SECRET_KEY = env.str("SECRET_KEY")
DEBUG = False
CSPR_DEMO = env.bool("CSPR_DEMO", default=False)
CSPR_HTTPS = env.bool("CSPR_HTTPS", default=True)
CSPR_DATA = Path(env.str("CSPR_DATA", default=str(ROOT / ".local")))
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "guardian",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "govuk_frontend_django",
    "cspr.govuk",
    "cspr.audit",
    "cspr.people",
    "cspr.typed",
    "cspr.cases",
    "cspr.deadlines",
    "cspr.decisions",
    "cspr.documents",
    "cspr.dispatch",
    "notifications",
    "rapid_reviews",
    "cspr.casework",
    "cspr.seeding",
]

# The headers stand outermost: a redirect to HTTPS, a refused host and a static file carry them too.
MIDDLEWARE = [
    "cspr.people.middleware.ResponseHeaders",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cspr.people.middleware.SessionAge",
    "cspr.typed.middleware.TypedAfterSignOut",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "cspr.people.middleware.SecondFactorRequired",
    "cspr.people.middleware.ActingCapacity",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "cspr.urls"
WSGI_APPLICATION = "cspr.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "cspr.people.context.frame",
                "cspr.seeding.context.demo_code",
            ],
        },
    },
    {"BACKEND": "django.template.backends.jinja2.Jinja2", "APP_DIRS": True, "DIRS": []},
]
FORM_RENDERER = "cspr.govuk.renderers.GovukRenderer"

# One engine. The application acts as the role cspr_app, which cannot rewrite the record (cspr/audit/grants.py).
DATABASES = {"default": env.db_url("DATABASE_URL", engine="cspr.postgres")}
DATABASES["default"].update(CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True, ATOMIC_REQUESTS=False)
# A prepared statement (cspr/postgres/prepared.py) is planned once for all values, not anew for its first five.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c plan_cache_mode=force_generic_plan")
DATABASE_ROLE = "cspr_app"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Truth lives in PostgreSQL only; Redis carries doorbells, so sessions and sign-in limits need no Redis.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
REDIS_URL = env.str("REDIS_URL", default="")
BROKER_URL = env.str("BROKER_URL", default=REDIS_URL)
BROKER_FOLDER = env.str("BROKER_FOLDER", default=str(CSPR_DATA / "queue"))

# People, passwords, second factors, sessions
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "cspr.people.passwords.SoonGuessed"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "board"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "cspr.casework.sign_in_adapters.AccountAdapter"
MFA_ADAPTER = "cspr.casework.sign_in_adapters.SecondFactorAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TRUST_ENABLED = False
MFA_TOTP_ISSUER = "Child safeguarding practice reviews"
MFA_RECOVERY_CODES_COUNT = 10
USERSESSIONS_TRACK_ACTIVITY = False
GUARDIAN_RAISE_403 = False
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=15 * 60)
SESSION_WARN_SECONDS = env.int("SESSION_WARN_SECONDS", default=13 * 60)
SESSION_LONGEST_SECONDS = env.int("SESSION_LONGEST_SECONDS", default=10 * 3600)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CSPR_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if CSPR_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if CSPR_HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "cspr.people.refusals.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Browser
SECURE_SSL_REDIRECT = CSPR_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)
SECURE_HSTS_SECONDS = 31_536_000 if CSPR_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = CSPR_HTTPS
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" makes browsers post our own forms with "Origin: null"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb",
    )
}  # fmt: skip

# Words, dates, numbers
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

# Files
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default="") or None
STATICFILES_DIRS = [ROOT / "static", *([ROOT / ".local/static"] if (ROOT / ".local/static").exists() else [])]
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
PRIVATE_FILES = Path(env.str("PRIVATE_FILES", default=str(CSPR_DATA / "files")))
LARGEST_FILE_BYTES = env.int("LARGEST_FILE_BYTES", default=25 * 1024 * 1024)
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="")
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Mail: "file" writes to CSPR_DATA/outbox, "smtp" uses EMAIL_URL, "notify" uses GOV.UK Notify
MAIL_CHANNEL = env.str("MAIL_CHANNEL", default="file")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="no-reply@cspr.invalid")
if MAIL_CHANNEL == "smtp":
    vars().update(env.email_url("EMAIL_URL"))
EMAIL_TIMEOUT = 15
NOTIFY_API_KEY = env.str("NOTIFY_API_KEY", default="")
NOTIFY_URL = env.str("NOTIFY_URL", default="")
NOTIFY_TEMPLATE_ID = env.str("NOTIFY_TEMPLATE_ID", default="")
EMAIL_SUBJECT_PREFIX = ""

GOV_UK_BANK_HOLIDAYS_URL = env.str(
    "GOV_UK_BANK_HOLIDAYS_URL", default="https://www.gov.uk/bank-holidays.json"
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "cspr.log_lines.JsonLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "cspr.security": {"level": "INFO"},
    },
}
