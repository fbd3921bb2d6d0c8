import type { Setting, SettingPiece, Text } from '../../ir/index.js';
import type { IniEntry } from './ini.js';
import type { TomlEntry, TomlValue } from './toml.js';

/** A place that cookiecutter, Jinja or Mako fills before Alembic sees the file. */
const template = /\{\{|\{%|<%/;

/** What stands in one line of a value and is taken for nothing but text. */
function piecesOf({ value, span }: Text, values: Values): SettingPiece[] {
  const pieces: SettingPiece[] = [];
  const add = (kind: SettingPiece['kind'], from: number, to: number, blanks = 0): void => {
    const place = { start: span.start + from, end: span.start + to };
    pieces.push({ kind, text: value.slice(from + blanks, to), span: place });
  };
  const comment = /(?<=^|[ \t])(?:#|;(?=\s|$))/.exec(value)?.index;
  const end = value.slice(0, comment).trimEnd().length;
  for (const found of value.slice(0, end).matchAll(/\$\{[^}\s]*\}|\$[A-Z_][A-Z0-9_]*/g)) {
    add('variable', found.index, found.index + found[0].length);
  }
  for (const found of value.matchAll(/%(?:%|\([^()]*\)s)?/g)) {
    const name = /^%\(([^()]*)\)s$/.exec(found[0])?.[1]?.toLowerCase();
    if (found[0] === '%') add('percent', found.index, found.index + 1);
    else if (name !== undefined && name !== 'here' && values.written(name) === undefined) {
      add('reference', found.index, found.index + found[0].length);
    }
  }
  if (comment !== undefined) add('comment', end, value.length, comment - end);
  return pieces.sort((a, b) => a.span.start - b.span.start);
}

/** A longer value is none that a person wrote. */
const longest = 10_000;

/** So many names of a section are followed into each other. */
const maxNames = 1000;

/** The values of a section by their names, those of `[DEFAULT]` behind them. */
class Values {
  readonly #known = new Map<string, string | undefined>();

  constructor(
    private readonly own: ReadonlyMap<string, string>,
    private readonly defaults: ReadonlyMap<string, string> = new Map(),
  ) {}

  /** What stands there. */
  written(name: string): string | undefined {
    return this.own.get(name) ?? this.defaults.get(name);
  }

  /** The text that configparser gives for a value; nothing where it fails. `%(here)s` is left as it is. */
  expanded(value: string): string | undefined {
    let failed = false;
    let length = 0;
    const text = value.replace(/%(?:%|\(([^()]*)\)s)?/g, (written, name?: string) => {
      if (failed || written === '%%' || name === 'here') return written === '%%' ? '%' : written;
      const found = name === undefined ? undefined : this.#named(name.toLowerCase());
      length += found?.length ?? 0;
      failed ||= found === undefined || length > longest;
      return failed ? '' : (found ?? '');
    });
    return failed ? undefined : text;
  }

  #named(name: string): string | undefined {
    if (this.#known.has(name)) return this.#known.get(name);
    // A value that leads to itself has none.
    this.#known.set(name, undefined);
    const written = this.written(name);
    const found = written === undefined || this.#known.size > maxNames ? undefined : this.expanded(written);
    this.#known.set(name, found);
    return found;
  }
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
  const valuesOf = (own: readonly IniEntry[]): Map<string, string> =>
    new Map(own.map(({ key, lines }) => [key.value.toLowerCase(), joined(lines)]));
  const defaults = valuesOf(sections.get('DEFAULT') ?? []);
  return [...sections].flatMap(([section, own]) => {
    const written = valuesOf(own);
    const isOwn = /^(?:alembic|post_write_hooks|DEFAULT)$/.test(section);
    if (!isOwn && !written.has('script_location') && !written.has('sqlalchemy.url')) return [];
    const values = new Values(written, defaults);
    return own.map((entry) => iniSetting(entry, values));
  });
}

function iniSetting({ section, key, lines }: IniEntry, values: Values): Setting {
  const value = joined(lines);
  const span = { start: lines[0]!.span.start, end: lines.at(-1)!.span.end };
  const filled = template.test(value);
  const text = filled ? undefined : values.expanded(value);
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
    const known = filled ? undefined : new Values(new Map()).expanded(text);
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
