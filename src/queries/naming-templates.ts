import type { ConventionEntry, NamingConvention } from '../ir/index.js';

/** Templates of a naming convention by key, as the documentation of SQLAlchemy and of Alembic recommends them. */
const recommended: { readonly [key: string]: string } = {
  ix: 'ix_%(column_0_N_label)s',
  uq: 'uq_%(table_name)s_%(column_0_N_name)s',
  ck: 'ck_%(table_name)s_%(constraint_name)s',
  fk: 'fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s',
  pk: 'pk_%(table_name)s',
};

/** The recommended templates of some keys, with all columns where those documents name the first one only. */
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
