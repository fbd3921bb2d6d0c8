#!/usr/bin/env bash
# Compares what ddlint reads of Python models and Alembic revisions with what SQLAlchemy and Alembic themselves make of them.
# Installs Debian's alembic, python3-sqlalchemy and python3-sqlmodel where they are missing and this is root on a machine with
# apt-get; elsewhere it says that it was skipped. DDLINT_PYTHON names another Python with these packages.
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
