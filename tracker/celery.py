"""Celery: beat ticks, workers wake; what there is to do stands in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

app = Celery("dondoc")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.include = ["tracker.tasks"]
# Seconds. A tick that is lost or comes twice is harmless: the work stands in the database.
app.conf.beat_schedule = {
    "seal": {"task": "tracker.tasks.seal", "schedule": 10.0},
    "remind": {"task": "tracker.tasks.remind", "schedule": 30.0, "options": {"expires": 30}},
    "deliver": {"task": "tracker.tasks.deliver", "schedule": 10.0, "options": {"expires": 30}},
}
