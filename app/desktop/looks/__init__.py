"""How the window looks, and the words that it shows."""
