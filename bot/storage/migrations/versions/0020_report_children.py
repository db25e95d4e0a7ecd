"""A report points to the child on file it is about; when its words came and why it went up a level are kept"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "report_children",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("report", "child"),
    )
    op.create_index("report_children_child", "report_children", ["child"], unique=False)
    op.add_column("alert_steps", sa.Column("reason", sa.String(length=40), nullable=True))
    op.add_column("alert_steps", sa.Column("told", sa.Integer(), nullable=True))
    op.add_column("alert_steps", sa.Column("done_at", sa.DateTime(), nullable=True))
    op.add_column("reports", sa.Column("sent_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("reports", "sent_at")
    op.drop_column("alert_steps", "done_at")
    op.drop_column("alert_steps", "told")
    op.drop_column("alert_steps", "reason")
    op.drop_index("report_children_child", table_name="report_children")
    op.drop_table("report_children")
