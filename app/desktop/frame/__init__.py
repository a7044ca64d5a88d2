"""What stands around the journey: panels, messages, the line at the foot."""
