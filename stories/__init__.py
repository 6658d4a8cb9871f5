"""Earshot's domain: service stories, and what people and companies do with them."""
