"""Disk, processes, cache and the search index: everything that touches the machine for a build."""
