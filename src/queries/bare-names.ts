import type { Dialect, Name, QualifiedName } from '../ir/index.js';
import { isReserved } from './reserved-words.js';

/** The name without quotes where it means the same without them: calls of migration APIs have all names in quotes. */
export function bareName(name: Name, dialect: Dialect): Name {
  const isPlain = /^[a-z_][a-z0-9_]*$/.test(name.value) && !isReserved(name.value, dialect);
  return name.quoted && isPlain ? { ...name, quoted: false } : name;
}

/** The same of a name and its schema. */
export const bareQualified = ({ schema, name, span }: QualifiedName, dialect: Dialect): QualifiedName => ({
  ...(schema && { schema: bareName(schema, dialect) }),
  name: bareName(name, dialect),
  span,
});
