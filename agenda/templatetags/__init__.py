"""Template tags of the agenda."""
