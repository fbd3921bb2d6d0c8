/** What a settings file of a JavaScript project is, which its name tells. */
export type Kind = 'compiler' | 'package' | 'workspace' | 'npm-lock' | 'pnpm-lock' | 'yarn-lock';

const kinds: readonly [Kind, RegExp][] = [
  ['package', /(?:^|\/)package\.json$/],
  ['workspace', /(?:^|\/)pnpm-workspace\.yaml$/],
  ['npm-lock', /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/],
  ['pnpm-lock', /(?:^|\/)pnpm-lock\.yaml$/],
  ['yarn-lock', /(?:^|\/)yarn\.lock$/],
  // Others extend the files of a folder of settings, whatever their names.
  ['compiler', /(?:^|\/)(?:[tj]sconfig(?:[.-][\w.-]+)?|[\w.-]*(?:ts-?config|typescript)[\w.-]*\/[\w.-]+)\.json$/],
];

/** The settings files that this front end reads, when code of the project is read. */
export const namesOfSettings = new RegExp(kinds.map(([, pattern]) => pattern.source).join('|'));

/** What a file of this name is. */
export const kindOf = (path: string): Kind | undefined => kinds.find(([, pattern]) => pattern.test(path))?.[0];
