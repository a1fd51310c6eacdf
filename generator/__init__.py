"""Crosscite: a folder of news articles becomes a static briefing site, every sentence cited."""

__version__ = "0.1.0"
