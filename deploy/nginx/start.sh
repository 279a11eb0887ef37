#!/bin/sh
# Fill in nginx's configuration and start it. Every variable has a default but the first.
#
#   APP_SERVERS        the applications, name:port or address:port, divided by spaces
#   TLS                on: HTTPS with the files below, and plain HTTP leads on to it; off: plain HTTP
#   TLS_CERTIFICATE, TLS_KEY   PEM files
#   HTTP_PORT, HTTPS_PORT      where to listen
#   PUBLIC_HTTPS_PORT  the port readers see, where it is another one than 443
#   TRUSTED_PROXY      address or network of a load balancer of ours; what it says of the reader's
#                      address and of HTTPS is believed. Default: nobody
#   STATIC_ROOT, MEDIA_ROOT, PAGES_DIR, ACME_ROOT   folders
#   CACHE_DIR, CACHE_MEGABYTES  kept pages and uploads under way; how large the pages may grow
#   RUN_DIR            where the configuration is written
#   ACCESS_LOG         the log's file
#   BODY_MEGABYTES     the largest upload in the newsroom
#   LOGINS_A_MINUTE, LOGINS_BURST, FORMS_A_MINUTE, FORMS_BURST   for one address
#   STOP_SECONDS       how long answers under way may take after a stop
#   RELOOK_SECONDS     how often names in APP_SERVERS are looked up again; 0: never
set -eu
here=$(cd "$(dirname "$0")" && pwd)

: "${APP_SERVERS:?name the applications, e.g. APP_SERVERS=app:8000}"
export TLS="${TLS:-off}" \
    TLS_CERTIFICATE="${TLS_CERTIFICATE:-/etc/bulletin-tls/fullchain.pem}" \
    TLS_KEY="${TLS_KEY:-/etc/bulletin-tls/privkey.pem}" \
    HTTP_PORT="${HTTP_PORT:-8080}" HTTPS_PORT="${HTTPS_PORT:-8443}" \
    TRUSTED_PROXY="${TRUSTED_PROXY:-192.0.2.1/32}" \
    STATIC_ROOT="${STATIC_ROOT:-/srv/bulletin/static}" \
    MEDIA_ROOT="${MEDIA_ROOT:-/srv/bulletin/media}" \
    PAGES_DIR="${PAGES_DIR:-$here/pages}" \
    ACME_ROOT="${ACME_ROOT:-/srv/acme}" \
    CACHE_DIR="${CACHE_DIR:-/var/cache/bulletin}" CACHE_MEGABYTES="${CACHE_MEGABYTES:-256}" \
    RUN_DIR="${RUN_DIR:-/run/bulletin}" \
    ACCESS_LOG="${ACCESS_LOG:-/dev/stdout}" \
    BODY_MEGABYTES="${BODY_MEGABYTES:-65}" \
    LOGINS_A_MINUTE="${LOGINS_A_MINUTE:-20}" LOGINS_BURST="${LOGINS_BURST:-10}" \
    FORMS_A_MINUTE="${FORMS_A_MINUTE:-20}" FORMS_BURST="${FORMS_BURST:-10}" \
    STOP_SECONDS="${STOP_SECONDS:-60}"
case "$TLS" in on | off) ;; *) echo "start.sh: TLS must be on or off, not '$TLS'" >&2; exit 2 ;; esac

port=${PUBLIC_HTTPS_PORT:-443}
HTTPS_PORT_SUFFIX=
[ "$port" = 443 ] || HTTPS_PORT_SUFFIX=":$port"
# As root nginx gives up its rights; as another user it has none to give up.
MAIN_LINES=
[ "$(id -u)" != 0 ] || MAIN_LINES="user ${NGINX_USER:-www-data};"
APP_LINES=$(for server in $APP_SERVERS; do
    # None is ever left alone for a while: the next one may be going as soon as this one is back, and
    # then nginx would know of none. Asking one that is gone costs next to nothing, at worst a second.
    echo "        server $server max_fails=0;"
done)
export HTTPS_PORT_SUFFIX MAIN_LINES APP_LINES

# Our own variables alone: nginx has some that look the same ($uri).
# shellcheck disable=SC2016 # envsubst wants the names as they are
ours='${APP_LINES} ${MAIN_LINES} ${HTTPS_PORT_SUFFIX} ${TLS_CERTIFICATE} ${TLS_KEY} ${HTTP_PORT}
${HTTPS_PORT} ${TRUSTED_PROXY} ${STATIC_ROOT} ${MEDIA_ROOT} ${PAGES_DIR} ${ACME_ROOT} ${CACHE_DIR}
${CACHE_MEGABYTES} ${RUN_DIR} ${ACCESS_LOG} ${BODY_MEGABYTES} ${LOGINS_A_MINUTE} ${LOGINS_BURST}
${FORMS_A_MINUTE} ${FORMS_BURST} ${STOP_SECONDS}'
mkdir -p "$RUN_DIR" "$CACHE_DIR"
servers=servers-plain
[ "$TLS" = off ] || servers=servers-tls
envsubst "$ours" <"$here/nginx.conf.template" >"$RUN_DIR/nginx.conf"
envsubst "$ours" <"$here/$servers.conf.template" >"$RUN_DIR/servers.conf"
envsubst "$ours" <"$here/site.conf.template" >"$RUN_DIR/site.conf"
nginx -t -q -e stderr -c "$RUN_DIR/nginx.conf"
[ "${1:-}" != --check ] || exit 0

# nginx looks names up once. Where a name's addresses change (containers come and go), it is told.
found() {
    for server in $APP_SERVERS; do getent ahosts "${server%:*}" | awk '{print $1}'; done | sort -u
}
if [ "${RELOOK_SECONDS:-5}" != 0 ]; then
    (
        last=$(found)
        while sleep "${RELOOK_SECONDS:-5}"; do
            now=$(found)
            if [ -n "$now" ] && [ "$now" != "$last" ]; then
                last=$now
                kill -HUP "$(cat "$RUN_DIR/nginx.pid")" || exit
            fi
        done
    ) &
fi
exec nginx -e stderr -c "$RUN_DIR/nginx.conf" -g 'daemon off;'
