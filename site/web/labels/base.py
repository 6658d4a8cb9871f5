"""What a list of labels is."""

from collections.abc import Mapping

from flask_babel import LazyString

Labels = Mapping[str, LazyString]
