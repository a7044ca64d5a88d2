"""What customers do: their choices, contacts, goals and referrals."""
