"""The portal: what all departments stand on, and the pages that join them."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
