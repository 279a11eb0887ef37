#!/bin/sh
# A new release in containers, without a break: the new applications start beside the old ones.
# Call it after the new source is there (git pull), from anywhere.
set -eu
cd "$(dirname "$0")/.."
wanted=$(docker compose config | awk '/^  app:/ {a = 1} a && /(scale|replicas):/ {print $2; exit}')
docker compose build
docker compose exec -T nightly python manage.py backup
docker compose run --rm prepare
old=$(docker compose ps -q app)
docker compose up -d --no-deps --no-recreate --scale app=$((wanted * 2)) --wait app
sleep 10 # nginx looks the names up every five seconds
# shellcheck disable=SC2086 # one word for each container
docker stop $old >/dev/null
# shellcheck disable=SC2086
docker rm $old >/dev/null
docker compose up -d --no-deps --no-recreate --scale app="$wanted" app
docker compose up -d --no-deps web renditions nightly
