"""What is looked into beside the journey: who is who, a customer's story; each in a window of its own."""

from app.desktop.studies.studies import Studies

__all__ = ["Studies"]
