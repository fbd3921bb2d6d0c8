import os

from alembic import context
from sqlalchemy import create_engine

with create_engine(os.environ["HISTORY_URL"]).connect() as connection:
    context.configure(connection=connection, target_metadata=None, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
