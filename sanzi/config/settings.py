"""The one settings file. What differs between installations comes from the environment."""

from . import environment

DATA = environment.data_folder()
_KEYS = environment.keys()
SECRET_KEY = _KEYS["django"]
SEAL_KEY = _KEYS["seal"]
HASH_KEY = _KEYS["hash"]

# Set by `sanzi demo` alone, which binds to loopback: the sign-in page then offers its people.
DEMO = environment.flag("SANZI_DEMO")
# Behind a proxy that speaks TLS: cookies travel only over it.
HTTPS = environment.flag("SANZI_HTTPS")
# How many proxies of ours stand in front; each adds one address to X-Forwarded-For.
PROXIES = environment.count("SANZI_PROXIES", most=9)

# What QR codes on papers begin with; empty: the address the printer came by.
PUBLIC_ADDRESS = environment.public_address()

DEBUG = False
ALLOWED_HOSTS = environment.hosts()
DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "sanzi.orgs",
    "sanzi.access",
    "sanzi.journal",
    "sanzi.web",
    "sanzi.intake",
    "sanzi.metrics",
    "sanzi.documents",
    "sanzi.letters",
    "sanzi.resolutions",
    "sanzi.borrowing",
    "sanzi.parties",
    "sanzi.holdings",
    "sanzi.villages",
    "sanzi.responsibility",
    "sanzi.dispositions",
    "sanzi.accounting",
    "sanzi.contracts",
    "sanzi.policies",
    "sanzi.receivables",
    "sanzi.netting",
    "sanzi.debts",
    "sanzi.cleanup",
    "sanzi.campaigns",
    "sanzi.contests",
    "sanzi.support",
    "sanzi.income",
    "sanzi.regulations",
    "sanzi.inspections",
    "sanzi.bank",
    "sanzi.budgets",
    "sanzi.yearend",
    "sanzi.agency",
    "sanzi.disclosure",
    "sanzi.workbooks",
    "sanzi.warnings",
    "sanzi.dispatch",
    "sanzi.dashboards",
    "sanzi.administration",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sanzi.web.middleware.CompressedWords",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sanzi.web.middleware.SafetyHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sanzi.journal.middleware.RequestTrace",
    "sanzi.access.middleware.ActingPost",
    "sanzi.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "sanzi.config.urls"
WSGI_APPLICATION = "sanzi.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sanzi.web.frame.frame",
            ],
        },
    }
]

AUTH_USER_MODEL = "access.Person"
AUTHENTICATION_BACKENDS = ["sanzi.access.signin.PasswordBackend"]
PASSWORD_HASHERS = ["sanzi.access.signin.Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "administration:sign-in"
LOGIN_REDIRECT_URL = "dashboards:home"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
# Served straight from the packages: nothing to collect before the first start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "sanzi.web.errors.bad_token"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"

UPLOADS = DATA / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# Modules whose FORMS an office can write its own Word templates for.
LETTER_FORMS = (
    "sanzi.letters.papers",
    "sanzi.resolutions.papers",
    "sanzi.contracts.papers",
    "sanzi.receivables.papers.forms",
    "sanzi.netting.papers",
    "sanzi.dispatch.papers",
    "sanzi.responsibility.papers",
    "sanzi.support.papers",
    "sanzi.regulations.papers",
    "sanzi.inspections.papers",
    "sanzi.warnings.papers",
)
# What is open in a person's hands, by feature, for a handover; in the order of its list.
HANDS = (
    "sanzi.campaigns.handing",
    "sanzi.cleanup.remedies.handing",
    "sanzi.receivables.handing",
    "sanzi.dispatch.handing",
    "sanzi.support.handing",
    "sanzi.agency.handing",
    "sanzi.responsibility.handing",
)
# Modules whose HOOKS tell whether a task about one of their rows is done (campaigns/completion.py).
TASK_HOOKS = ("sanzi.campaigns.tasks.hooks", "sanzi.inspections.tasks")
# Fonts an office owns and may print with: 仿宋, 小标宋.
FONTS = DATA / "fonts"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
