"""Home visits: plans, visits, corrections, needs, reasons, escalations, digest hours, work logs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "digest_hours",
        sa.Column("account", sa.String(length=26), nullable=False),
        sa.Column("at", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.uid"],
        ),
        sa.PrimaryKeyConstraint("account"),
    )
    op.create_table(
        "work_logs",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("account", sa.String(length=26), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("work_log_of", "work_logs", ["account", "on"], unique=True)
    op.create_table(
        "visit_escalations",
        sa.Column("natural_key", sa.String(length=80), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("why", sa.String(length=12), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.PrimaryKeyConstraint("natural_key"),
    )
    op.create_index("visit_escalations_of", "visit_escalations", ["child", "settled_at"], unique=False)
    op.create_table(
        "visit_plans",
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("tier", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("planned_for", sa.Date(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("clause", sa.String(length=16), nullable=True),
        sa.Column("basis", sa.String(length=16), nullable=True),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("handover_on", sa.Date(), nullable=True),
        sa.Column("seen_change", sa.DateTime(), nullable=False),
        sa.Column("planned_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.PrimaryKeyConstraint("child"),
    )
    op.create_index("visit_plans_due", "visit_plans", ["due"], unique=False)
    op.create_table(
        "visit_reasons",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("visit_reasons_of", "visit_reasons", ["child", "at"], unique=False)
    op.create_table(
        "visit_standings",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("key_focus", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("visit_standing_of", "visit_standings", ["child", "since"], unique=True)
    op.create_table(
        "visits",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("natural_key", sa.String(length=56), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("record_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=True),
        sa.Column("prompt_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("natural_key"),
    )
    op.create_index("visits_of_account", "visits", ["by", "on"], unique=False)
    op.create_index("visits_of_child", "visits", ["child", "on"], unique=False)
    op.create_index("visits_prompt", "visits", ["prompt_at"], unique=False)
    op.create_table(
        "visit_corrections",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("visit", sa.String(length=26), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["visit"],
            ["visits.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("visit_corrections_of", "visit_corrections", ["visit", "version"], unique=True)
    op.create_table(
        "visit_needs",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("visit", sa.String(length=26), nullable=False),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner", sa.String(length=26), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["owner"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["visit"],
            ["visits.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("visit_needs_by", "visit_needs", ["owner", "state", "due"], unique=False)
    op.create_index("visit_needs_of", "visit_needs", ["child", "state"], unique=False)
    op.create_table(
        "visit_tasks",
        sa.Column("natural_key", sa.String(length=48), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("visit", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["visit"],
            ["visits.uid"],
        ),
        sa.PrimaryKeyConstraint("natural_key"),
    )
    op.create_index("visit_tasks_of", "visit_tasks", ["child", "state"], unique=False)
    op.create_index("children_changed", "children", ["changed_at"], unique=False)


def downgrade() -> None:
    op.drop_index("children_changed", table_name="children")
    op.drop_index("visit_tasks_of", table_name="visit_tasks")
    op.drop_table("visit_tasks")
    op.drop_index("visit_needs_of", table_name="visit_needs")
    op.drop_index("visit_needs_by", table_name="visit_needs")
    op.drop_table("visit_needs")
    op.drop_index("visit_corrections_of", table_name="visit_corrections")
    op.drop_table("visit_corrections")
    op.drop_index("visits_prompt", table_name="visits")
    op.drop_index("visits_of_child", table_name="visits")
    op.drop_index("visits_of_account", table_name="visits")
    op.drop_table("visits")
    op.drop_index("visit_standing_of", table_name="visit_standings")
    op.drop_table("visit_standings")
    op.drop_index("visit_reasons_of", table_name="visit_reasons")
    op.drop_table("visit_reasons")
    op.drop_index("visit_plans_due", table_name="visit_plans")
    op.drop_table("visit_plans")
    op.drop_index("visit_escalations_of", table_name="visit_escalations")
    op.drop_table("visit_escalations")
    op.drop_index("work_log_of", table_name="work_logs")
    op.drop_table("work_logs")
    op.drop_table("digest_hours")
