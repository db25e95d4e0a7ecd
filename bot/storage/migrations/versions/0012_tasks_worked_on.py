"""Tasks of an office: who took one, and what became of it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
COLUMNS = ("note_sealed", "outcome", "taken_by", "taken_at")


def upgrade() -> None:
    op.add_column("care_tasks", sa.Column("taken_at", sa.DateTime(), nullable=True))
    op.add_column("care_tasks", sa.Column("taken_by", sa.String(length=26), nullable=True))
    op.add_column("care_tasks", sa.Column("outcome", sa.String(length=24), nullable=True))
    op.add_column("care_tasks", sa.Column("note_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_column("care_tasks", column)
