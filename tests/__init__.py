"""The tests; the tree mirrors the rooms of the house."""
