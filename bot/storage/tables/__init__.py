"""All tables, one file for what belongs together."""

from bot.storage.tables.base import ID, Base, Moment
from bot.storage.tables.casework import (
    Attachment,
    CallTask,
    Closing,
    Note,
    PoliceReport,
    Question,
    ReportLink,
    Takeover,
    Transfer,
)
from bot.storage.tables.children import (
    AwaySpan,
    Child,
    ChildAssessment,
    ChildChange,
    ChildMove,
    Household,
    Person,
    Responsibility,
    StaffFact,
    Tie,
)
from bot.storage.tables.keeping import JournalEntry, Lease, Mark
from bot.storage.tables.reports import AlertStep, Assignment, Report, ReportMove
from bot.storage.tables.staff import Account, Attempt, BrokenGlass, Duty, Invite, PageLink, PageSession, Post
from bot.storage.tables.talk import Conversation, Draft, Inbox, Outbox

__all__ = [
    "ID",
    "Account",
    "AlertStep",
    "Assignment",
    "Attachment",
    "Attempt",
    "AwaySpan",
    "Base",
    "BrokenGlass",
    "CallTask",
    "Child",
    "ChildAssessment",
    "ChildChange",
    "ChildMove",
    "Closing",
    "Conversation",
    "Draft",
    "Duty",
    "Household",
    "Inbox",
    "Invite",
    "JournalEntry",
    "Lease",
    "Mark",
    "Moment",
    "Note",
    "Outbox",
    "PageLink",
    "PageSession",
    "Person",
    "PoliceReport",
    "Post",
    "Question",
    "Report",
    "ReportLink",
    "ReportMove",
    "Responsibility",
    "StaffFact",
    "Takeover",
    "Tie",
    "Transfer",
]
