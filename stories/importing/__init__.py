"""Old records, read row by row: companies for the directory, stories from elsewhere.

A batch is made ready outside the write transaction and written in one short one, so
that people's deeds go first meanwhile. A row that is here already changes nothing:
an import that was killed is simply started again.
"""

from stories.importing.companies import CompanyRow, Directory, import_companies
from stories.importing.naming import Names
from stories.importing.records import BadRow, Tally, read_rows
from stories.importing.stories import ReadyStory, StoryRow, ready
from stories.importing.writing import import_stories, unknown

__all__ = [
    "BadRow",
    "CompanyRow",
    "Directory",
    "Names",
    "ReadyStory",
    "StoryRow",
    "Tally",
    "import_companies",
    "import_stories",
    "read_rows",
    "ready",
    "unknown",
]
