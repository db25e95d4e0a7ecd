"""What of contact stands only for whoever a report names, and because of which reports"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
TABLES = ("contact_records", "contact_rungs")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("behind", sa.Text(), nullable=True))
    op.add_column("contact_records", sa.Column("withheld", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("contact_records", "withheld")
    for table in TABLES:
        op.drop_column(table, "behind")
