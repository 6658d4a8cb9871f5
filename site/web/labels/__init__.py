"""What each code of the domain is called on a page.

`LABELS["outcome"]["no_answer"]` is a message, translated when it is shown.
Codes are members of the lists in `stories.models.codes`, or plain strings. Where a
short word alone tells a translator too little, its context is given.
"""

from collections.abc import Mapping

from web.labels import conversation, facts, letters, readers, staff, stories
from web.labels.base import Labels

LABELS: Mapping[str, Labels] = {
    name.lower(): labels
    for module in (stories, facts, conversation, readers, staff, letters)
    for name, labels in vars(module).items()
    if name.isupper()
}
