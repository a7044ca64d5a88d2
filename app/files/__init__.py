"""Files found on a machine and left there: what ships, what is not saved, reports, the menu entry."""
