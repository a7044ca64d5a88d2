"""What keeps people safe: texts kept while they are edited, faults told, the log."""
