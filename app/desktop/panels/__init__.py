"""Panels beside the journey: the scenario with its arms, and what is wrong."""
