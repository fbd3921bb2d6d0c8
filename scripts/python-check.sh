#!/usr/bin/env bash
# Compares what ddlint reads of Python models and Alembic revisions with what SQLAlchemy and Alembic themselves make of them.
# Installs Debian's alembic, python3-sqlalchemy and python3-sqlmodel where they are missing and this is root on a machine with
# apt-get; elsewhere it says that it was skipped. DDLINT_PYTHON names another Python with these packages.
# A history that Alembic runs on a PostgreSQL server is compared with its replay after each revision, up and down.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${DDLINT_PYTHON:-/usr/bin/python3}
if ! "$python" -c 'import alembic, sqlalchemy, sqlmodel' 2>/dev/null; then
  if [ -z "${DDLINT_PYTHON:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing alembic, python3-sqlalchemy and python3-sqlmodel with apt-get"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends alembic python3-sqlalchemy python3-sqlmodel >/dev/null
  else
    echo "SKIPPED: $python lacks alembic, sqlalchemy or sqlmodel, and this is not root with apt-get."
    exit 0
  fi
fi
"$python" -c 'import alembic, sqlalchemy; print("SQLAlchemy", sqlalchemy.__version__, "Alembic", alembic.__version__)'
DDLINT_PYTHON="$python" npx vitest run tests/python/oracle.test.ts tests/python/generated-models.test.ts \
  tests/python/alembic-oracle.test.ts tests/python/alembic-histories.test.ts tests/python/drift.test.ts

# A server of its own, on which Alembic runs the history of tests/python/oracle/history. PostgreSQL does not run as root.
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if { [ -z "$bin" ] || ! "$python" -c 'import psycopg2' 2>/dev/null; } &&
  [ -z "${DDLINT_PYTHON:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing postgresql and python3-psycopg2 with apt-get"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql python3-psycopg2 >/dev/null
  bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
fi
if [ -z "$bin" ] || ! "$python" -c 'import psycopg2' 2>/dev/null; then
  echo "SKIPPED: there is no PostgreSQL server in /usr/lib/postgresql, or $python lacks psycopg2, and this is not root with apt-get."
  exit 0
fi
folder=$(mktemp -d)
as=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder"
  as=(runuser -u postgres --)
fi
trap '"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1; rm -rf "$folder"' EXIT
"${as[@]}" "$bin/initdb" -D "$folder/data" -A trust -U postgres >/dev/null
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-c listen_addresses='' -c unix_socket_directories=$folder -c fsync=off" start >/dev/null
psql -h "$folder" -U postgres -At -c 'SELECT version()'
DDLINT_PYTHON="$python" DDLINT_POSTGRES="postgresql://postgres@/postgres?host=$folder" \
  npx vitest run tests/python/alembic-postgresql.test.ts
