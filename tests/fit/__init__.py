"""Tests of fitting a scenario to an event log."""
