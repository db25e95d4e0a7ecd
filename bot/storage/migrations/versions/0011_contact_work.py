"""What staff do about contact, and what parents get back"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "contact_wishes",
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("home", sa.Boolean(), nullable=False),
        sa.Column("home_off_until", sa.Date(), nullable=True),
        sa.Column("home_sent_at", sa.DateTime(), nullable=True),
        sa.Column("tips", sa.Boolean(), nullable=False),
        sa.Column("tip_sent_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person"],
            ["people.uid"],
        ),
        sa.PrimaryKeyConstraint("person"),
    )
    op.create_table(
        "contact_calls",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["person"],
            ["people.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("contact_call_of", "contact_calls", ["person", "child", "on"], unique=True)
    op.create_table(
        "contact_conflicts",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("account", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("contact_conflict_of", "contact_conflicts", ["account", "child"], unique=True)
    op.create_table(
        "contact_decisions",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["person"],
            ["people.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("contact_decisions_of", "contact_decisions", ["person", "child", "at"], unique=False)
    op.create_table(
        "summary_consents",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("agreed_by", sa.String(length=8), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("summary_consents_of", "summary_consents", ["child", "ended_at"], unique=False)
    op.create_table(
        "visit_summaries",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("visit", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["visit"],
            ["visits.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("visit"),
    )
    op.create_index("visit_summaries_of", "visit_summaries", ["child", "confirmed_at"], unique=False)
    op.add_column("contact_invites", sa.Column("conversation", sa.String(length=26), nullable=True))
    op.add_column("referrals", sa.Column("closed_why", sa.String(length=16), nullable=True))
    op.add_column("referrals", sa.Column("closed_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("referrals", "closed_at")
    op.drop_column("referrals", "closed_why")
    op.drop_column("contact_invites", "conversation")
    op.drop_index("visit_summaries_of", table_name="visit_summaries")
    op.drop_table("visit_summaries")
    op.drop_index("summary_consents_of", table_name="summary_consents")
    op.drop_table("summary_consents")
    op.drop_index("contact_decisions_of", table_name="contact_decisions")
    op.drop_table("contact_decisions")
    op.drop_index("contact_conflict_of", table_name="contact_conflicts")
    op.drop_table("contact_conflicts")
    op.drop_index("contact_call_of", table_name="contact_calls")
    op.drop_table("contact_calls")
    op.drop_table("contact_wishes")
