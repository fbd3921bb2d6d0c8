import type { Constraint, ConventionEntry, Index, NamingConvention, QualifiedName } from '../ir/index.js';
import { checkName } from './check-names.js';

/** Templates of a naming convention by key, in the manner of SQLAlchemy's and Alembic's documentation, with all columns. */
const recommended: { readonly [key: string]: string } = {
  ix: 'ix_%(table_name)s_%(column_0_N_name)s',
  uq: 'uq_%(table_name)s_%(column_0_N_name)s',
  ck: 'ck_%(table_name)s_%(constraint_name)s',
  fk: 'fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s',
  pk: 'pk_%(table_name)s',
};

/** The recommended templates of some keys. */
export function recommendedTemplates(keys: readonly string[]): [key: string, template: string][] {
  return Object.entries(recommended).filter(([key]) => keys.includes(key));
}

/** The tokens that a template asks for: `%(table_name)s`. */
export function tokensOf(template: string): string[] {
  return [...template.matchAll(/%\((\w+)\)s/g)].map(([, token = '']) => token);
}

/** Tokens that SQLAlchemy 2.0 fills by itself; for others it looks into the convention. */
const known =
  /^(?:table_name|constraint_name|referred_table_name|column_\d+(?:_?N)?_(?:name|label|key)|referred_column_\d+(?:_?N)?_name)$/;

/** The tokens of a template that nothing fills. */
export function unknownTokens({ template }: ConventionEntry, { entries }: NamingConvention): string[] {
  return tokensOf(template?.value ?? '').filter(
    (token) => !known.test(token) && !entries.some(({ key }) => key === token),
  );
}

/** The kinds that a convention has no entry for. */
export function missingKeys({ entries }: NamingConvention): string[] {
  return Object.keys(recommended).filter((key) => !entries.some((entry) => entry.key === key));
}

/** The recommended template of a key. */
export const recommendedTemplate = (key: string): string => recommended[key] ?? '%(table_name)s_%(column_0_N_name)s';

/** What a template comes to for a constraint or index; undefined where a token of it is not known. */
export function filled(template: string, fact: Index | Constraint, table: QualifiedName): string | undefined {
  const columns = columnsOf(fact);
  const label = [...(table.schema ? [table.schema.value] : []), table.name.value];
  const target = 'kind' in fact && fact.kind === 'foreign' ? fact : undefined;
  const values: { readonly [token: string]: string | undefined } = {
    table_name: table.name.value,
    column_0_name: columns[0],
    column_0_key: columns[0],
    column_0_label: columns[0] === undefined ? undefined : [...label, columns[0]].join('_'),
    column_0N_name: columns.join(''),
    column_0_N_name: columns.join('_'),
    column_0_N_key: columns.join('_'),
    column_0_N_label: columns.map((column) => [...label, column].join('_')).join('_'),
    referred_table_name: target?.target?.name.value,
    referred_column_0_name: target?.targetColumns[0]?.value,
    referred_column_0_N_name: target?.targetColumns.map(({ value }) => value).join('_'),
    constraint_name: 'kind' in fact && fact.kind === 'check' ? checkName(fact.expression) : undefined,
  };
  const known = tokensOf(template).every((token) => values[token] !== undefined);
  return known ? template.replace(/%\((\w+)\)s/g, (_, token: string) => values[token] ?? '') : undefined;
}

/** The columns of a constraint or index, expressions left out. */
export function columnsOf(fact: Index | Constraint): string[] {
  if (!('kind' in fact)) return fact.keys.flatMap(({ column }) => (column === undefined ? [] : [column]));
  return 'columns' in fact ? fact.columns.map(({ value }) => value) : [];
}
