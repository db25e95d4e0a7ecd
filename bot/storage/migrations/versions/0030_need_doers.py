"""Who is to see to a need heard at a visit, where that is none of the accounts: an office, a school, a relative"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.add_column("visit_needs", sa.Column("doer_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("visit_needs", "doer_sealed")
