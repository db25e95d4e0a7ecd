"""Carers of 委托照护 join by a code; the day a child comes of age"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
TABLE = "care_arrangements"
INDEXES = (
    ("care_arrangements_of_carer", "carer_person"),
    ("care_arrangements_carer_talks", "carer_conversation"),
    ("care_arrangements_of_age", "of_age_on"),
)


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.add_column(sa.Column("carer_person", sa.String(length=26), nullable=True))
        table.add_column(sa.Column("carer_conversation", sa.String(length=26), nullable=True))
        table.add_column(sa.Column("of_age_on", sa.Date(), nullable=True))
        table.create_foreign_key("care_arrangements_carer_person_fkey", "people", ["carer_person"], ["uid"])
        table.create_foreign_key(
            "care_arrangements_carer_conversation_fkey", "conversations", ["carer_conversation"], ["uid"]
        )
    for name, column in INDEXES:
        op.create_index(name, TABLE, [column], unique=False)


def downgrade() -> None:
    for name, _ in INDEXES:
        op.drop_index(name, table_name=TABLE)
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint("care_arrangements_carer_conversation_fkey", type_="foreignkey")
        table.drop_constraint("care_arrangements_carer_person_fkey", type_="foreignkey")
        for column in ("of_age_on", "carer_conversation", "carer_person"):
            table.drop_column(column)
