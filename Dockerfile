# The portal without servers of its own: PostgreSQL and Valkey come from docker-compose.yml or from the operator.
FROM python:3.13-slim-bookworm

ENV PIP_NO_CACHE_DIR=1 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LANG=C.UTF-8 PORTAL_DATA=/data HOME=/tmp PATH=/portal/.venv/bin:$PATH
WORKDIR /portal

# What changes seldom comes first, so that an update of the code builds in seconds.
COPY deploy/image.sh deploy/
RUN deploy/image.sh packages
COPY requirements-prod.txt ./
RUN deploy/image.sh requirements
COPY . ./
RUN deploy/image.sh portal

USER portal
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["deploy/start.sh"]
CMD ["web"]
