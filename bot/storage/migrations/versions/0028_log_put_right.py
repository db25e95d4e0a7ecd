"""What a worker writes of the lines of a work log, and what was confirmed before it was confirmed anew

And who called or talked whom to reason on a day, found by the worker: a log is made of it at a tap. And what was said
can be made to say something else: a message keeps the number its channel gave it, and which one it edits.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("work_logs", sa.Column("edits_sealed", sa.LargeBinary(), nullable=True))
    op.create_table(
        "work_log_versions",
        sa.Column("uid", sa.String(26), primary_key=True),
        sa.Column("log", sa.String(26), sa.ForeignKey("work_logs.uid"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
    )
    op.create_index("work_log_versions_of", "work_log_versions", ["log", "version"], unique=True)
    op.create_index("contact_calls_by", "contact_calls", ["by", "on"])
    op.create_index("arrangement_moves_by", "arrangement_moves", ["actor", "at"])
    op.add_column("outbox", sa.Column("taken_as", sa.String(20), nullable=True))
    op.add_column("outbox", sa.Column("edits", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "edits")
    op.drop_column("outbox", "taken_as")
    op.drop_index("arrangement_moves_by", "arrangement_moves")
    op.drop_index("contact_calls_by", "contact_calls")
    op.drop_table("work_log_versions")
    op.drop_column("work_logs", "edits_sealed")
