"""Celery: beat ticks, workers wake; what there is to do stands in the database."""

import os

from celery import Celery
from kombu import Exchange, Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

# Seconds between two looks at each duty. A tick that nobody took in time is dropped: the next one finds the work.
TICKS = {
    "seal": 10,
    "tally": 10,
    "recur": 30,
    "remind": 30,
    "deliver": 10,
    "call": 2,
    "read": 10,
    "change_many": 10,
    "lists": 10,
    "papers": 10,
    "mail_head": 30,
    "forget": 30,
}
# Sending has a queue of its own, so that workers may do it alone and a long pass keeps nobody from the other duties.
GENERAL, SENDING = "general", "sending"

app = Celery("dondoc")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.include = ["tracker.tasks", "tracker.own_ticks"]
# The nameless exchange needs no bindings, which a broker that was emptied would have forgotten.
app.conf.task_queues = [Queue(name, Exchange(""), routing_key=name) for name in (GENERAL, SENDING)]
app.conf.task_default_queue = app.conf.task_default_routing_key = GENERAL
app.conf.task_default_exchange = ""
app.conf.task_routes = {f"tracker.tasks.{duty}": {"queue": SENDING} for duty in ("deliver", "call")}
app.conf.beat_schedule = {
    duty: {"task": f"tracker.tasks.{duty}", "schedule": seconds, "options": {"expires": 30}}
    for duty, seconds in TICKS.items()
}
