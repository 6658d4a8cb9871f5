"""Earshot's web layer: pages, API, commands and worker around the domain."""
