"""``make bench``: speed beside other site generators, at 1,000 articles or as many as are named."""

from benchmarks.speed import main

main()
