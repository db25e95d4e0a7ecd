"""Work that waits for an office: handed over by a family or found by ourselves"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "care_tasks",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=True),
        sa.Column("conversation", sa.String(length=26), nullable=True),
        sa.Column("payload_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by", sa.String(length=26), nullable=True),
        sa.Column("natural_key", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["done_by"],
            ["accounts.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("natural_key"),
    )
    op.create_index("care_tasks_of_child", "care_tasks", ["child", "kind"], unique=False)
    op.create_index("care_tasks_of_conversation", "care_tasks", ["conversation"], unique=False)
    op.create_index("care_tasks_open", "care_tasks", ["state", "area", "due_on"], unique=False)


def downgrade() -> None:
    op.drop_index("care_tasks_open", table_name="care_tasks")
    op.drop_index("care_tasks_of_conversation", table_name="care_tasks")
    op.drop_index("care_tasks_of_child", table_name="care_tasks")
    op.drop_table("care_tasks")
