"""Contact: the talk of the week, joining, and what families ask and tell beside it."""

from __future__ import annotations

from actions.base import Happening, Heard, ServiceAction
from actions.flows import FlowAction
from bot.services.talk import doors
from bot.services.work import Work


class ValidateContactForm(FlowAction):
    """The talk of the week."""

    action_name, flow = "validate_contact_form", "contact"


class ValidateJoinForm(FlowAction):
    """Joining with a code, and choosing day and hour."""

    action_name, flow = "validate_join_form", "join"


class FamilyAction(ServiceAction):
    """One thing that families ask or tell, answered once per message."""

    matter: str

    def serve(self, work: Work, heard: Heard) -> list[Happening]:
        """One service call."""
        doors.family_matter(work, heard.conversation, heard.inbox_id, self.matter, heard.text)
        return []


class ChildStatus(FamilyAction):
    """How is my child?"""

    action_name, matter = "action_child_status", "child_status"


class ReturnHome(FamilyAction):
    """Home again, soon, or leaving."""

    action_name, matter = "action_return_home", "return_home"


class ContactDetails(FamilyAction):
    """A new number or place."""

    action_name, matter = "action_contact_details", "new_details"


class HeavyHeart(FamilyAction):
    """Help with a heavy heart."""

    action_name, matter = "action_heavy_heart", "heavy_heart"
