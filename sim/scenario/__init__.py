"""What a scenario says: models, TOML in and out, findings, addresses and arms."""
