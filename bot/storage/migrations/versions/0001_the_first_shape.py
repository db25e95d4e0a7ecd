"""The first shape"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("door", sa.String(length=12), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index("attempts_recent", ["door", "who", "at"], unique=False)

    op.create_table(
        "conversations",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("address_key", sa.String(length=64), nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("token_key", sa.String(length=64), nullable=True),
        sa.Column("flow", sa.String(length=24), nullable=True),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("unclear_turns", sa.Integer(), nullable=False),
        sa.Column("unreachable_at", sa.DateTime(), nullable=True),
        sa.Column("address_until", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("heard_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("address_key"),
    )
    op.create_table(
        "journal",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "marks",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "accounts",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("conversation", sa.String(length=26), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("bound_at", sa.DateTime(), nullable=True),
        sa.Column("suspended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("conversation"),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("update_key", sa.String(length=100), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("conversation", sa.String(length=26), nullable=True),
        sa.Column("raw_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("effect", sa.String(length=24), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("claimed_until", sa.DateTime(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.uid"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
        sa.UniqueConstraint("update_key"),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("inbox_by_conversation", ["conversation", "id"], unique=False)
        batch_op.create_index("inbox_open", ["state", "id"], unique=False)

    op.create_table(
        "invites",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("account", sa.String(length=26), nullable=False),
        sa.Column("code_key", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("code_key"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("conversation", sa.String(length=26), nullable=False),
        sa.Column("reply_to", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("natural_key", sa.String(length=120), nullable=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("args_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("push", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("claimed_until", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["reply_to"],
            ["inbox.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("natural_key"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("outbox_by_conversation", ["conversation", "id"], unique=False)
        batch_op.create_index("outbox_due", ["state", "priority", "not_before"], unique=False)

    op.create_table(
        "posts",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("account", sa.String(length=26), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("department", sa.String(length=32), nullable=True),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.create_index("posts_by_area", ["role", "area"], unique=False)
        batch_op.create_index("posts_of_account", ["account"], unique=False)

    op.create_table(
        "reports",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("conversation", sa.String(length=26), nullable=True),
        sa.Column("follow_up", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("severity", sa.String(length=2), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=True),
        sa.Column("conflicted", sa.String(length=200), nullable=False),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("code_key", sa.String(length=64), nullable=True),
        sa.Column("pin_salt", sa.LargeBinary(), nullable=True),
        sa.Column("pin_hash", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("clock_from", sa.DateTime(), nullable=False),
        sa.Column("moved_at", sa.DateTime(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=True),
        sa.Column("acknowledged_by", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("code_key"),
        sa.UniqueConstraint("number"),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index("reports_by_area", ["area", "state"], unique=False)

    op.create_table(
        "alert_steps",
        sa.Column("natural_key", sa.String(length=120), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.uid"],
        ),
        sa.PrimaryKeyConstraint("natural_key"),
    )
    with op.batch_alter_table("alert_steps", schema=None) as batch_op:
        batch_op.create_index("alert_steps_due", ["state", "due_at"], unique=False)
        batch_op.create_index("alert_steps_of", ["report"], unique=False)

    op.create_table(
        "assignments",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("account", sa.String(length=26), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("report", "account"),
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index("assignments_of_account", ["account"], unique=False)

    op.create_table(
        "drafts",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("conversation", sa.String(length=26), nullable=False),
        sa.Column("flow", sa.String(length=24), nullable=False),
        sa.Column("asked", sa.String(length=24), nullable=True),
        sa.Column("fields_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("next_due", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index("drafts_due", ["state", "next_due"], unique=False)
        batch_op.create_index("drafts_open", ["conversation", "flow", "state"], unique=False)

    op.create_table(
        "report_moves",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("made", sa.String(length=24), nullable=False),
        sa.Column("from_state", sa.String(length=24), nullable=False),
        sa.Column("to_state", sa.String(length=24), nullable=False),
        sa.Column("actor", sa.String(length=26), nullable=False),
        sa.Column("actor_role", sa.String(length=24), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.uid"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("report_moves", schema=None) as batch_op:
        batch_op.create_index("report_moves_of", ["report", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("report_moves", schema=None) as batch_op:
        batch_op.drop_index("report_moves_of")

    op.drop_table("report_moves")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index("drafts_open")
        batch_op.drop_index("drafts_due")

    op.drop_table("drafts")
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_index("assignments_of_account")

    op.drop_table("assignments")
    with op.batch_alter_table("alert_steps", schema=None) as batch_op:
        batch_op.drop_index("alert_steps_of")
        batch_op.drop_index("alert_steps_due")

    op.drop_table("alert_steps")
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_index("reports_by_area")

    op.drop_table("reports")
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_index("posts_of_account")
        batch_op.drop_index("posts_by_area")

    op.drop_table("posts")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("outbox_due")
        batch_op.drop_index("outbox_by_conversation")

    op.drop_table("outbox")
    op.drop_table("invites")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index("inbox_open")
        batch_op.drop_index("inbox_by_conversation")

    op.drop_table("inbox")
    op.drop_table("accounts")
    op.drop_table("marks")
    op.drop_table("leases")
    op.drop_table("journal")
    op.drop_table("conversations")
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_index("attempts_recent")

    op.drop_table("attempts")
