# syntax=docker/dockerfile:1
# The image runs the source tree: t-minus is an application that is run, not a library that is published.

FROM python:3.11-slim-bookworm AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements/run.txt requirements/run.txt
RUN /venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps \
    --only-binary :all: -r requirements/run.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --create-home t-minus
WORKDIR /app
COPY --from=build /venv /venv
COPY pyproject.toml LICENSE ./
COPY bot/ bot/
COPY flows/ flows/
COPY adapters/ adapters/
COPY migrations/ migrations/
COPY deploy/ deploy/
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 T_MINUS_DATA_DIR=/data
USER t-minus
VOLUME /data
ENTRYPOINT ["python", "-m", "bot"]
CMD ["--help"]
