"""An event log to a scenario."""
