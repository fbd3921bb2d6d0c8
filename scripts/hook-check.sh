#!/usr/bin/env bash
# Proves the hooks with the real pre-commit, from a plain clone and from the release tree: a bad staged migration blocks
# the commit, a good one passes, and a commit that only deletes a migration is caught by the project hook.
# Installs Debian's pre-commit where it is missing and this is root on a machine with apt-get; elsewhere it says that it was skipped.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

if ! command -v pre-commit >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing pre-commit with apt-get"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends pre-commit >/dev/null
  else
    echo "SKIPPED: there is no pre-commit, and this is not root with apt-get."
    exit 0
  fi
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_prefer_offline=true npm_config_audit=false npm_config_fund=false
export PRE_COMMIT_HOME="$scratch/pre-commit" PRE_COMMIT_COLOR=never
export GIT_CONFIG_GLOBAL="$scratch/gitconfig" GIT_CONFIG_SYSTEM=/dev/null
git config --global user.name check
git config --global user.email check@localhost
git config --global init.defaultBranch main
git config --global commit.gpgsign false
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE

log="$scratch/log"
failed=0

# result NAME passes|blocked [TEXT] COMMAND…: runs the command, and wants it to pass, or to fail with TEXT in its output.
result() {
  local name=$1 wanted=$2 text=
  shift 2
  if [ "$wanted" = blocked ]; then
    text=$1
    shift
  fi
  local status=0
  if [ -f "$log" ]; then mv "$log" "$scratch/last"; fi
  "$@" >"$log" 2>&1 || status=$?
  if { [ "$wanted" = passes ] && [ $status = 0 ]; } ||
    { [ "$wanted" = blocked ] && [ $status != 0 ] && grep -qF "$text" "$log"; }; then
    echo "  ok      $name"
  else
    echo "  FAILED  $name (exit $status, wanted: $wanted${text:+ with \"$text\"})"
    sed 's/^/          /' "$log"
    failed=1
  fi
}

revision() { # revision ID PARENT UP
  printf '"""%s"""\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = "%s"\ndown_revision = %s\n\n\n' "$1" "$1" "$2"
  printf 'def upgrade() -> None:\n    %s\n\n\ndef downgrade() -> None:\n    op.drop_table("%s")\n' "$3" "$1"
}

good() { # good NAME PARENT: a revision that nothing is wrong with
  revision "$1" "$2" "op.create_table(\"$1\", sa.Column(\"id\", sa.BigInteger(), primary_key=True, comment=\"Key.\"), comment=\"Rows.\")"
}

project() { # project FOLDER: a git repository with one shipped revision and no hooks yet
  mkdir -p "$1/migrations/versions"
  cd "$1"
  git init -q
  printf '[alembic]\nscript_location = migrations\nsqlalchemy.url = postgresql://localhost/shop\n' >alembic.ini
  : >migrations/env.py
  good first None >migrations/versions/first.py
  git add .
  git commit -q -m 'First revision'
}

# hooks SOURCE NAME: the normal way, `repo:` and `rev:` in .pre-commit-config.yaml, then commits.
hooks() {
  local source=$1 name=$2
  echo "repo: $name"
  project "$scratch/project-$name"
  cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $source
    rev: $(git -C "$source" rev-parse HEAD)
    hooks:
      - id: ddlint
      - id: ddlint-project
YAML
  git add .pre-commit-config.yaml
  result 'the hooks install' passes pre-commit install --install-hooks
  result 'a commit without anything of the data layer passes' passes git commit -m 'Add hooks'
  revision second '"first"' 'op.drop_table("first")' >migrations/versions/second.py
  git add .
  result 'a bad staged migration blocks the commit' blocked destructive/drop-table git commit -m 'Bad revision'
  good second '"first"' >migrations/versions/second.py
  git add .
  result 'a good one passes' passes git commit -m 'Good revision'
  git rm -q migrations/versions/second.py
  result 'a commit that only deletes a migration is caught' blocked migration/edited-applied-migration git commit -m 'Delete'
  git reset -q --hard
  result 'nothing is left behind' passes git diff --exit-code HEAD
}

# try_repo SOURCE NAME: without any configuration. Each try installs anew, so there are two only.
try_repo() {
  local source=$1 name=$2
  echo "try-repo: $name"
  project "$scratch/tried-$name"
  good second '"first"' >migrations/versions/second.py
  git add .
  result 'a good migration passes' passes pre-commit try-repo "$source"
  git commit -q -m 'Good revision'
  revision third '"second"' 'op.drop_table("second")' >migrations/versions/third.py
  git add .
  git rm -q migrations/versions/first.py
  result 'a bad one is found, and a deleted one' blocked destructive/drop-table pre-commit try-repo "$source"
  result 'the deleted one is among them' passes grep -F migration/edited-applied-migration "$scratch/last"
}

echo "$(pre-commit --version), Node $(node --version), npm $(npm --version 2>/dev/null)"
git clone -q "$root" "$scratch/clone"
npm run --silent --prefix "$root" release-tree -- "$scratch/release"
git -C "$scratch/release" init -q
git -C "$scratch/release" add --force .
git -C "$scratch/release" commit -q -m 'Release'

for name in clone release; do
  hooks "$scratch/$name" "$name"
  try_repo "$scratch/$name" "$name"
done

if [ $failed != 0 ]; then
  echo 'The hook check failed.'
  exit 1
fi
echo 'The hook check passed.'
