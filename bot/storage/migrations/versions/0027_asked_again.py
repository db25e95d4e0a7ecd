"""By when a child whose objection was overridden is asked again, whatever became of the arrangement since"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("care_arrangements", sa.Column("ask_again_on", sa.Date(), nullable=True))
    op.create_index("care_arrangements_ask_again", "care_arrangements", ["ask_again_on"])


def downgrade() -> None:
    op.drop_index("care_arrangements_ask_again", "care_arrangements")
    op.drop_column("care_arrangements", "ask_again_on")
