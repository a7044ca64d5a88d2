"""The rows of a log as events, and these made ready for counting."""
