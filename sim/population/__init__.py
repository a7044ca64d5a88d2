"""Synthetic customers: traits, affinities, arrivals."""
