"""What the brand does: what triggers a send, what limits it, what comes of it."""
