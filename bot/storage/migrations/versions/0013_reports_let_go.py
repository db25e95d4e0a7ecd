"""Letting reports go: legal holds and what was erased; emergency looks at a child's file"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "legal_holds",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["reports.uid"]),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("legal_holds_of", "legal_holds", ["report", "until"], unique=False)
    op.add_column("reports", sa.Column("kept_until", sa.DateTime(), nullable=True))
    op.add_column("reports", sa.Column("erased_at", sa.DateTime(), nullable=True))
    op.create_index("reports_kept", "reports", ["state", "kept_until"], unique=False)
    # SQLite rebuilds this table; nothing points to it.
    with op.batch_alter_table("broken_glass") as table:
        table.add_column(sa.Column("child", sa.String(length=26), nullable=True))
        table.alter_column("report", existing_type=sa.String(length=26), nullable=True)
        table.create_foreign_key("broken_glass_child_fkey", "children", ["child"], ["uid"])


def downgrade() -> None:
    op.execute("DELETE FROM broken_glass WHERE report IS NULL")
    with op.batch_alter_table("broken_glass") as table:
        table.drop_constraint("broken_glass_child_fkey", type_="foreignkey")
        table.drop_column("child")
        table.alter_column("report", existing_type=sa.String(length=26), nullable=False)
    op.drop_index("reports_kept", table_name="reports")
    op.drop_column("reports", "erased_at")
    op.drop_column("reports", "kept_until")
    op.drop_index("legal_holds_of", table_name="legal_holds")
    op.drop_table("legal_holds")
