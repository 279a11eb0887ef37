"""Bulletin's settings: one module, everything that differs between machines from the environment.

The variables are listed in docs/operators.md. `ENVIRONMENT=production` turns the safe choices on
and makes the variables that have no safe default required.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from bulletin.environment import Environment, tile_hosts
from bulletin.inlined import SCRIPT_SOURCES, STYLE_SOURCES
from bulletin.site_record import read_site_record

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")

ENVIRONMENT = Environment(os.environ).choice(
    "ENVIRONMENT", "development", ("development", "production")
)
PRODUCTION = ENVIRONMENT == "production"
env = Environment(os.environ, required=PRODUCTION)

# What is made on this machine and belongs to it alone: database, media, secret key.
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))

DEBUG = env.flag("DEBUG", default=False)
# Whether a web server of ours stands in front and says for whom it asks.
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=PRODUCTION)
SECRET_KEY = env.secret("SECRET_KEY", VAR_DIR / "secret-key")
# Keys of before: what they signed (sessions, links in mails) holds until they are taken away.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", [], optional=True)
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS", [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", [f"https://{h}" for h in ALLOWED_HOSTS])

# The newspaper itself
SITE_NAME = env.required_in_production("SITE_NAME", "临澄社区报")
SITE_MOTTO = env.text("SITE_MOTTO", "" if PRODUCTION else "把社区的事说清楚")
SITE_RECORD = read_site_record(env)
# The number under which the paper is licensed (国内统一连续出版物号), shown on each e-paper page.
PAPER_CN_NUMBER = env.text("PAPER_CN_NUMBER", "")
# On what terms other systems may use what is published; empty: they have to ask.
USAGE_TERMS = env.text("USAGE_TERMS", "")
# On what terms others may use the directory of stations and communities.
OPEN_DATA_LICENCE = env.text("OPEN_DATA_LICENCE", "CC BY 4.0")
OPEN_DATA_LICENCE_URL = env.text(
    "OPEN_DATA_LICENCE_URL", "https://creativecommons.org/licenses/by/4.0/deed.zh-hans"
)
# Whether search engines may look at the site; "deny" while it is being tried out.
SEARCH_ENGINES = env.choice("SEARCH_ENGINES", "allow", ("allow", "deny"))
# The WebSub hub that passes our feeds on; none by default. `manage.py websub` tells it of them.
WEBSUB_HUB = env.address("WEBSUB_HUB")
# Where the site is, for what is told without anybody having asked.
SITE_ADDRESS = env.address(
    "SITE_ADDRESS",
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else "http://127.0.0.1:8000",
).rstrip("/")

INSTALLED_APPS = [
    "bulletin.apps.BulletinConfig",
    "bulletin.apps.BulletinAdminConfig",
    "issues",
    "articles",
    "communities",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "taggit",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "bulletin.health.HealthChecks",
    "bulletin.logs.RequestLog",
    "bulletin.metrics.Metrics",
    "bulletin.headers.BrowserHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "bulletin.languages.LanguageByAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "bulletin.pagecache.away.DatabaseAway",
]

ROOT_URLCONF = "bulletin.urls"
WSGI_APPLICATION = "bulletin.wsgi.application"

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
                "bulletin.masthead.masthead",
            ],
        },
    },
]

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'bulletin.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    # Tests run on a file too: threads that share a database in memory lock each other out of it.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    # WAL lets readers read while one writes; IMMEDIATE makes writers wait instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # Opening the file, and reading what is in it, would cost each page more than its queries do.
    DATABASES["default"]["CONN_MAX_AGE"] = 600
else:
    pool = env.number("DATABASE_POOL_SIZE", 6 if PRODUCTION else 0, high=200)
    # A server that is away is known to be so in seconds, and its return is noticed by itself.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,
        **({"pool": {"min_size": 1, "max_size": pool, "timeout": 5}} if pool else {}),
        # What the address says (`?sslmode=require`) has the last word.
        **DATABASES["default"].get("OPTIONS", {}),
    }
# Whether PostgreSQL keeps the plans of what pages ask (`communities.together`): where a connection
# lives no longer than a request, they would be made for it alone.
DATABASE_PREPARED = env.flag(
    "DATABASE_PREPARED", default=bool(DATABASES["default"].get("OPTIONS", {}).get("pool"))
)
if env.text("DATABASE_REPLICA_URL", ""):
    # What the public reads comes from here, see bulletin/replica.py.
    DATABASES["replica"] = env.replica("DATABASE_REPLICA_URL", DATABASES["default"])
    DATABASE_ROUTERS = ["bulletin.replica.ReplicaRouter"]
    before = MIDDLEWARE.index("django.middleware.security.SecurityMiddleware")
    MIDDLEWARE.insert(before, "bulletin.replica.ReadsFromReplica")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = env.choice("LANGUAGE_CODE", "zh-hans", ("zh-hans", "en"))
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.time_zone("TIME_ZONE", "Asia/Shanghai")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
if not PRODUCTION:
    # Nothing is collected in development; the folder is there so that nothing complains of it.
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# In development static files are found where they lie; nothing has to be collected first.
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
# In production a file's name holds its hash, and whitenoise says that it never changes; in
# development a browser asks each time whether a file has.
WHITENOISE_MAX_AGE = 60 if PRODUCTION else 0
# In production nginx serves the pictures; the project serves them itself only for trying it out.
SERVE_MEDIA = env.flag("SERVE_MEDIA", default=not PRODUCTION)
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
# What the press's PDF of an issue may weigh, in megabytes.
PRESS_PDF_MEGABYTES = env.number("PRESS_PDF_MEGABYTES", 60, low=1, high=2000)
# Where Noto CJK is, if not where systems keep it.
TYPESETTING_FONTS = env.text("TYPESETTING_FONTS", "")

# What each process may keep of public pages in memory; 0 keeps none.
PAGE_CACHE_MEGABYTES = env.number("PAGE_CACHE_MEGABYTES", 64, high=100_000)

# Where `manage.py backup` writes, and of how many days and weeks the newest backup stays.
BACKUP_DIR = Path(env.text("BACKUP_DIR", str(VAR_DIR / "backups")))
BACKUP_KEEP_DAILY = env.number("BACKUP_KEEP_DAILY", 14, low=1, high=10_000)
BACKUP_KEEP_WEEKLY = env.number("BACKUP_KEEP_WEEKLY", 8, high=10_000)

# Where `manage.py serve` listens, with how many processes and threads in each, and how many seconds
# an answer under way may take once it is told to stop.
SERVE_HOST = env.text("SERVE_HOST", "127.0.0.1")
SERVE_PORT = env.number("SERVE_PORT", 8000, low=1, high=65_535)
SERVE_WORKERS = env.number("SERVE_WORKERS", 2, low=1, high=256)
SERVE_THREADS = env.number("SERVE_THREADS", 4, low=1, high=256)
SERVE_STOP_SECONDS = env.number("SERVE_STOP_SECONDS", 60, low=1, high=1800)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# Guessing passwords: how many failures close an account to an address, and for how many minutes.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = env.number("LOGIN_FAILURES", 8, low=3, high=100)
AXES_COOLOFF_TIME = timedelta(minutes=env.number("LOGIN_COOL_OFF", 15, low=1, high=24 * 60))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# The hour that was named stays: who tries too early does not have to wait for longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_HANDLER = "bulletin.lockout.FailureCounter"
AXES_LOCKOUT_CALLABLE = "bulletin.lockout.closed_page"
AXES_CLIENT_IP_CALLABLE = "bulletin.lockout.counted_address"
AXES_CLIENT_STR_CALLABLE = "bulletin.lockout.in_the_log"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Who has to have a second step: nobody, those who review, publish or give logins, everybody.
OTP_REQUIRED = env.choice("OTP_REQUIRED", "none", ("none", "publishers", "all"))
OTP_TOTP_ISSUER = SITE_NAME
# Whom to ask who cannot log in, as a sentence; empty: the administrator of the newsroom.
LOGIN_HELP = env.text("LOGIN_HELP", "")

# The three reviews: by how many different people, and what a changed text goes back to.
REVIEW_PERSONS = env.number("REVIEW_PERSONS", 3, low=2, high=3)
REVIEW_AFTER_CHANGE = env.choice("REVIEW_AFTER_CHANGE", "first", ("first", "stage"))

# How many days after the answer a reader's phone number or mail address is kept.
MISTAKE_CONTACT_DAYS = env.number("MISTAKE_CONTACT_DAYS", 30, high=365)

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False
TAGGIT_TAGS_FROM_STRING = "articles.tagging.tags_from_text"
TAGGIT_STRING_FROM_TAGS = "articles.tagging.text_from_tags"

# The picture under our maps; none by default, so that no other host learns who looks at what.
MAP_TILES_URL = env.tiles("MAP_TILES_URL")
MAP_TILES_SUBDOMAINS = env.words("MAP_TILES_SUBDOMAINS", ["a", "b", "c"])
MAP_TILES_SYSTEM = env.choice("MAP_TILES_SYSTEM", "gcj02", ("gcj02", "bd09", "wgs84"))
MAP_TILES_ATTRIBUTION = env.text("MAP_TILES_ATTRIBUTION", "")

CONTENT_SECURITY_POLICY: dict[str, dict[str, Any]] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # What pages carry in themselves is named by its hash; nothing else in them is obeyed.
        "script-src": [SELF, *SCRIPT_SOURCES],
        "style-src": [SELF, *STYLE_SOURCES],
        "img-src": [SELF, "data:", *tile_hosts(MAP_TILES_URL, MAP_TILES_SUBDOMAINS)],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        # Previews stand in frames of our own.
        "frame-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# How long a login lasts that nobody ends; saving the session at each click would write all day.
SESSION_COOKIE_AGE = env.number("SESSION_HOURS", 14 * 24, low=1, high=8760) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = env.flag("SESSION_ENDS_WITH_BROWSER", default=False)
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
if PRODUCTION:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD", default=True)
    # Only where there is https: tried out over plain HTTP, a page would lose its style sheets.
    if SECURE_SSL_REDIRECT:
        CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Who may read /metrics: whoever has the token, or asks from these networks. Nobody by default.
METRICS_TOKEN = env.text("METRICS_TOKEN", "")
METRICS_FROM = env.networks("METRICS_FROM")
METRICS = bool(METRICS_TOKEN or METRICS_FROM)
# Where each worker process keeps what it counts; `manage.py serve` empties it before they start.
METRICS_DIR = env.text("PROMETHEUS_MULTIPROC_DIR", str(VAR_DIR / "metrics")) if METRICS else ""
if METRICS_DIR:
    Path(METRICS_DIR).mkdir(parents=True, exist_ok=True)
    # The library looks for it in the environment, when it is first imported.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = METRICS_DIR
else:
    # Nobody reads what would be counted there.
    os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"of_request": {"()": "bulletin.logs.OfRequest"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "bulletin.logs.JsonLines", "json_ensure_ascii": False},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": env.choice(
                "LOG_FORMAT", "json" if PRODUCTION else "line", ("json", "line")
            ),
            "filters": ["of_request"],
        }
    },
    "root": {
        "handlers": ["console"],
        "level": env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    "loggers": {
        # Django's own handlers would mail reports with what was typed into forms, and print twice.
        "django": {"handlers": [], "propagate": True},
        # A line for each request is for those who collect them.
        "bulletin.logs": {"level": "INFO" if PRODUCTION else "WARNING"},
        "axes": {"level": "WARNING"},
    },
}
