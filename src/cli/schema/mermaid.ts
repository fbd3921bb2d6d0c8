import type { ConstraintDescription, SchemaDescription, TableDescription } from './description.js';

/** What Mermaid takes for a word: it knows no quotes around attribute types. */
const word = (text: string): string => text.replace(/[^\p{L}\p{N}_-]+/gu, '_').replace(/^_+|_+$/g, '') || '_';

const quoted = (text: string): string => `"${text.replaceAll('"', "'").replace(/\s+/g, ' ')}"`;

/** An entity-relationship diagram of Mermaid: tables with their columns and keys, and a line for each foreign key. */
export function mermaid({ tables }: SchemaDescription): string {
  const lines = ['erDiagram'];
  for (const table of tables) {
    lines.push(`  ${quoted(table.name)} {`, ...columnLines(table), '  }');
  }
  for (const { name, constraints, columns } of tables) {
    for (const each of constraints) {
      if (each.kind !== 'foreign' || each.references === undefined) continue;
      const optional = columns.some((column) => each.columns?.includes(column.name) && column.nullable !== false);
      const one = isUnique(each.columns ?? [], constraints) ? 'o|' : 'o{';
      const label = quoted((each.columns ?? []).join(', '));
      lines.push(`  ${quoted(each.references.table)} ${optional ? '|o' : '||'}--${one} ${quoted(name)} : ${label}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function columnLines({ columns, constraints }: TableDescription): string[] {
  const keysOf = (column: string): string => {
    const kinds = constraints.filter((each) => each.columns?.includes(column)).map(({ kind }) => kind);
    const marks = [
      kinds.includes('primary') ? 'PK' : '',
      kinds.includes('foreign') ? 'FK' : '',
      kinds.includes('unique') ? 'UK' : '',
    ].filter(Boolean);
    return marks.length > 0 ? ` ${marks.join(', ')}` : '';
  };
  return columns.map(({ name, type, comment }) => {
    const said = comment === undefined ? '' : ` ${quoted(comment)}`;
    return `    ${word(type)} ${word(name)}${keysOf(name)}${said}`;
  });
}

/** Whether no two rows have the same values in these columns. */
const isUnique = (columns: readonly string[], constraints: readonly ConstraintDescription[]): boolean =>
  constraints.some(
    (each) =>
      (each.kind === 'primary' || each.kind === 'unique') &&
      each.columns!.length > 0 &&
      each.columns!.every((column) => columns.includes(column)),
  );
