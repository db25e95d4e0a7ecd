"""What became of a need heard at a visit, in words, and on which morning it was brought to mind

A need had an owner and a day, and nobody was ever told when the day came.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("visit_needs", sa.Column("how_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("visit_needs", sa.Column("told_on", sa.Date(), nullable=True))
    op.create_index("visit_needs_untold", "visit_needs", ["state", "told_on", "due"])


def downgrade() -> None:
    op.drop_index("visit_needs_untold", "visit_needs")
    op.drop_column("visit_needs", "told_on")
    op.drop_column("visit_needs", "how_sealed")
