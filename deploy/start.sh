#!/bin/sh
# What a container is for: deploy/start.sh web | worker | beat | migrate | manage COMMAND… | healthy
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
part=${1:-web}
[ $# -eq 0 ] || shift

case "$part" in
web)
    # Behind a proxy that speaks HTTPS; one process per core is enough, a page takes milliseconds.
    exec "$python" -m granian --interface wsgi --host 0.0.0.0 --port "${PORT:-8000}" --workers "${WEB_WORKERS:-2}" --no-ws \
        portal.wsgi:application
    ;;
worker) exec "$python" -m celery -A portal worker --concurrency "${CELERY_WORKERS:-2}" --without-mingle --without-gossip ;;
beat) exec "$python" -m celery -A portal beat --pidfile= ;;
migrate) exec "$python" manage.py prepare ;;
manage) exec "$python" manage.py "$@" ;;
healthy) exec "$python" -m portal.embedded.health ;;
*)
    echo "deploy/start.sh web | worker | beat | migrate | manage COMMAND… | healthy" >&2
    exit 2
    ;;
esac
