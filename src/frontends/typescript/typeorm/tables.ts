import type { QualifiedName, Uncertainty } from '../../../ir/index.js';
import { resolvedRecord, type FoundClass, type Lookup } from '../linking/lookup.js';
import type { DecoratorRecord } from '../records.js';
import { property, textOf, type Value } from '../values/values.js';
import type { NamingStrategy } from './names.js';
import { lineageOf, typeormDecorators } from './properties.js';
import { quoted } from '../quoted.js';

/** `@Entity('name', options)`, `@Entity(options)` and the like. */
export function entityArguments(decorator: DecoratorRecord): { given?: Value; options?: Value } {
  const [first, second] = decorator.args;
  const options = first?.kind === 'object' ? first : second;
  const given = first?.kind === 'object' ? property(first, 'name') : first;
  return { ...(given && given.kind !== 'undefined' && { given }), ...(options && { options }) };
}

/** The table of an entity class, that of its root for a child of a single-table hierarchy. */
export function tableName(found: FoundClass, strategy: NamingStrategy, lookup: Lookup): QualifiedName {
  const record = resolvedRecord(found, lookup);
  if (typeormDecorators(record.decorators, 'ChildEntity').length > 0) {
    const root = singleTableRoot(found, lookup);
    if (root) return tableName(root, strategy, lookup);
  }
  const [decorator] = typeormDecorators(record.decorators, 'Entity', 'ViewEntity');
  if (!decorator) return { name: quoted(record.name, record.nameSpan), span: record.nameSpan };
  const { given, options } = entityArguments(decorator);
  const text = textOf(given);
  const span = given && text !== undefined ? given.span : record.nameSpan;
  const schema = property(options, 'schema');
  const schemaText = textOf(schema);
  return {
    ...(schema && schemaText !== undefined && { schema: quoted(schemaText, schema.span) }),
    name: {
      ...quoted(strategy.prefix + (text ?? strategy.table(record.name)), span),
      ...(!given && { generated: strategy.chosen ? ('strategy' as const) : (true as const) }),
      ...(given && text === undefined && { unknown: true as const }),
    },
    span,
  };
}

export const unknownName = (name: QualifiedName): Uncertainty[] =>
  name.name.unknown ? [{ about: 'name', reason: 'the table name is computed' }] : [];

/** The class that carries `@TableInheritance` above a child entity. */
export function singleTableRoot(found: FoundClass, lookup: Lookup): FoundClass | undefined {
  return lineageOf(found, lookup).chain.find(
    (each) => typeormDecorators(resolvedRecord(each, lookup).decorators, 'TableInheritance').length > 0,
  );
}
