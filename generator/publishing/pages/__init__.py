"""The pages of the site: each module turns a digest into the contexts of one kind of page."""
