/** What a settings file is written in, which its name tells. */
export type Kind =
  'ini' | 'pyproject' | 'pipfile' | 'requirements' | 'setup' | 'toml-lock' | 'json-lock' | 'journal' | 'snapshot';

const kinds: readonly [Kind, RegExp][] = [
  ['pyproject', /(?:^|\/)pyproject\.toml$/],
  ['toml-lock', /(?:^|\/)(?:uv|poetry|pdm)\.lock$/],
  ['pipfile', /(?:^|\/)Pipfile$/],
  ['json-lock', /(?:^|\/)Pipfile\.lock$/],
  ['setup', /(?:^|\/)setup\.cfg$/],
  ['requirements', /(?:^|\/)(?:[\w.-]*(?:requirements|constraints)[\w.-]*|requirements\/[\w./-]+)\.(?:txt|in)$/],
  ['journal', /(?:^|\/)meta\/_journal\.json$/],
  ['ini', /\.ini$/],
];

/** The paths that this front end reads. */
export const namesOfFiles = new RegExp(kinds.map(([, pattern]) => pattern.source).join('|'));

/** Snapshots of drizzle-kit: one for each migration, of which the last one alone is read. */
export const namesOfSnapshots = /(?:^|\/)meta\/[^/]*_snapshot\.json$/;

/** What a file of this name is written in. */
export function kindOf(path: string): Kind | undefined {
  return namesOfSnapshots.test(path) ? 'snapshot' : kinds.find(([, pattern]) => pattern.test(path))?.[0];
}
