import { ts } from 'ts-morph';
import type { DecoratorColumn } from '../front-end.js';
import type { Span } from '../../ir/index.js';
import type { DecoratorRecord } from './records.js';
import { text, type Entry, type Origin, type Value } from './values/values.js';

/** How a library writes a column at a property, and what it calls the parts of one. */
interface Spelling {
  module: RegExp;
  column: Origin;
  primary: Origin;
  keys: { readonly [key in keyof DecoratorColumn]?: string };
}

const spellings: readonly Spelling[] = [
  {
    module: /^@mikro-orm\//,
    column: { module: '@mikro-orm/core', name: 'Property' },
    primary: { module: '@mikro-orm/core', name: 'PrimaryKey' },
    keys: { name: 'fieldName', type: 'columnType', nullable: 'nullable', unique: 'unique', comment: 'comment' },
  },
  {
    module: /^typeorm$/,
    column: { module: 'typeorm', name: 'Column' },
    primary: { module: 'typeorm', name: 'PrimaryColumn' },
    keys: { name: 'name', type: 'type', nullable: 'nullable', unique: 'unique', comment: 'comment' },
  },
];

/** The decorators of a library that stand for one of the project, each with the name of its column. */
export function columnDecorators(
  columns: readonly DecoratorColumn[],
  property: string,
  span: Span,
  modules: ReadonlySet<string>,
): { name: string; decorator: DecoratorRecord }[] {
  const used = spellings.find(({ module }) => [...modules].some((each) => module.test(each))) ?? spellings.at(-1)!;
  return columns.map((column) => {
    const name = (column.name ?? '{prop}').replaceAll('{prop}', property);
    const given: DecoratorColumn = { ...column, name };
    const entries = Object.entries(used.keys).flatMap(([key, spelled]): Entry[] => {
      const value = given[key as keyof DecoratorColumn];
      return value === undefined ? [] : [{ key: spelled, span, value: valueOf(value, span) }];
    });
    const args: Value[] = [{ kind: 'object', entries, complete: true, span }];
    return { name, decorator: { origin: column.primary ? used.primary : used.column, args, span } };
  });
}

const valueOf = (value: string | boolean, span: Span): Value =>
  typeof value === 'string' ? text(value, span) : { kind: 'known', value, span };

/** The modules that a file imports. */
export function importedModules(source: ts.SourceFile): ReadonlySet<string> {
  return new Set(
    source.statements.flatMap((statement) =>
      ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)
        ? [statement.moduleSpecifier.text]
        : [],
    ),
  );
}
