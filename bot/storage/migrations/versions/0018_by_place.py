"""A county's morning is read by place: the children of its offices, and of their plans the index alone"""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.drop_index("responsibility_by_area", table_name="responsibilities")
    op.create_index("responsibility_by_area", "responsibilities", ["area", "duty", "until", "since", "child"])
    op.create_index("visit_plans_of", "visit_plans", ["child", "due", "planned_for", "paused_until", "tier"])
    op.create_index("visit_plans_handover", "visit_plans", ["handover_on"])


def downgrade() -> None:
    op.drop_index("visit_plans_handover", table_name="visit_plans")
    op.drop_index("visit_plans_of", table_name="visit_plans")
    op.drop_index("responsibility_by_area", table_name="responsibilities")
    op.create_index("responsibility_by_area", "responsibilities", ["area", "duty", "until"])
