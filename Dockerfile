# Builds the application without its tests' and the demo's parts. Settings and secrets come from the environment.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /srv/cspr
COPY pyproject.toml uv.lock package.json package-lock.json ./
RUN python -m venv /opt/build \
 && sed -n '/^uv==/,/# via/p' uv.lock > /tmp/uv.txt \
 && /opt/build/bin/pip install --quiet --require-hashes --no-deps -r /tmp/uv.txt \
 && /opt/build/bin/uv pip sync --quiet --no-cache --python /opt/build/bin/python --require-hashes uv.lock \
 && python -m venv --without-pip .venv \
 && /opt/build/bin/uv pip install --quiet --no-cache --python .venv/bin/python --constraints uv.lock -r pyproject.toml
COPY cspr cspr
COPY notifications notifications
COPY templates templates
COPY static static
COPY manage.py ./
RUN /opt/build/bin/python -m cspr.local modules \
 && /opt/build/bin/python -m cspr.local assets \
 && rm -rf node_modules .local/cache

FROM python:3.11-slim-bookworm
ENV PATH=/srv/cspr/.venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=cspr.settings CSPR_DATA=/var/lib/cspr
RUN useradd --system --uid 10001 --home-dir /var/lib/cspr --create-home cspr
WORKDIR /srv/cspr
COPY --from=build /srv/cspr /srv/cspr
USER cspr
VOLUME /var/lib/cspr
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["gunicorn", "cspr.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket"]
