"""A guardianship level waits until a supervisor confirms it; those set before count as confirmed"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("children", sa.Column("level_before", sa.String(8), nullable=True))
    op.add_column("children", sa.Column("level_by", sa.String(26), nullable=True))
    op.add_column("children", sa.Column("level_waits_since", sa.DateTime(), nullable=True))


def downgrade() -> None:
    for column in ("level_waits_since", "level_by", "level_before"):
        op.drop_column("children", column)
