"""The process that follows the levers, with workers of its own."""
