# Bulletin's images: `app` (the application, its workers and its commands) and `web` (nginx).
# Debian 13 gives both, and the pg_dump of PostgreSQL 17, which docker-compose.yml runs.
ARG PYTHON=3.13
ARG DEBIAN=trixie

FROM python:${PYTHON}-slim-${DEBIAN} AS libraries
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/requirements.txt
# Wheels alone, each with its hash: nothing is compiled, and nothing comes that was not locked.
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check \
    --only-binary :all: --require-hashes -r /tmp/requirements.txt \
    && find /opt/venv -name __pycache__ -type d -prune -exec rm -r {} +

FROM python:${PYTHON}-slim-${DEBIAN} AS app
# Noto CJK sets pages in type; postgresql-client makes backups.
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    fonts-noto-cjk postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 bulletin \
    && useradd --uid 10001 --gid bulletin --no-create-home --home-dir /nonexistent \
    --shell /usr/sbin/nologin bulletin
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ENVIRONMENT=production \
    VAR_DIR=/var/lib/bulletin \
    STATIC_ROOT=/srv/bulletin-static \
    SERVE_HOST=0.0.0.0 \
    SERVE_PORT=8000
COPY --from=libraries /opt/venv /opt/venv
WORKDIR /srv/bulletin
COPY manage.py pyproject.toml ./
COPY bulletin bulletin
COPY issues issues
COPY articles articles
COPY communities communities
COPY templates templates
COPY static static
COPY locale locale
# What is collected here is in the image; the settings of this one command are read by nobody else.
RUN python -m compileall -q bulletin issues articles communities \
    && SECRET_KEY=only-while-static-files-are-collected-0123456789abcdef ALLOWED_HOSTS=localhost \
    SITE_NAME=build DATABASE_URL=sqlite:////tmp/none.sqlite3 \
    python manage.py collectstatic --noinput --verbosity 0 \
    && install -d -o bulletin -g bulletin -m 0750 /var/lib/bulletin \
    && install -d -o bulletin -g bulletin -m 0755 /var/lib/bulletin/media /var/lib/bulletin/backups \
    /srv/web-static \
    && rm -rf /tmp/none.sqlite3
USER bulletin
EXPOSE 8000
# granian ends gracefully on SIGTERM; SERVE_STOP_SECONDS bounds it.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['SERVE_PORT'] + '/readyz', timeout=4)"]
ENTRYPOINT ["python", "manage.py"]
CMD ["serve"]

FROM debian:${DEBIAN}-slim AS web
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    nginx-light libnginx-mod-http-brotli-static gettext-base curl \
    && rm -rf /var/lib/apt/lists/* /etc/nginx/sites-enabled/* \
    && install -d -o www-data -g www-data /var/cache/bulletin /srv/acme \
    && install -d -o 10001 -g 10001 /var/lib/bulletin/media /srv/bulletin-static
COPY deploy/nginx /srv/nginx
USER www-data
ENV STATIC_ROOT=/srv/bulletin-static \
    MEDIA_ROOT=/var/lib/bulletin/media \
    HTTP_PORT=8080 \
    HTTPS_PORT=8443
EXPOSE 8080 8443
# QUIT lets answers under way come to an end, TERM does not.
STOPSIGNAL SIGQUIT
HEALTHCHECK --interval=10s --timeout=5s --retries=3 \
    CMD curl -sS -o /dev/null --max-time 4 "http://127.0.0.1:$HTTP_PORT/.nginx"
ENTRYPOINT ["/srv/nginx/start.sh"]
