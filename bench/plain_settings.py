"""Our settings with the middleware of a new project, for what is compared with ours."""

from tracker.settings import *  # noqa: F403

ROOT_URLCONF = "bench.plain_api"
ALLOWED_HOSTS = ["*"]
REST_FRAMEWORK: dict[str, object] = {"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]}
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
