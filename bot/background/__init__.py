"""Work in batches of ids, shared by all workers: Procrastinate on the database that is PostgreSQL anyway.

The clock only finds out what is due and hands it out, in the transaction that notes it as handed out: no batch is lost
or handed out twice. Any worker does a batch, in a transaction of its own. A worker that is killed leaves its batch
`doing`; Procrastinate does not give such a batch to anybody else, so the sweep here does. Every batch may be done
again without effect, which is what makes it done once. On SQLite there is one writer: the clock does the work itself.
"""
