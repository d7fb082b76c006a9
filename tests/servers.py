"""Servers of the tests (placeholder until the real plugin lands)."""
