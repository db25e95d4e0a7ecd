"""Entrusted care"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "care_arrangements",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=True),
        sa.Column("conversation", sa.String(length=26), nullable=True),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("replaces", sa.String(length=26), nullable=True),
        sa.Column("candidate", sa.Integer(), nullable=False),
        sa.Column("data_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["replaces"],
            ["care_arrangements.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("care_arrangements_by_area", "care_arrangements", ["area", "state"], unique=False)
    op.create_index("care_arrangements_due", "care_arrangements", ["due_on"], unique=False)
    op.create_index("care_arrangements_of_child", "care_arrangements", ["child"], unique=False)
    op.create_index("care_arrangements_of_conversation", "care_arrangements", ["conversation"], unique=False)
    op.create_index("care_arrangements_replacing", "care_arrangements", ["replaces"], unique=False)
    op.create_table(
        "arrangement_moves",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("arrangement", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("from_state", sa.String(length=24), nullable=False),
        sa.Column("to_state", sa.String(length=24), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["arrangement"],
            ["care_arrangements.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("arrangement_moves_of", "arrangement_moves", ["arrangement", "number"], unique=True)
    op.create_table(
        "care_acknowledgements",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("arrangement", sa.String(length=26), nullable=False),
        sa.Column("candidate", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["arrangement"],
            ["care_arrangements.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("care_acknowledgements_of", "care_acknowledgements", ["arrangement", "candidate"], unique=True)
    op.create_table(
        "care_notices",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("arrangement", sa.String(length=26), nullable=False),
        sa.Column("candidate", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=12), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("proof_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["arrangement"],
            ["care_arrangements.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("care_notices_of", "care_notices", ["arrangement", "candidate", "recipient"], unique=True)


def downgrade() -> None:
    op.drop_index("care_notices_of", table_name="care_notices")
    op.drop_table("care_notices")
    op.drop_index("care_acknowledgements_of", table_name="care_acknowledgements")
    op.drop_table("care_acknowledgements")
    op.drop_index("arrangement_moves_of", table_name="arrangement_moves")
    op.drop_table("arrangement_moves")
    op.drop_index("care_arrangements_replacing", table_name="care_arrangements")
    op.drop_index("care_arrangements_of_conversation", table_name="care_arrangements")
    op.drop_index("care_arrangements_of_child", table_name="care_arrangements")
    op.drop_index("care_arrangements_due", table_name="care_arrangements")
    op.drop_index("care_arrangements_by_area", table_name="care_arrangements")
    op.drop_table("care_arrangements")
