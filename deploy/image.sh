#!/bin/sh
# The steps of the Dockerfile: deploy/image.sh packages | requirements | portal
set -eu

case "${1:-}" in
packages) # libraries and fonts of the PDF files; an account without rights
    export DEBIAN_FRONTEND=noninteractive
    apt-get update
    apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-dejavu-core
    rm -rf /var/lib/apt/lists/*
    useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin portal
    install -d -o portal -g portal -m 0700 /data
    ;;
requirements) # pinned and hashed; nothing is compiled
    python3 -m venv .venv
    .venv/bin/python -m pip install --no-input --disable-pip-version-check --require-hashes --only-binary :all: \
        -r requirements-prod.txt
    ;;
portal) # the code must load, with the libraries it needs, before the image leaves the house
    env DATABASE_URL=postgresql://nobody@127.0.0.1:1/none REDIS_URL=redis://127.0.0.1:1/0 DJANGO_SECRET_KEY=only-for-this-step \
        .venv/bin/python manage.py check
    .venv/bin/python -m compileall -q agenda portal
    ;;
*)
    echo "deploy/image.sh packages | requirements | portal" >&2
    exit 2
    ;;
esac
