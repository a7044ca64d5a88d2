"""The model as one SimPy process per customer, in plain Python: slow, written from docs/background/model.md alone."""
