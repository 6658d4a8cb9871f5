"""The pages, one blueprint per module; none imports another."""
