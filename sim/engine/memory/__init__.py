"""What a run keeps: the state of each customer, what is to come for them, what was recorded."""
