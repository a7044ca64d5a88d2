"""Files of scenarios: opened, saved and watched."""
