# The application: web, worker, beat and migrate are the same image with another command.
FROM python:3.13-slim AS installed
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.13-slim
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=tracker.settings VAR=/var/lib/dondoc
RUN useradd --system --uid 10001 --home-dir $VAR --create-home dondoc
WORKDIR /app
COPY --from=installed /opt/venv /opt/venv
COPY accounts accounts
COPY directives directives
COPY tracker tracker
COPY templates templates
COPY seeds seeds
COPY manage.py .
# Neither opens a database, so neither needs a secret.
RUN python manage.py compile_messages && python manage.py collectstatic --no-input
USER dondoc
EXPOSE 8000
CMD ["gunicorn", "tracker.wsgi:application", "--bind", "0.0.0.0:8000", "--no-control-socket", "--preload", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
