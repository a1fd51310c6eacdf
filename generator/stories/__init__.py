"""Articles to a digest: which tell one event, what to show of it, who else says so. Pure."""
