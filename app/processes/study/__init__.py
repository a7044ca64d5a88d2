"""The process that answers what somebody wants to look into: who is who, a customer's story."""
