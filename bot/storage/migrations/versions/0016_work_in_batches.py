"""Tables of Procrastinate for work in batches (PostgreSQL only: on SQLite the clock does that work itself)

They are Procrastinate's own, in the shape of the version named in requirements/app.txt when this was written: 3.10.0.
A newer version's changes (`procrastinate/sql/migrations`) become a migration of ours when its pin moves.
"""

from __future__ import annotations

import psycopg
from alembic import op
from procrastinate.schema import SchemaManager

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _all_at_once(SchemaManager.get_schema())


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _all_at_once("""
            drop table procrastinate_periodic_defers, procrastinate_events, procrastinate_jobs, procrastinate_workers
              cascade;
            do $$ declare one text; begin
              for one in select oid::regprocedure::text from pg_proc where proname like 'procrastinate%' loop
                execute 'drop function ' || one || ' cascade';
              end loop;
            end $$;
            drop type procrastinate_job_to_defer_v1, procrastinate_job_event_type, procrastinate_job_status cascade;
        """)


def _all_at_once(statements: str) -> None:
    """Many statements without parameters, in the transaction of this migration."""
    connection = op.get_bind().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)  # noqa: S101 - the only PostgreSQL driver of ours
    connection.execute(statements.encode())
