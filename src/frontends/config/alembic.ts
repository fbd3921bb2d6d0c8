import type { Setting, SettingPiece, Text } from '../../ir/index.js';
import type { IniEntry } from './ini.js';
import type { TomlEntry, TomlValue } from './toml.js';

/** A place that cookiecutter, Jinja or Mako fills before Alembic sees the file. */
const template = /\{\{|\{%|<%/;

/** What stands in one line of a value and is taken for nothing but text. */
function piecesOf({ value, span }: Text, known: ReadonlyMap<string, string>): SettingPiece[] {
  const pieces: SettingPiece[] = [];
  const add = (kind: SettingPiece['kind'], from: number, to: number, blanks = 0): void => {
    const place = { start: span.start + from, end: span.start + to };
    pieces.push({ kind, text: value.slice(from + blanks, to), span: place });
  };
  const comment = /(?:^|[ \t]+)(?=#|;(?:\s|$))/.exec(value);
  const end = comment?.index ?? value.length;
  for (const found of value.slice(0, end).matchAll(/\$\{[^}\s]*\}|\$[A-Z_][A-Z0-9_]*/g)) {
    add('variable', found.index, found.index + found[0].length);
  }
  for (const found of value.matchAll(/%(?:%|\([^()]*\)s)?/g)) {
    const name = /^%\(([^()]*)\)s$/.exec(found[0])?.[1]?.toLowerCase();
    if (found[0] === '%') add('percent', found.index, found.index + 1);
    else if (name !== undefined && name !== 'here' && !known.has(name)) {
      add('reference', found.index, found.index + found[0].length);
    }
  }
  if (comment) add('comment', comment.index, value.length, comment[0].length);
  return pieces.sort((a, b) => a.span.start - b.span.start);
}

/** As deep as configparser follows one value into another. */
const deepest = 10;

/** The text that configparser gives for a value; nothing where it fails. `%(here)s` is left as it is. */
function expanded(value: string, others: ReadonlyMap<string, string>, depth = 0): string | undefined {
  if (depth > deepest) return undefined;
  let failed = false;
  const text = value.replace(/%(?:%|\(([^()]*)\)s)?/g, (written, name?: string) => {
    if (written === '%%') return '%';
    if (name === 'here') return written;
    const other = name === undefined ? undefined : others.get(name.toLowerCase());
    const found = other === undefined ? undefined : expanded(other, others, depth + 1);
    failed ||= found === undefined;
    return found ?? '';
  });
  return failed ? undefined : text;
}

const joined = (lines: readonly Text[]): string =>
  lines
    .map(({ value }) => value)
    .join('\n')
    .trim();

/** The settings of an INI file that are Alembic's: those of its own sections, and of others that name a database. */
export function iniSettings(entries: readonly IniEntry[]): Setting[] {
  const sections = new Map<string, IniEntry[]>();
  for (const entry of entries) {
    const same = sections.get(entry.section);
    if (same) same.push(entry);
    else sections.set(entry.section, [entry]);
  }
  const valuesIn = (section: string): [string, string][] =>
    (sections.get(section) ?? []).map(({ key, lines }) => [key.value.toLowerCase(), joined(lines)]);
  return [...sections].flatMap(([section, own]) => {
    const values = new Map([...valuesIn('DEFAULT'), ...valuesIn(section)]);
    const isOwn = /^(?:alembic|post_write_hooks|DEFAULT)$/.test(section);
    if (!isOwn && !values.has('script_location') && !values.has('sqlalchemy.url')) return [];
    return own.map((entry) => iniSetting(entry, values));
  });
}

function iniSetting({ section, key, lines }: IniEntry, values: ReadonlyMap<string, string>): Setting {
  const value = joined(lines);
  const span = { start: lines[0]!.span.start, end: lines.at(-1)!.span.end };
  const filled = template.test(value);
  const text = filled ? undefined : expanded(value, values);
  return {
    section,
    name: key.value.toLowerCase(),
    nameSpan: key.span,
    value: { value, span },
    ...(text !== undefined && { expanded: text }),
    pieces: filled ? [] : lines.flatMap((line) => piecesOf(line, values)),
    ...(filled && { template: true as const }),
  };
}

const textsOf = (value: TomlValue): string[] =>
  value.kind === 'text' ? [value.value] : value.kind === 'list' ? value.items.flatMap(textsOf) : [];

/** The settings of `[tool.alembic]`, which Alembic knows since 1.16. */
export function tomlSettings(entries: readonly TomlEntry[]): Setting[] {
  return entries.flatMap(({ path, keySpan, value }) => {
    const [tool, owner, ...names] = path;
    if (tool !== 'tool' || owner !== 'alembic' || names.length === 0) return [];
    const text = textsOf(value).join('\n');
    const filled = template.test(text);
    const known = filled ? undefined : expanded(text, new Map());
    return {
      section: 'tool.alembic',
      name: names.join('.'),
      nameSpan: keySpan,
      value: { value: text, span: { start: value.start, end: value.end } },
      ...(known !== undefined && { expanded: known }),
      pieces: [],
      ...(filled && { template: true as const }),
    };
  });
}
