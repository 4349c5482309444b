"""From the programme for new homes to what is planned, started and delivered, year by year.

Every number is a band from the lowest to the highest possible, because a programme can be a
number, ``Nnb`` or a percentage. What the parties agreed and what is known today are added up apart,
and what is only indicative is added to nothing.
"""

from geo_lv.new_build.bands import Band, Total, add_up
from geo_lv.new_build.entries import SERIES, Entry, Series, entries_of
from geo_lv.new_build.outlook import Group, Outlook, cumulative, outlook, per_corporation, per_wijk
from geo_lv.new_build.sites import programme_band, status_band
from geo_lv.new_build.task import Capacity, Task, capacity, task_of

__all__ = [
    "SERIES",
    "Band",
    "Capacity",
    "Entry",
    "Group",
    "Outlook",
    "Series",
    "Task",
    "Total",
    "add_up",
    "capacity",
    "cumulative",
    "entries_of",
    "outlook",
    "per_corporation",
    "per_wijk",
    "programme_band",
    "status_band",
    "task_of",
]
