#!/bin/sh
# Put a backup in the place of a newsroom in containers: deploy/restore.sh bulletin-….tar
# The file lies in the volume of backups, or anywhere on this machine.
set -eu
file=${1:?name a backup}
cd "$(dirname "$0")/.."
inside=/var/lib/bulletin/backups/$(basename "$file")
if [ -e "$file" ]; then
    docker compose run --rm -T --no-deps --entrypoint sh manage -c "umask 077 && cat >'$inside'" <"$file"
fi
docker compose run --rm --no-deps manage backup --check "$inside"
docker compose stop web app renditions nightly
docker compose run --rm manage restore --replace "$inside"
docker compose up -d
