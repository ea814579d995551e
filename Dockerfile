# syntax=docker/dockerfile:1
# The image runs the source tree: t-minus is an application that is run, not a library that is published.
# docs/how-to/deploy.md says how; deploy/compose.yaml is an example with PostgreSQL.

FROM python:3.11-slim-bookworm AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements/run.txt requirements/run.txt
RUN /venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps \
    --only-binary :all: -r requirements/run.txt

FROM python:3.11-slim-bookworm
# /data is the one folder that is written to: the root file system may be read-only, with a tmpfs at /tmp.
RUN useradd --system --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin t-minus
WORKDIR /app
COPY --from=build /venv /venv
COPY pyproject.toml LICENSE ./
COPY bot/ bot/
COPY flows/ flows/
COPY adapters/ adapters/
COPY migrations/ migrations/
# By name: secrets and settings of a deployment stand beside these, and never enter a layer.
COPY deploy/catalogue/ deploy/catalogue/
COPY deploy/policy/ deploy/policy/
COPY deploy/teams/ deploy/teams/
ENV HOME=/data \
    PATH=/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    T_MINUS_DATA_DIR=/data \
    T_MINUS_CATALOGUE=/etc/t-minus/catalogue.yaml \
    T_MINUS_HOST=0.0.0.0
# Compiled here once, since nothing can be kept at run time.
RUN python -m compileall -q bot flows adapters migrations
USER 10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["serve"]
