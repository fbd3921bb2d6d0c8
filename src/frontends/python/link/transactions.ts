import type { EnvironmentOption, FileFacts, Migration } from '../../../ir/index.js';

/** What an env.py says of the transactions that its revisions run in; undefined where it leaves Alembic's default. */
function transactionOf({ environment }: FileFacts): Migration['transaction'] | undefined {
  const options = (environment?.configures ?? [])
    .filter(({ mode }) => mode !== 'offline')
    .flatMap((each) => each.options);
  const given = (name: string): boolean | 'unknown' | undefined => {
    const found = options.findLast((option: EnvironmentOption) => option.name === name);
    if (found === undefined) return undefined;
    return found.value.kind === 'literal' ? Boolean(found.value.value) : 'unknown';
  };
  const perMigration = given('transaction_per_migration');
  if (perMigration === undefined || perMigration === false) return undefined;
  return perMigration === true ? 'each' : 'unknown';
}

/** Gives revisions the transactions that the env.py above them asks for. */
export function withTransactions(files: readonly FileFacts[]): readonly FileFacts[] {
  const said = new Map<string, Migration['transaction']>();
  for (const file of files) {
    if (!/(?:^|\/)env\.py$/.test(file.path)) continue;
    const transaction = transactionOf(file);
    if (transaction !== undefined) said.set(folderOf(file.path), transaction);
  }
  if (said.size === 0) return files;
  return files.map((file) => {
    const transaction = file.migrations.length === 0 ? undefined : above(file.path, said);
    if (transaction === undefined) return file;
    return { ...file, migrations: file.migrations.map((each) => ({ ...each, transaction })) };
  });
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** What is said of the innermost folder that a path lies in. */
function above<T>(path: string, said: ReadonlyMap<string, T>): T | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const found = said.get(folder);
    if (found !== undefined || folder === '') return found;
  }
}
