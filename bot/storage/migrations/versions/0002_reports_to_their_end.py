"""Reports to their end: handing on, asking back, evidence, the staff page"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
COLUMNS = ("feedback_due", "close_reason", "closed_at", "watched_since", "first_action_at", "severity_by", "holder")


def upgrade() -> None:
    op.create_table(
        "duties",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("account", sa.String(length=26), nullable=False),
        sa.Column("deputy", sa.String(length=26), nullable=True),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["deputy"],
            ["accounts.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.create_index("duties_by_area", ["area", "since"], unique=False)

    op.create_table(
        "page_links",
        sa.Column("token_key", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=26), nullable=False),
        sa.Column("conversation", sa.String(length=26), nullable=False),
        sa.Column("goes_to", sa.String(length=80), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.uid"],
        ),
        sa.PrimaryKeyConstraint("token_key"),
    )
    op.create_table(
        "page_sessions",
        sa.Column("token_key", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=26), nullable=False),
        sa.Column("conversation", sa.String(length=26), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.uid"],
        ),
        sa.PrimaryKeyConstraint("token_key"),
    )
    with op.batch_alter_table("page_sessions", schema=None) as batch_op:
        batch_op.create_index("page_sessions_of", ["account", "ended_at"], unique=False)

    op.create_table(
        "broken_glass",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("account", sa.String(length=26), nullable=False),
        sa.Column("resource", sa.String(length=32), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("purpose_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.Column("reviewed_by", sa.String(length=26), nullable=True),
        sa.Column("verdict", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"],
            ["accounts.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    with op.batch_alter_table("broken_glass", schema=None) as batch_op:
        batch_op.create_index("broken_glass_open", ["reviewed_at", "at"], unique=False)

    op.create_table(
        "call_tasks",
        sa.Column("natural_key", sa.String(length=80), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("target", sa.String(length=32), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by", sa.String(length=26), nullable=True),
        sa.Column("spoke_with_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["done_by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.uid"],
        ),
        sa.PrimaryKeyConstraint("natural_key"),
    )
    with op.batch_alter_table("call_tasks", schema=None) as batch_op:
        batch_op.create_index("call_tasks_of", ["report", "target"], unique=False)

    op.create_table(
        "notes",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("author", sa.String(length=26), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.create_index("notes_of", ["report", "at"], unique=False)

    op.create_table(
        "police_reports",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("station_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=26), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    with op.batch_alter_table("police_reports", schema=None) as batch_op:
        batch_op.create_index("police_reports_of", ["report", "recorded_at"], unique=False)

    op.create_table(
        "questions",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("asked_by", sa.String(length=26), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("nudged_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.create_index("questions_of", ["report", "asked_at"], unique=False)
        batch_op.create_index("questions_open", ["answered_at", "asked_at"], unique=False)

    op.create_table(
        "report_links",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("other", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["other"],
            ["reports.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("report", "other"),
    )
    with op.batch_alter_table("report_links", schema=None) as batch_op:
        batch_op.create_index("report_links_other", ["other"], unique=False)

    op.create_table(
        "takeovers",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("conversation", sa.String(length=26), nullable=False),
        sa.Column("account", sa.String(length=26), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("first_words_at", sa.DateTime(), nullable=True),
        sa.Column("last_words_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.uid"],
        ),
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
    with op.batch_alter_table("takeovers", schema=None) as batch_op:
        batch_op.create_index("takeovers_open", ["conversation", "ended_at"], unique=False)

    op.create_table(
        "transfers",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("from_account", sa.String(length=26), nullable=False),
        sa.Column("to_account", sa.String(length=26), nullable=True),
        sa.Column("department", sa.String(length=32), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("offered_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_account"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["to_account"],
            ["accounts.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.create_index("transfers_of", ["report", "offered_at"], unique=False)

    op.create_table(
        "attachments",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("conversation", sa.String(length=26), nullable=False),
        sa.Column("draft", sa.String(length=26), nullable=True),
        sa.Column("report", sa.String(length=26), nullable=True),
        sa.Column("inbox", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("refusal", sa.String(length=24), nullable=True),
        sa.Column("media_type", sa.String(length=64), nullable=True),
        sa.Column("bytes_original", sa.Integer(), nullable=True),
        sa.Column("digest_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("original_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("working_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("working_type", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["draft"],
            ["drafts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index("attachments_of_draft", ["draft"], unique=False)
        batch_op.create_index("attachments_of_report", ["report", "at"], unique=False)

    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("holder", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("severity_by", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("first_action_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("watched_since", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("close_reason", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("feedback_due", sa.DateTime(), nullable=True))
        batch_op.create_index("reports_feedback", ["feedback_due"], unique=False)


def downgrade() -> None:
    # Plain ALTERs: rebuilding the table, as Alembic would on SQLite, would drop what other tables point to.
    op.drop_index("reports_feedback", "reports")
    for column in COLUMNS:
        op.drop_column("reports", column)

    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.drop_index("attachments_of_report")
        batch_op.drop_index("attachments_of_draft")

    op.drop_table("attachments")
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.drop_index("transfers_of")

    op.drop_table("transfers")
    with op.batch_alter_table("takeovers", schema=None) as batch_op:
        batch_op.drop_index("takeovers_open")

    op.drop_table("takeovers")
    with op.batch_alter_table("report_links", schema=None) as batch_op:
        batch_op.drop_index("report_links_other")

    op.drop_table("report_links")
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_index("questions_open")
        batch_op.drop_index("questions_of")

    op.drop_table("questions")
    with op.batch_alter_table("police_reports", schema=None) as batch_op:
        batch_op.drop_index("police_reports_of")

    op.drop_table("police_reports")
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.drop_index("notes_of")

    op.drop_table("notes")
    with op.batch_alter_table("call_tasks", schema=None) as batch_op:
        batch_op.drop_index("call_tasks_of")

    op.drop_table("call_tasks")
    with op.batch_alter_table("broken_glass", schema=None) as batch_op:
        batch_op.drop_index("broken_glass_open")

    op.drop_table("broken_glass")
    with op.batch_alter_table("page_sessions", schema=None) as batch_op:
        batch_op.drop_index("page_sessions_of")

    op.drop_table("page_sessions")
    op.drop_table("page_links")
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.drop_index("duties_by_area")

    op.drop_table("duties")
