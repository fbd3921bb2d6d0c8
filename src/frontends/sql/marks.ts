import type { Dialect, Runner } from '../../ir/index.js';

/** What a comment means to a migration runner that reads it. Offsets are those of the comment's text. */
export type RunnerMark =
  /** The statements behind it belong to one half. */
  | { kind: 'section'; half: 'up' | 'down'; noTransaction: boolean }
  /** A migration of its own begins. */
  | {
      kind: 'changeset';
      id: string;
      noTransaction: boolean;
      /** The server gets the SQL in one string. */
      oneString: boolean;
      /** Databases that it is meant for; `others` where those are the ones left out. */
      databases?: { dialects: Dialect[]; others: boolean };
    }
  /** The SQL of the way back stands in the comment. */
  | { kind: 'rollback'; start: number; end: number }
  /** Whether the changeset is run depends on the database. */
  | { kind: 'condition' }
  /** No transaction for the whole file. */
  | { kind: 'no-transaction' }
  /** A statement ends here, with or without its semicolon. */
  | { kind: 'boundary' };

/** A mark, and what it changes for the reading of the text behind it. */
export interface ReadMark {
  mark: RunnerMark;
  delimiter?: string;
  /** Why the runner refuses it. */
  refused?: string;
}

type MarkReader = (text: string, indented: boolean) => ReadMark | undefined;

const gooseMarks: { readonly [words: string]: RunnerMark | undefined } = {
  UP: { kind: 'section', half: 'up', noTransaction: false },
  DOWN: { kind: 'section', half: 'down', noTransaction: false },
  STATEMENTBEGIN: { kind: 'boundary' },
  STATEMENTEND: { kind: 'boundary' },
  'NO TRANSACTION': { kind: 'no-transaction' },
  'ENVSUB ON': { kind: 'boundary' },
  'ENVSUB OFF': { kind: 'boundary' },
};

function goose(text: string, indented: boolean): ReadMark | undefined {
  const words = /^--\s*\+goose\b(.*)$/.exec(text)?.[1]?.trim();
  if (words === undefined) return undefined;
  const mark = gooseMarks[words.toUpperCase()];
  if (mark === undefined) return { mark: { kind: 'boundary' }, refused: `goose knows no annotation "${words}".` };
  return { mark, ...(indented && { refused: 'goose refuses an annotation with blanks before it.' }) };
}

function dbmate(text: string, indented: boolean): ReadMark | undefined {
  const match = indented ? null : /^--\s*migrate:(up|down)(\s.*|)$/.exec(text);
  if (match === null) return undefined;
  const noTransaction = /(?:^|\s)transaction:false(?:\s|$)/.test(match[2]!);
  return { mark: { kind: 'section', half: match[1] as 'up' | 'down', noTransaction } };
}

/** The archive format of Atlas: a file of several files, each below a line with its name. */
function atlas(text: string, indented: boolean): ReadMark | undefined {
  const name = indented ? undefined : /^-- (\S+)\.sql --$/.exec(text)?.[1];
  if (name === undefined) return undefined;
  return { mark: { kind: 'section', half: name === 'down' ? 'down' : 'up', noTransaction: false } };
}

/** What Liquibase calls databases. */
const liquibaseNames: { readonly [name: string]: Dialect | undefined } = {
  postgresql: 'postgresql',
  cockroachdb: 'cockroachdb',
  mysql: 'mysql',
  mariadb: 'mariadb',
  sqlite: 'sqlite',
  mssql: 'tsql',
  oracle: 'oracle',
};

function liquibase(text: string): ReadMark | undefined {
  const block = /^\/\*\s*liquibase\s+rollback[^\S\n]*\r?\n/i.exec(text);
  if (block) {
    const end = text.endsWith('*/') ? text.length - 2 : text.length;
    return { mark: { kind: 'rollback', start: block[0].length, end } };
  }
  const rollback = /^--\s*rollback\s/i.exec(text);
  if (rollback) return { mark: { kind: 'rollback', start: rollback[0].length, end: text.length } };
  if (/^--\s*preconditions?\b/i.test(text)) return { mark: { kind: 'condition' } };
  return changeset(text);
}

function changeset(text: string): ReadMark | undefined {
  const named = /^--\s*changeset\s+(?:"([^"]+)"|([^:]+)):\s*(?:"([^"]+)"|(\S+))(.*)$/i.exec(text);
  if (named === null) return undefined;
  const attributes = named[5]!;
  const value = (name: string): string | undefined =>
    new RegExp(`(?:^|\\s)${name}:("[^"]*"|\\S+)`, 'i').exec(attributes)?.[1]?.replaceAll('"', '').toLowerCase();
  const databases = databasesOf(value('dbms'));
  return {
    mark: {
      kind: 'changeset',
      id: `${(named[1] ?? named[2]!).trim()}:${named[3] ?? named[4]!}`,
      noTransaction: value('runInTransaction') === 'false',
      oneString: value('splitStatements') === 'false',
      ...(databases && { databases }),
    },
    delimiter: plainDelimiter(value('endDelimiter')),
  };
}

function databasesOf(list: string | undefined): { dialects: Dialect[]; others: boolean } | undefined {
  const names = list?.split(',').filter((name) => name !== '' && name !== 'all') ?? [];
  if (names.length === 0) return undefined;
  const others = names.every((name) => name.startsWith('!'));
  const meant = others ? names.map((name) => name.slice(1)) : names.filter((name) => !name.startsWith('!'));
  return { dialects: meant.flatMap((name) => liquibaseNames[name] ?? []), others };
}

/**
 * Liquibase takes a regular expression; what people write is a sign or two, or a word on a line of its own. A word is
 * left to the dialect, which knows GO.
 */
function plainDelimiter(written: string | undefined): string {
  const sign = written?.replace(/^(?:\\r?\\n|\\n|\^)/, '').replace(/(?:\\s\*|\$|\\n)+$/, '') ?? '';
  return /^[^\w\s\\[\](){}.*+?^]{1,8}$/.test(sign) ? sign : ';';
}

const readers: { readonly [R in Runner]?: MarkReader } = { goose, dbmate, atlas, liquibase };

/** Longer comments are prose, or the rollback of a changeset. */
const MARK_LENGTH = 1000;

/**
 * What a comment of an SQL file means to its runner; nothing for a comment like any other.
 * @param text the comment as written
 * @param indented blanks stand before it on its line
 */
export function readMark(runner: Runner | undefined, text: string, indented: boolean): ReadMark | undefined {
  if (text.length > MARK_LENGTH && !text.startsWith('/*')) return undefined;
  return runner && readers[runner]?.(text, indented);
}

/** What the comments before the first statement of a file say of it as a whole. */
export interface Header {
  noTransaction?: true;
  /** It stands for all migrations before it on an empty database. */
  snapshot?: true;
}

/**
 * What a comment above the first statement says of the file.
 * @param start offset in the file: sqlx reads its mark only as the file's very first characters
 */
export function readHeader(runner: Runner | undefined, text: string, start: number): Header {
  if (runner === 'sqlx' && start === 0 && text.startsWith('-- no-transaction')) return { noTransaction: true };
  if (runner !== 'atlas') return {};
  const [, name, value] = /^(?:--|#)[ -~]*?atlas:(\w+)(?: +(.+))?$/.exec(text) ?? [];
  if (name === 'txmode' && value?.trim() === 'none') return { noTransaction: true };
  return name === 'checkpoint' ? { snapshot: true } : {};
}
