"""Tables that ship with Crosscite; each says whence it comes."""
