"""Wissen: articles, guides, glossary, the German search."""
