"""Veranstaltungen: workshops, registration, the network."""
