"""The journey command."""
