"""Feeds and web pages into content/, new projects, checks before publishing."""
