"""What every turn and every minute looks for is found by an index, and keys sort by bytes on every database

Without them each answer looked through everything that was ever said, and the minutely erasing five times more. On a
PostgreSQL that sorts as a dictionary does, keys that begin with something were not all found.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

_SEALED = sa.text("args_sealed IS NOT NULL")
_RAW = sa.text("raw_sealed IS NOT NULL")


def upgrade() -> None:
    _sort_keys("C")
    op.create_index("outbox_by_reply", "outbox", ["reply_to"])
    op.create_index("outbox_unerased", "outbox", ["key", "created_at"], sqlite_where=_SEALED, postgresql_where=_SEALED)
    op.create_index("inbox_raw", "inbox", ["received_at"], sqlite_where=_RAW, postgresql_where=_RAW)
    op.create_index("conversations_until", "conversations", ["address_until"])
    op.create_index("attachments_of_message", "attachments", ["inbox"])
    op.drop_index("takeovers_open", "takeovers")
    op.create_index("takeovers_open", "takeovers", ["ended_at", "conversation"])
    op.create_index("takeovers_of_report", "takeovers", ["report"])


def downgrade() -> None:
    op.drop_index("takeovers_of_report", "takeovers")
    op.drop_index("takeovers_open", "takeovers")
    op.create_index("takeovers_open", "takeovers", ["conversation", "ended_at"])
    op.drop_index("attachments_of_message", "attachments")
    op.drop_index("conversations_until", "conversations")
    op.drop_index("inbox_raw", "inbox")
    op.drop_index("outbox_unerased", "outbox")
    op.drop_index("outbox_by_reply", "outbox")
    _sort_keys("default")


def _sort_keys(collation: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for column, length in (("natural_key", 120), ("key", 80)):
            op.execute(f'ALTER TABLE outbox ALTER COLUMN {column} TYPE VARCHAR({length}) COLLATE "{collation}"')
