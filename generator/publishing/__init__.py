"""A digest to the bytes of its pages, verified against the sources. Pure."""
