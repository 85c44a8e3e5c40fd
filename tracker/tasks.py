"""The doors through which a tick enters: one call each. A tick that is lost, late or doubled does no harm."""

from tracker.celery import app
from tracker.duties import look_at


@app.task
def seal() -> int:
    """Give committed events their place in the chain of history."""
    return look_at("seal")


@app.task
def tally() -> int:
    """Sum up what the figures are told by."""
    return look_at("tally")


@app.task
def recur() -> int:
    """Give out the next periods of what recurs."""
    return look_at("recur")


@app.task
def remind() -> int:
    """Plan what the ladders have to say today."""
    return look_at("remind")


@app.task
def deliver() -> int:
    """Send what waits; the pass ends by itself after a minute."""
    return look_at("deliver")


@app.task
def call() -> int:
    """Tell other systems of what has changed; a pass begins nothing after twenty seconds."""
    return look_at("call")


# A scan of forty pages takes minutes. Should the queue give the message out again meanwhile, it finds the row claimed.
@app.task(soft_time_limit=780, time_limit=800)
def read() -> int:
    """Read the files that came in; a pass begins no further one after twenty seconds."""
    return look_at("read")


@app.task
def change_many() -> int:
    """Carry out what was chosen for many assignments; a pass ends by itself after twenty seconds."""
    return look_at("change_many")


# 20,000 rows took 260 s where much else ran. A message handed on meanwhile finds the lease, and does nothing.
@app.task(soft_time_limit=540, time_limit=570)  # seconds
def lists() -> int:
    """Check and enter the long lists that wait; a pass begins no further one after twenty seconds."""
    return look_at("lists")


# 10,000 rows as a .pdf take some minutes. A message handed on meanwhile finds the lease, and does nothing.
@app.task(soft_time_limit=840, time_limit=870)  # seconds
def papers() -> int:
    """Make the long papers that wait; a pass begins no further one after twenty seconds."""
    return look_at("papers")


@app.task
def mail_head() -> int:
    """Mail the head of history, where that was not done yet today."""
    return look_at("mail_head")


@app.task
def forget() -> int:
    """Throw away what was written and not sent for months, and changes too old to follow."""
    return look_at("forget")
