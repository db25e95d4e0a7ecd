"""A case is given to one caseworker by name, and a file has a confidential line"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "case_assignments",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("account", sa.String(length=26), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.uid"],
        ),
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
    op.create_index("case_assignments_of", "case_assignments", ["child", "until"], unique=False)
    op.create_table(
        "confidential_facts",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
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
    op.create_index("confidential_facts_of", "confidential_facts", ["child", "at"], unique=False)


def downgrade() -> None:
    op.drop_index("confidential_facts_of", table_name="confidential_facts")
    op.drop_table("confidential_facts")
    op.drop_index("case_assignments_of", table_name="case_assignments")
    op.drop_table("case_assignments")
