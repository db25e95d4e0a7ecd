"""Second persons and posts: closing needs two, a role may be the receiver, an assignment belongs to a post"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # Plain ALTERs: rebuilding a table, as Alembic would on SQLite, would drop what other tables point to.
    op.add_column("assignments", sa.Column("area", sa.String(length=12), nullable=True))
    op.add_column("transfers", sa.Column("to_role", sa.String(length=24), nullable=True))
    op.add_column("transfers", sa.Column("to_area", sa.String(length=12), nullable=True))
    op.create_table(
        "closings",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.Column("proposed_by", sa.String(length=26), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("settled_by", sa.String(length=26), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["reports.uid"]),
        sa.ForeignKeyConstraint(["proposed_by"], ["accounts.uid"]),
        sa.ForeignKeyConstraint(["settled_by"], ["accounts.uid"]),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("closings_of", "closings", ["report", "proposed_at"], unique=False)
    op.create_index("reports_of_conversation", "reports", ["conversation", "received_at"], unique=False)
    op.create_index("journal_of", "journal", ["subject", "seq"], unique=False)


def downgrade() -> None:
    op.drop_index("journal_of", "journal")
    op.drop_index("reports_of_conversation", "reports")
    op.drop_index("closings_of", "closings")
    op.drop_table("closings")
    op.drop_column("transfers", "to_area")
    op.drop_column("transfers", "to_role")
    op.drop_column("assignments", "area")
