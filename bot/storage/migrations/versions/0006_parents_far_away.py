"""Parents far away: plans, weekly records, rungs, invitations, channels, notices, referrals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "contact_channels",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("conversation", sa.String(length=26), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["person"],
            ["people.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("contact_channel_of", "contact_channels", ["person", "conversation"], unique=True)
    op.create_index("contact_channels_by_conversation", "contact_channels", ["conversation"], unique=False)
    op.create_table(
        "contact_invites",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("code_key", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person"],
            ["people.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("code_key"),
    )
    op.create_index("contact_invites_of", "contact_invites", ["person", "closed_at"], unique=False)
    op.create_table(
        "abnormal_notices",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("replied_at", sa.DateTime(), nullable=True),
        sa.Column("called_at", sa.DateTime(), nullable=True),
        sa.Column("acted", sa.Boolean(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
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
    op.create_index("abnormal_notices_of", "abnormal_notices", ["person", "child", "closed_at"], unique=False)
    op.create_table(
        "contact_plans",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("voice", sa.String(length=8), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(length=5), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("simple", sa.Boolean(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("consented_at", sa.DateTime(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(), nullable=True),
        sa.Column("numbers_failed_at", sa.DateTime(), nullable=True),
        sa.Column("family_reaches", sa.Boolean(), nullable=False),
        sa.Column("next_due", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
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
    op.create_index("contact_plan_of", "contact_plans", ["person", "child"], unique=True)
    op.create_index("contact_plans_by_child", "contact_plans", ["child", "voice"], unique=False)
    op.create_index("contact_plans_due", "contact_plans", ["next_due"], unique=False)
    op.create_table(
        "contact_records",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("natural_key", sa.String(length=120), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("voice", sa.String(length=8), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("prompted_at", sa.DateTime(), nullable=True),
        sa.Column("sends", sa.Integer(), nullable=False),
        sa.Column("pushed", sa.String(length=120), nullable=True),
        sa.Column("remind_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("confirmed_by", sa.String(length=16), nullable=True),
        sa.Column("concern", sa.Boolean(), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reported_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["person"],
            ["people.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("natural_key"),
    )
    op.create_index("contact_records_of_child", "contact_records", ["child", "week"], unique=False)
    op.create_index("contact_records_of_person", "contact_records", ["person", "week"], unique=False)
    op.create_table(
        "contact_rungs",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("natural_key", sa.String(length=120), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=24), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_why", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["person"],
            ["people.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("natural_key"),
    )
    op.create_index("contact_rungs_of", "contact_rungs", ["person", "child", "closed_at"], unique=False)
    op.create_index("contact_rungs_open", "contact_rungs", ["closed_at", "actor", "due"], unique=False)
    op.create_table(
        "referrals",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("slip", sa.String(length=12), nullable=True),
        sa.Column("offered_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("receipt_at", sa.DateTime(), nullable=True),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("next_check", sa.DateTime(), nullable=True),
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
        sa.UniqueConstraint("slip"),
    )
    op.create_index("referrals_due", "referrals", ["next_check"], unique=False)
    op.create_index("referrals_of", "referrals", ["child", "offered_at"], unique=False)


def downgrade() -> None:
    op.drop_index("referrals_of", table_name="referrals")
    op.drop_index("referrals_due", table_name="referrals")
    op.drop_table("referrals")
    op.drop_index("contact_rungs_open", table_name="contact_rungs")
    op.drop_index("contact_rungs_of", table_name="contact_rungs")
    op.drop_table("contact_rungs")
    op.drop_index("contact_records_of_person", table_name="contact_records")
    op.drop_index("contact_records_of_child", table_name="contact_records")
    op.drop_table("contact_records")
    op.drop_index("contact_plans_due", table_name="contact_plans")
    op.drop_index("contact_plans_by_child", table_name="contact_plans")
    op.drop_index("contact_plan_of", table_name="contact_plans")
    op.drop_table("contact_plans")
    op.drop_index("abnormal_notices_of", table_name="abnormal_notices")
    op.drop_table("abnormal_notices")
    op.drop_index("contact_invites_of", table_name="contact_invites")
    op.drop_table("contact_invites")
    op.drop_index("contact_channels_by_conversation", table_name="contact_channels")
    op.drop_index("contact_channel_of", table_name="contact_channels")
    op.drop_table("contact_channels")
