"""What customers share: the clock and the desks."""
