"""Settings, read top to bottom; what the secretariat may change is a row, not a setting.

Every value comes from an environment variable, or from the file that NAME_FILE names. A value that cannot be
understood stops the start with the variable's name.
"""

from importlib.resources import files
from pathlib import Path

from csp.constants import NONE, SELF

from tracker.environment import (
    address,
    at_least,
    at_most,
    channels_in,
    database,
    mail,
    number,
    one_of,
    queue,
    rates,
    text,
    words,
    yes,
)
from tracker.logs import LEVELS, logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What kind of installation this is ---------------------------------------------------------------------------

# The demo talks plain HTTP to one machine and shows its own mail; DEBUG shows the source of errors to anybody.
DEMO = yes("DEMO", default=False)
DEBUG = yes("DEBUG", default=False)
SECURE = not (DEMO or DEBUG)
SECRET_KEY = text("SECRET_KEY")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
# Where links in messages lead.
SITE_URL = text("SITE_URL", "http://localhost:8000").rstrip("/")
# Where papers are issued by those who sit in no province.
PLACE_OF_ISSUE = text("PLACE_OF_ISSUE", "Hà Nội")
VAR = Path(text("VAR", str(BASE_DIR / "var"))).absolute()

# --- Applications, and what each request passes ------------------------------------------------------------------

INSTALLED_APPS = [
    "tracker.admin.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "django_htmx",
    "axes",
    "csp",
    "accounts",
    "directives",
    "tracker",
]
MIDDLEWARE = [
    # Systems that read with a key leave the way here.
    "tracker.short_way.short_way",
    "tracker.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.middleware.CompressedPages",
    "tracker.middleware.Policies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tracker.web.language.language_of_reader",
    "django_htmx.middleware.HtmxMiddleware",
    "tracker.web.idle.idle_time_out",
    "tracker.web.own_device.own_device",
    "tracker.middleware.size_limit",
    "tracker.api.limits.announced",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Last: it turns the answer to one wrong password too many into the page that says so.
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
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
                "tracker.web.context.header",
            ]
        },
    }
]

# --- The database ------------------------------------------------------------------------------------------------

