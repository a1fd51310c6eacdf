"""Words, stems, stop words and languages: the floor beneath reading and stories."""
