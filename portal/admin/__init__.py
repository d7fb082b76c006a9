"""The portal's own models in the administration; importing registers them."""

from portal.admin import content, operations, people, places

__all__ = ["content", "operations", "people", "places"]
