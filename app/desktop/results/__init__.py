"""What a run found, shown: charts with intervals, tables, and the answer in a sentence above each."""

from app.desktop.results.panel import ResultsPanel

__all__ = ["ResultsPanel"]
