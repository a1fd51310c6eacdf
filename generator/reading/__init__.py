"""One file to articles: text, what is cut, sentences, quotes, speakers, figures, names, terms.

Knows nothing of other articles, of stories or of pages. Pure: bytes in, data out.
"""
