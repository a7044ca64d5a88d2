"""Event log files of any kind, read as tables of text."""
