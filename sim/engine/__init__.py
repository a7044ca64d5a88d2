"""The discrete-event engine: keyed draws, the compiled private lane, the SimPy lane."""
