import type { Dialect, QualifiedName, Statement } from '../ir/index.js';
import { foldedInTable, objectKey } from './names.js';

/** Strings and comments, quoted names, words, and any other character. Arguments of drivers are one piece: `:a`, `%(a)s`. */
const pieces =
  /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\/|%\(\w+\)s|::|[:@$]\w+|"((?:[^"]|"")*)"|`([^`]*)`|([\p{L}_][\p{L}\p{N}_$]*)|\S/gu;

interface Word {
  value: string;
  quoted: boolean;
}

/** The words of a statement, and other characters as they are. Strings, comments and arguments are left out. */
function wordsOf(text: string, dialect: Dialect): (Word | string)[] {
  const words: (Word | string)[] = [];
  for (const [piece, double, back, bare] of text.matchAll(pieces)) {
    const isString = double !== undefined && (dialect === 'mysql' || dialect === 'mariadb');
    if (/^(?:'|--|\/\*|%\(|[:@$]\w)/.test(piece) || isString) continue;
    const quoted = double?.replaceAll('""', '"') ?? back;
    if (quoted !== undefined) words.push({ value: quoted, quoted: true });
    else words.push(bare === undefined ? piece : { value: bare, quoted: false });
  }
  return words;
}

/**
 * Whether a statement certainly names a column of a table that it reads or writes: the column is qualified by the table
 * or its alias, or no other table is there that it could be of. `SELECT *` names no column.
 */
export function namesColumn(
  statement: Statement,
  table: QualifiedName,
  column: { value: string; quoted: boolean },
  dialect: Dialect,
): boolean {
  const words = wordsOf(statement.text, dialect);
  const wanted = foldedInTable(column, dialect);
  const own = foldedInTable(table.name, dialect);
  const is = (each: Word | string | undefined, name: string): boolean =>
    typeof each === 'object' && foldedInTable(each, dialect) === name;
  const keyword = (each: Word | string | undefined, word: string): boolean =>
    typeof each === 'object' && !each.quoted && each.value.toUpperCase() === word;
  // What a query calls its result is no column of the table.
  if (words.some((each, at) => is(each, wanted) && keyword(words[at - 1], 'AS'))) return false;

  const qualifiers = new Set([own]);
  words.forEach((each, at) => {
    const alias = words[keyword(words[at + 1], 'AS') ? at + 2 : at + 1];
    if (is(each, own) && typeof alias === 'object') qualifiers.add(foldedInTable(alias, dialect));
  });
  const others = [...statement.reads, ...statement.writes].filter(
    (each) => each.name.unknown || objectKey(each, dialect) !== objectKey(table, dialect),
  );
  return words.some((each, at) => {
    if (!is(each, wanted) || words[at + 1] === '(' || words[at + 1] === '.') return false;
    const qualifier = words[at - 1] === '.' ? words[at - 2] : undefined;
    if (qualifier !== undefined) {
      return typeof qualifier === 'object' && qualifiers.has(foldedInTable(qualifier, dialect));
    }
    return others.length === 0 && !qualifiers.has(wanted);
  });
}
