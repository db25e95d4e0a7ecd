"""When somebody last wrote is not kept: nothing asked for it, and every message wrote it anew"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.drop_column("conversations", "heard_at")


def downgrade() -> None:
    begun = sa.Column("heard_at", sa.DateTime(), nullable=False, server_default="2000-01-01 00:00:00")
    op.add_column("conversations", begun)
    op.execute("update conversations set heard_at = created_at")
