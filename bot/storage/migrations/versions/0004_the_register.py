"""The register: households, children, people around them, which office answers, assessments"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "households",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("households_by_area", "households", ["area"], unique=False)
    op.create_table(
        "people",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("profile_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_key", sa.String(length=64), nullable=True),
        sa.Column("conversation", sa.String(length=26), nullable=True),
        sa.Column("joined_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("people_by_conversation", "people", ["conversation"], unique=False)
    op.create_index("people_by_phone", "people", ["phone_key"], unique=False)
    op.create_table(
        "away_spans",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("account", sa.String(length=26), nullable=False),
        sa.Column("deputy", sa.String(length=26), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
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
    op.create_index("away_spans_of", "away_spans", ["account", "since"], unique=False)
    op.create_table(
        "children",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("household", sa.String(length=26), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("hukou_area", sa.String(length=12), nullable=True),
        sa.Column("profile_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("identity_key", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=True),
        sa.Column("level_since", sa.Date(), nullable=True),
        sa.Column("key_focus", sa.Boolean(), nullable=False),
        sa.Column("tags_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("left_behind", sa.String(length=20), nullable=True),
        sa.Column("hardship", sa.String(length=20), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.Column("reviewed_by", sa.String(length=26), nullable=True),
        sa.Column("last_visit", sa.Date(), nullable=True),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("recheck_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=24), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household"],
            ["households.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"],
            ["accounts.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("identity_key"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("children_by_area", "children", ["area", "state"], unique=False)
    op.create_index("children_due", "children", ["state", "next_due"], unique=False)
    op.create_index("children_of_household", "children", ["household"], unique=False)
    op.create_index("children_recheck", "children", ["recheck_on"], unique=False)
    op.create_table(
        "child_assessments",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("model_version", sa.String(length=24), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("result_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
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
    op.create_index("child_assessments_of", "child_assessments", ["child", "created_at"], unique=False)
    op.create_table(
        "child_changes",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("detail_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=True),
        sa.Column("entered_by", sa.String(length=26), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"],
            ["accounts.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("child_changes_of", "child_changes", ["child", "at"], unique=False)
    op.create_index("child_changes_open", "child_changes", ["quarter", "entered_at"], unique=False)
    op.create_table(
        "child_moves",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("from_area", sa.String(length=12), nullable=False),
        sa.Column("to_area", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_by", sa.String(length=26), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("settled_by", sa.String(length=26), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["accounts.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"],
            ["accounts.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("child_moves_of", "child_moves", ["child", "asked_at"], unique=False)
    op.create_index("child_moves_open", "child_moves", ["state", "to_area"], unique=False)
    op.create_table(
        "responsibilities",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("duty", sa.String(length=12), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("why", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["child"],
            ["children.uid"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("responsibility_by_area", "responsibilities", ["area", "duty", "until"], unique=False)
    op.create_index("responsibility_of", "responsibilities", ["child", "duty", "since"], unique=True)
    op.create_table(
        "staff_facts",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("fact", sa.String(length=48), nullable=False),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=False),
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
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("staff_facts_of", "staff_facts", ["child", "fact", "at"], unique=False)
    op.create_table(
        "ties",
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("child", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("relation", sa.String(length=24), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
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
    op.create_index("ties_of_child", "ties", ["child", "kind"], unique=False)
    op.create_index("ties_of_person", "ties", ["person"], unique=False)


def downgrade() -> None:
    op.drop_index("ties_of_person", table_name="ties")
    op.drop_index("ties_of_child", table_name="ties")
    op.drop_table("ties")
    op.drop_index("staff_facts_of", table_name="staff_facts")
    op.drop_table("staff_facts")
    op.drop_index("responsibility_of", table_name="responsibilities")
    op.drop_index("responsibility_by_area", table_name="responsibilities")
    op.drop_table("responsibilities")
    op.drop_index("child_moves_open", table_name="child_moves")
    op.drop_index("child_moves_of", table_name="child_moves")
    op.drop_table("child_moves")
    op.drop_index("child_changes_open", table_name="child_changes")
    op.drop_index("child_changes_of", table_name="child_changes")
    op.drop_table("child_changes")
    op.drop_index("child_assessments_of", table_name="child_assessments")
    op.drop_table("child_assessments")
    op.drop_index("children_recheck", table_name="children")
    op.drop_index("children_of_household", table_name="children")
    op.drop_index("children_due", table_name="children")
    op.drop_index("children_by_area", table_name="children")
    op.drop_table("children")
    op.drop_index("away_spans_of", table_name="away_spans")
    op.drop_table("away_spans")
    op.drop_index("people_by_phone", table_name="people")
    op.drop_index("people_by_conversation", table_name="people")
    op.drop_table("people")
    op.drop_index("households_by_area", table_name="households")
    op.drop_table("households")
