"""Contracts and bases that every department stands on."""
