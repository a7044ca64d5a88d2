"""Replications, arms, comparison, precision; executors."""
