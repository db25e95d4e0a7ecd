"""Who does what for a child between two counties; changed files are walked through in one order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "county_splits",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("residence", sa.String(length=6), nullable=False),
        sa.Column("registered", sa.String(length=6), nullable=False),
        sa.Column("duties", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("side", sa.String(length=12), nullable=False),
        sa.Column("by_letter", sa.Boolean(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("proposed_by", sa.String(length=26), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("settled_by", sa.String(length=26), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"],
            ["accounts.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("county_splits_of", "county_splits", ["child", "state"], unique=False)
    op.drop_index("children_changed", table_name="children")
    op.create_index("children_changed", "children", ["changed_at", "uid"], unique=False)


def downgrade() -> None:
    op.drop_index("children_changed", table_name="children")
    op.create_index("children_changed", "children", ["changed_at"], unique=False)
    op.drop_index("county_splits_of", table_name="county_splits")
    op.drop_table("county_splits")
