"""TOML texts: read within limits, where things stand in them, values cut in, written."""
