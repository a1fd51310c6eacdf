"""Scripts that keep files of the project true."""
