"""Somebody else makes one visit: who goes, on which day, who arranged it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "visit_stand_ins",
        sa.Column("uid", sa.String(26), primary_key=True),
        sa.Column("talk", sa.String(26), nullable=False),
        sa.Column("child", sa.String(26), sa.ForeignKey("children.uid"), nullable=False),
        sa.Column("account", sa.String(26), sa.ForeignKey("accounts.uid"), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(26), sa.ForeignKey("accounts.uid"), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
    )
    op.create_index("visit_stand_ins_of", "visit_stand_ins", ["child", "ended_at"])
    op.create_index("visit_stand_ins_by", "visit_stand_ins", ["account", "ended_at"])
    op.create_index("visit_stand_ins_talk", "visit_stand_ins", ["talk"])


def downgrade() -> None:
    op.drop_table("visit_stand_ins")
