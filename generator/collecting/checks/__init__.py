"""What ``crosscite check`` looks at: articles, settings, templates, colours, size; a module each.

A rule is a function from the ``Material`` to the problems that it finds. It decides nothing else: level
and name stand in ``collecting.check.RULES``.
"""
