"""Alembic's entry: runs inside the transaction that `migrate.upgrade` opened."""

from __future__ import annotations

from alembic import context

from bot.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
