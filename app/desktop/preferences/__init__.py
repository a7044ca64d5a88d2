"""What people set for the window itself, and what it remembers."""
