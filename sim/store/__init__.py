"""SQLite and Parquet."""
