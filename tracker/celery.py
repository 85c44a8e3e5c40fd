"""Celery: beat ticks, workers wake; what there is to do stands in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

# Seconds between two looks at each duty. A tick that nobody took in time is dropped: the next one finds the work.
TICKS = {"seal": 10, "remind": 30, "deliver": 10}

app = Celery("dondoc")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.include = ["tracker.tasks"]
app.conf.beat_schedule = {
    duty: {"task": f"tracker.tasks.{duty}", "schedule": seconds, "options": {"expires": 30}}
    for duty, seconds in TICKS.items()
}
