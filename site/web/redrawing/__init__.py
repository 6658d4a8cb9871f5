"""Files that people send: recognised by what they hold, pictures drawn anew.

`python -m web.redrawing` draws one; nothing else of the site is loaded for it.
"""
