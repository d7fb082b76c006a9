"""The agenda in the administration; importing registers its models."""

from agenda.admin import analysis, frame, indicators, projects, strategy

__all__ = ["analysis", "frame", "indicators", "projects", "strategy"]
