/** What a settings file is written in, which its name tells. */
export type Kind = 'ini' | 'pyproject' | 'pipfile' | 'requirements' | 'setup' | 'toml-lock' | 'json-lock' | 'journal';

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

/** What a file of this name is written in. */
export const kindOf = (path: string): Kind | undefined => kinds.find(([, pattern]) => pattern.test(path))?.[0];
