#!/usr/bin/env bash
# Compares the replay of MySQL's dialect with the catalog of a real MariaDB server, which it starts in a folder of its own.
# Installs Debian's mariadb-server where it is missing and this is root on a machine with apt-get; elsewhere it says that it was skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v mariadbd >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing mariadb-server with apt-get"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mariadb-server >/dev/null
  else
    echo "SKIPPED: there is no mariadbd, and this is not root with apt-get."
    exit 0
  fi
fi

folder=$(mktemp -d)
socket="$folder/socket"
mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$folder/data" --auth-root-authentication-method=normal >"$folder/log" 2>&1
mariadbd --no-defaults --user="$(id -un)" --datadir="$folder/data" --socket="$socket" --skip-networking >>"$folder/log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$folder"' EXIT
for _ in $(seq 60); do
  if [ -S "$socket" ] && mariadb --no-defaults -S "$socket" -u root -e 'SELECT 1' >/dev/null 2>&1; then break; fi
  sleep 0.5
done
if ! mariadb --no-defaults -S "$socket" -u root -N -e 'SELECT version()'; then
  cat "$folder/log"
  exit 1
fi
DDLINT_MARIADB="$socket" npx vitest run tests/queries/replay-mariadb.test.ts
