"""What a cell of a log says: a time, an amount, nothing."""
