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
    "Base",
    "BrokenGlass",
    "CallTask",
    "Closing",
    "Conversation",
    "Draft",
    "Duty",
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
    "PoliceReport",
    "Post",
    "Question",
    "Report",
    "ReportLink",
    "ReportMove",
    "Takeover",
    "Transfer",
]
