"""The yearly check of files: what was drawn with which seed, and what was found"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "spot_checks",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("drawn_by", sa.String(length=26), nullable=True),
        sa.Column("drawn_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["drawn_by"],
            ["accounts.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("spot_check_of", "spot_checks", ["county", "year"], unique=True)
    op.create_table(
        "spot_check_files",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("spot_check", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("why", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["spot_check"],
            ["spot_checks.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("spot_check_files_by_child", "spot_check_files", ["child"], unique=False)
    op.create_index("spot_check_files_of", "spot_check_files", ["spot_check", "state"], unique=False)


def downgrade() -> None:
    op.drop_index("spot_check_files_of", table_name="spot_check_files")
    op.drop_index("spot_check_files_by_child", table_name="spot_check_files")
    op.drop_table("spot_check_files")
    op.drop_index("spot_check_of", table_name="spot_checks")
    op.drop_table("spot_checks")
