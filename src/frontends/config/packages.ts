import type { Comment, PackageRequirement, Text } from '../../ir/index.js';
import { commentAt } from './comments.js';
import type { IniEntry } from './ini.js';
import type { TomlEntry, TomlValue } from './toml.js';
import { requirementIn, requirementOf } from './versions.js';

type Found = PackageRequirement | undefined;

const present = (found: readonly Found[]): PackageRequirement[] => found.filter((each) => each !== undefined);

/** One package a line, with options and markers behind it, and comments. */
export function inRequirements(text: string): { packages: PackageRequirement[]; comments: Comment[] } {
  const packages: Found[] = [];
  const comments: Comment[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    const comment = /(?:^|[ \t])#/.exec(line);
    if (comment) {
      const start = index + comment.index + comment[0].length - 1;
      comments.push(commentAt(text, { start, end: index + line.trimEnd().length }));
    }
    packages.push(requirementIn(line.slice(0, comment?.index), index));
  }
  return { packages: present(packages), comments };
}

/** `install_requires` and the extras of setup.cfg. */
export function inSetup(entries: readonly IniEntry[]): PackageRequirement[] {
  const lists = entries.filter(
    ({ section, key }) =>
      section === 'options.extras_require' || (section === 'options' && key.value === 'install_requires'),
  );
  return present(lists.flatMap(({ lines }) => lines.map(({ value, span }: Text) => requirementIn(value, span.start))));
}

/** The texts of a list. */
const itemsOf = (value: TomlValue): Extract<TomlValue, { kind: 'text' }>[] =>
  value.kind === 'list' ? value.items.filter((item) => item.kind === 'text') : [];

/** `name = "^2.0"`, `name = {version = "^2.0", extras = […]}` and a list of them, one for each Python. */
function named(name: string, entry: TomlEntry, value = entry.value): Found[] {
  const { start } = entry.keySpan;
  if (value.kind === 'text') return [requirementOf(name, value.value, { start, end: value.end })];
  if (value.kind === 'list') return value.items.flatMap((item) => named(name, entry, item));
  if (value.kind !== 'table') return [];
  const version = value.entries.find(({ path }) => path.join('.') === 'version');
  return [requirementOf(name, version?.value.kind === 'text' ? version.value.value : '', { start, end: value.end })];
}

/** Lists of requirements by PEP 621 and 735 and of uv, PDM and Rye. */
const lists =
  /^(?:project\.(?:dependencies|optional-dependencies\..+)|dependency-groups\..+|tool\.(?:uv|pdm|rye)\.dev-dependencies(?:\..+)?)$/;
/** Tables of Poetry in which each key is a package. */
const tables = /^tool\.poetry\.(?:group\.[^.]+\.)?(?:dev-)?dependencies\.(.+?)(?:\.version)?$/;

/** The requirements of pyproject.toml. */
export function inPyproject(entries: readonly TomlEntry[]): PackageRequirement[] {
  return present(
    entries.flatMap((entry) => {
      const path = entry.path.join('.');
      if (lists.test(path)) return itemsOf(entry.value).map(({ start, end }, at) => inQuotes(entry, at, start, end));
      const name = tables.exec(path)?.[1];
      return name === undefined ? [] : named(name, entry);
    }),
  );
}

/** A requirement inside a string: what it is read from stands behind the opening quote. */
function inQuotes({ value }: TomlEntry, at: number, start: number, end: number): Found {
  const item = itemsOf(value)[at]!;
  const quotes = (end - start - item.value.length) >> 1;
  return requirementIn(item.value, start + Math.max(1, quotes));
}

/** The packages of a Pipfile. */
export function inPipfile(entries: readonly TomlEntry[]): PackageRequirement[] {
  return present(
    entries.flatMap((entry) => {
      const [table = '', name = ''] = entry.path;
      return /^(?:dev-)?packages$/.test(table) ? named(name, entry) : [];
    }),
  );
}

/** Locked packages of uv, Poetry and PDM. Such a file may be megabytes: it is searched and not read. */
export function inTomlLock(text: string): PackageRequirement[] {
  const entry = /^name = "([^"\r\n]+)"\r?\nversion = "([^"\r\n]+)"/gm;
  return present(
    [...text.matchAll(entry)].map(({ 0: whole, 1: name = '', 2: version = '', index }) =>
      requirementOf(name, `==${version}`, { start: index, end: index + whole.length }, true),
    ),
  );
}

/** Locked packages of a Pipfile.lock. */
export function inJsonLock(text: string): PackageRequirement[] {
  const entry = /"([\w.-]+)"\s*:\s*\{[^{}]*?"version"\s*:\s*"(==[^"]+)"/g;
  return present(
    [...text.matchAll(entry)].map(({ 0: whole, 1: name = '', 2: version = '', index }) =>
      requirementOf(name, version, { start: index, end: index + whole.length }, true),
    ),
  );
}