# Web, worker, beat and commands act as a role that may only add to history; the owner, who has no role here, migrates.
DATABASE_ROLE = text("DATABASE_ROLE", "dondoc_app")
DATABASES = {
    "default": {
        **database("DATABASE_URL", role=DATABASE_ROLE),
        # Seconds. A new connection for each request costs three times the throughput.
        "CONN_MAX_AGE": number("CONN_MAX_AGE", 600),
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Who may come in ---------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 14}},
    {"NAME": "accounts.passwords.FourClasses"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "log_in"
LOGIN_REDIRECT_URL = "assignments"
LOGOUT_REDIRECT_URL = LOGIN_URL
# Five wrong tries lock the account for a quarter of an hour, at every door with a password.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_LOCKOUT_CALLABLE = "tracker.web.sign_in.locked_out"
AXES_USERNAME_CALLABLE = "tracker.web.sign_in.account_name"
SILENCED_SYSTEM_CHECKS = [
    "axes.W006",  # by account alone: whoever changes addresses has no more tries than five
    "security.W021",  # the preload list is for names that the whole internet knows
]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
# Idle sessions end on the server. The cookie is only the upper bound of a working day.
IDLE_SECONDS = 15 * 60
IDLE_SECONDS_ADMINISTRATOR = 5 * 60
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "dondoc_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tracker.web.old_page.page_is_old"

# --- What the browser may do -------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = yes("SECURE_SSL_REDIRECT", default=SECURE)
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
# Only a proxy that sets this header on every request may be trusted with it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if yes("BEHIND_PROXY", default=False) else None
# So many of our own proxies stand in front, each of which adds to X-Forwarded-For whom it was asked by.
PROXIES = number("PROXIES", 1 if SECURE_PROXY_SSL_HEADER else 0)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- The API -----------------------------------------------------------------------------------------------------

# Requests a minute of one key, or of one person.
API_RATE = number("API_RATE", 1200)
# Milliseconds for which a key that reads is not looked at again, nor what lies below an agency, nor what is soon.
REMEMBERED = at_most("REMEMBERED", 1000, default=500)
# Attempts a minute from one address to get a token with a key that is no good.
TOKEN_FAILURES = number("TOKEN_FAILURES", 20)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "tracker.api.callers.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["tracker.api.callers.MayRead"],
    "DEFAULT_THROTTLE_CLASSES": ["tracker.api.limits.PerCaller"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "tracker.api.problems.answer_problem",
    "URL_FORMAT_OVERRIDE": None,
}

# Changes are kept so long for systems that follow them; whoever was away longer begins anew.
FEED_DAYS = at_least("FEED_DAYS", 90)

# --- Other systems that are called ----------------------------------------------------------------------------------

# What opens their secrets in the database: the first of these also closes them, so that a new one is put before it.
SECRETS_KEYS = words("SECRETS_KEYS") or [SECRET_KEY]
# Authorities whose certificates are believed beside the system's own, such as the government's; a file in PEM.
WEBHOOK_CA_FILE = text("WEBHOOK_CA_FILE", "")
# How many endpoints one worker calls at a time; half of these at most are such as fail or are slow.
WEBHOOK_LANES = at_least("WEBHOOK_LANES", 8)
# Who knows how a row is told to other systems: the door through which they read it.
WEBHOOK_ROWS = "tracker.api.copying.rows_told_to"

# --- Language and time -------------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
# What was chosen on a device stays chosen there.
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Each room keeps its own words.
ROOMS = ("accounts", "directives", "tracker/web", "tracker/admin", "tracker/api", "tracker/delivery", "tracker")
LOCALE_PATHS = [BASE_DIR / room / "locale" for room in ROOMS]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
FORMAT_MODULE_PATH = "tracker.formats"

# --- Files -------------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
# The page of the API is Swagger UI; of the package that brings it only that folder is wanted.
SWAGGER_UI = Path(str(files("drf_spectacular_sidecar")), "static/drf_spectacular_sidecar/swagger-ui-dist")
STATICFILES_DIRS = [("swagger-ui", SWAGGER_UI)]
# Names with a hash, collected once and kept for ever by browsers; without it files are served as they lie in folders.
STATIC_HASHED = yes("STATIC_HASHED", default=True)
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not STATIC_HASHED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_HASHED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# The head of the chain of history, noted outside the database; best on another machine's disk.
HISTORY_ANCHOR = Path(text("HISTORY_ANCHOR", str(VAR / "history-anchor.jsonl")))
# Who gets the head by mail once a day; best somebody outside the house. Nobody where it is empty.
HISTORY_ANCHOR_MAIL = address("HISTORY_ANCHOR_MAIL")
# Evidence is never served as it is; a view asks first who may see it.
MEDIA_ROOT = text("MEDIA_ROOT", str(VAR / "files"))
# Bytes: ten files of evidence of 25 MB and what is written with them; more is cut off before it is read.
LARGEST_REQUEST = 256 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes, without the files; from strangers with them
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Mail --------------------------------------------------------------------------------------------------------

vars().update(mail("EMAIL_URL", "smtp://localhost:25"))
# Seconds for each answer of the mail server; a mail takes four of them, within the lease of its message.
EMAIL_TIMEOUT = number("EMAIL_TIMEOUT", 10)
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "Đôn đốc <dondoc@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# The ways out: a new one is one file in this folder.
DELIVERY_CHANNELS = channels_in(BASE_DIR / "tracker/delivery/channels", "tracker.delivery.channels")
# Messages a minute at most, by channel, over all processes together; a channel that is not named has no limit.
DELIVERY_RATES = rates("DELIVERY_RATES", tuple(DELIVERY_CHANNELS))

# --- Queue: Celery wakes and works, the database remembers -------------------------------------------------------

# Periods of recurring work that are given out beside the present one.
PERIODS_AHEAD = number("PERIODS_AHEAD", 1)
REDIS_URL, CELERY_BROKER_URL = queue("REDIS_URL")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # for ever
# A pass that lost the broker ends by itself, with every message noted.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than the longest task, or one message would run several times at once.
    "visibility_timeout": 300,
    # How soon the work of a killed worker is given to another one; the defaults make it minutes.
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 120  # seconds
CELERY_TASK_TIME_LIMIT = 150  # seconds
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- Watching ----------------------------------------------------------------------------------------------------

# What Prometheus shows to read /metrics; without it there is no such page.
METRICS_TOKEN = text("METRICS_TOKEN", "")

# --- Logs --------------------------------------------------------------------------------------------------------

LOGGING = logging_settings(level=one_of("LOG_LEVEL", LEVELS, "INFO"))
