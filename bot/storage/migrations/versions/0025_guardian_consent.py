"""What guardians say to a child being asked here; children who joined without it are asked nothing until one agrees"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
_PLANS = sa.table("contact_plans", sa.column("voice"), sa.column("state"), sa.column("stopped_at", sa.DateTime()))


def upgrade() -> None:
    op.create_table(
        "guardian_consents",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=True),
        sa.Column("relation", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.String(length=4), nullable=True),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["child"], ["children.uid"]),
        sa.ForeignKeyConstraint(["person"], ["people.uid"]),
        sa.ForeignKeyConstraint(["by"], ["accounts.uid"]),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("guardian_consents_of", "guardian_consents", ["child", "ended_at"])
    op.execute(
        _PLANS.update()
        .where(_PLANS.c.voice == "child", _PLANS.c.state == "active")
        .values(state="stopped", stopped_at=datetime.now(UTC).replace(tzinfo=None))
    )


def downgrade() -> None:
    op.drop_index("guardian_consents_of", "guardian_consents")
    op.drop_table("guardian_consents")
