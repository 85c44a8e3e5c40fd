"""Logs: one JSON object for each line, with the request's id and without secrets."""

import re
from typing import Any

import structlog

SECRETS = ("password", "secret", "token", "authorization", "cookie", "api_key", "key")
HIDDEN = "(hidden)"
# A calendar's address is its secret: whoever knows it may read the calendar.
PRIVATE_ADDRESS = re.compile(r"(/calendar/)[^/\s\"']+(?=\.ics)")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def hide_secrets(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Blank every field whose name says that it is a secret."""
    return {name: HIDDEN if name.lower() in SECRETS else value for name, value in event.items()}


def hide_addresses(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Blank what is secret in an address, wherever it stands: in the line itself or in the story of an error."""
    return {name: _without_secret(value) if isinstance(value, str) else value for name, value in event.items()}


def _without_secret(said: str) -> str:
    return PRIVATE_ADDRESS.sub(rf"\g<1>{HIDDEN}", said)


BEFORE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.ExtraAdder(allow=["status_code", "data"]),
    hide_secrets,
]


def logging_settings(*, level: str) -> dict[str, Any]:
    """What `logging.config.dictConfig` takes."""
    structlog.configure(
        processors=[*BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": BEFORE,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    hide_addresses,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "json"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            # It tells addresses with their secrets; why a service refused the channel reads for itself.
            "apprise": {"level": "WARNING", "handlers": ["nowhere"], "propagate": False},
            "axes": {"level": "WARNING"},  # it reports each step of each log-in
        },
    }
