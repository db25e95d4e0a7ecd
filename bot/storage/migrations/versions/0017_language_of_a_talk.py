"""A talk has a language: who writes English is answered in it to the end"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("conversations", sa.Column("language", sa.String(2), nullable=True))


def downgrade() -> None:
    op.drop_column("conversations", "language")
