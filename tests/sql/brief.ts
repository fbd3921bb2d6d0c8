import type {
  Column,
  Constraint,
  Dialect,
  Identity,
  IndexKey,
  Name,
  Operation,
  QualifiedName,
  Statement,
} from '../../src/ir/index.js';
import { readEmbedded } from '../../src/frontends/sql/embedded.js';

/** Reads SQL text as it stands: offsets are those of the text. */
export const readSql = (text: string, dialect: Dialect = 'postgresql'): Statement[] =>
  readEmbedded([{ value: text, offsets: [[0, 0]] }], { dialect, inTransaction: 'unknown' });

const name = ({ value, quoted }: Name): string => (quoted ? `"${value}"` : value);
const qualified = (each: QualifiedName): string => (each.schema ? `${name(each.schema)}.` : '') + name(each.name);
const names = (each: readonly Name[]): string => `(${each.map(name).join(',')})`;

const key = (each: IndexKey, whole: boolean): string =>
  [
    each.column ?? `<${each.expression ?? ''}>`,
    each.length && `#${String(each.length)}`,
    whole && each.collation && `collate ${each.collation}`,
    each.operatorClass,
    whole && each.operatorClassOptions && `(${each.operatorClassOptions})`,
    each.direction,
    each.nulls,
  ]
    .filter(Boolean)
    .join(' ');

const joined = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join(' ');

/** What a constraint says besides its kind and columns. */
const character = (each: Constraint): string =>
  joined(
    each.notValid && 'not valid',
    each.notEnforced && 'not enforced',
    each.deferrable && 'deferrable',
    each.initiallyDeferred && 'deferred',
    'noInherit' in each && 'no inherit',
    'nullsNotDistinct' in each && 'nulls not distinct',
    'withoutOverlaps' in each && 'without overlaps',
    'period' in each && 'period',
    'match' in each && `match ${each.match}`,
    'include' in each && `include${names(each.include)}`,
    'options' in each && `with<${each.options}>`,
    'tablespace' in each && `in ${name(each.tablespace)}`,
  );

function constraint(each: Constraint, whole: boolean): string {
  const head = `${each.name ? `${name(each.name)} ` : ''}${each.kind}`;
  const own = whole ? character(each) : each.notValid ? 'not valid' : '';
  const tail = own === '' ? '' : ` ${own}`;
  switch (each.kind) {
    case 'primary':
    case 'unique':
      return head + names(each.columns) + (each.usingIndex ? ` using ${name(each.usingIndex)}` : '') + tail;
    case 'foreign':
      return `${head}${names(each.columns)}->${each.target ? qualified(each.target) : '?'}${names(each.targetColumns)}${
        each.onDelete
          ? ` delete ${each.onDelete}${whole && each.onDeleteColumns ? names(each.onDeleteColumns) : ''}`
          : ''
      }${each.onUpdate ? ` update ${each.onUpdate}` : ''}${tail}`;
    default:
      return `${head}<${each.expression}>${tail}`;
  }
}

const identity = ({ always, options }: Identity): string => `${always ? 'always' : 'default'}(${options ?? ''})`;

function column(each: Column, whole: boolean): string {
  return [
    `${name(each.name)} ${each.type.name}`,
    each.nullable === false ? 'not null' : '',
    each.default ? `= ${each.default.text}` : '',
    each.generated ?? '',
    whole && each.identity && identity(each.identity),
    whole && each.expression && `<${each.expression}>`,
    whole && each.collation && `collate ${each.collation}`,
    each.storage && `storage ${each.storage}`,
    each.compression && `compression ${each.compression}`,
    each.comment ? `'${each.comment.value}'` : '',
    ...each.constraints.map((own) => `{${constraint(own, whole)}}`),
  ]
    .filter(Boolean)
    .join(' ');
}

/** One operation on one line, the facts in it that every dialect has. */
export const brief = (operation: Operation): string => line(operation, false);

/** The same with all that is said of columns, constraints and indexes. */
export const wholeBrief = (operation: Operation): string => line(operation, true);

function line(operation: Operation, whole: boolean): string {
  const parts: string[] = [operation.kind];
  for (const flag of ['ifExists', 'ifNotExists', 'cascade', 'concurrently', 'online'] as const) {
    if (flag in operation && (operation as { concurrently?: true })[flag as 'concurrently']) parts.push(flag);
  }
  for (const [property, value] of Object.entries(operation) as [string, unknown][]) {
    switch (property) {
      case 'table':
      case 'view':
      case 'partition':
      case 'sequence':
      case 'routine':
      case 'target':
        parts.push('name' in (value as object) ? qualified(value as QualifiedName) : name(value as Name));
        break;
      case 'index':
        if (operation.kind === 'CreateIndex') {
          const { index } = operation;
          if (index.name) parts.push(name(index.name));
          if (index.unique) parts.push('unique');
          if (index.concurrently) parts.push('concurrently');
          if (index.method) parts.push(index.method);
          parts.push(`(${index.keys.map((each) => key(each, whole)).join(', ')})`);
          if (index.include.length > 0) parts.push(`include(${index.include.join(',')})`);
          if (index.where) parts.push(`where<${index.where}>`);
          if (index.nullsNotDistinct) parts.push('nulls not distinct');
          if (whole && index.options) parts.push(`with<${index.options}>`);
          if (index.tablespace) parts.push(`in ${name(index.tablespace)}`);
          if (index.parentOnly) parts.push('only');
        } else parts.push('name' in (value as object) ? qualified(value as QualifiedName) : name(value as Name));
        break;
      case 'to':
      case 'schema':
      case 'database':
      case 'name':
        parts.push(
          `${property}:${typeof value === 'string' ? value : 'name' in (value as object) ? qualified(value as QualifiedName) : name(value as Name)}`,
        );
        break;
      case 'ownedBy': {
        const owner = value as { table: QualifiedName; column: Name } | null;
        parts.push(`ownedBy:${owner ? `${qualified(owner.table)}.${name(owner.column)}` : 'none'}`);
        break;
      }
      case 'column':
        parts.push('type' in (value as object) ? `[${column(value as Column, whole)}]` : name(value as Name));
        break;
      case 'definition':
        if (operation.kind === 'CreateTable') {
          const { definition } = operation;
          parts.push(
            `[${[
              ...definition.columns.map((each) => column(each, whole)),
              ...definition.constraints.map((each) => constraint(each, whole)),
              ...definition.indexes.map(
                (own) =>
                  `${own.name ? `${name(own.name)} ` : ''}index(${own.keys.map((each) => key(each, whole)).join(', ')})`,
              ),
            ].join('; ')}]`,
          );
          for (const flag of ['temporary', 'partitioned', 'asSelect'] as const) if (definition[flag]) parts.push(flag);
          if (definition.partitionOf) parts.push(`of ${qualified(definition.partitionOf)}`);
          if (definition.comment) parts.push(`'${definition.comment.value}'`);
        } else parts.push(`[${column(value as Column, whole)}]`);
        break;
      case 'constraint':
        parts.push('kind' in (value as object) ? `[${constraint(value as Constraint, whole)}]` : name(value as Name));
        break;
      case 'type':
        if (operation.kind === 'CreateEnumType')
          parts.push(`${qualified(operation.type.name)}(${operation.type.labels.join(',')})`);
        else if ('written' in (value as object)) parts.push((value as { name: string }).name);
        else parts.push(qualified(value as QualifiedName));
        break;
      case 'default':
        parts.push(`= ${(value as { text: string }).text}`);
        break;
      case 'comment':
        parts.push(value === null ? 'null' : `'${(value as { value: string }).value}'`);
        break;
      case 'columns':
        if ((value as Name[]).length > 0) parts.push(names(value as Name[]));
        break;
      case 'where':
      case 'value':
      case 'scope':
      case 'mode':
      case 'action':
      case 'using':
      case 'text':
      case 'object':
      case 'constraintKind':
      case 'enabled':
      case 'reason':
        parts.push(`${property}:${String(value)}`);
        break;
      case 'full':
      case 'dropped':
      case 'notValid':
        parts.push(property);
        break;
      case 'identity':
        parts.push(identity(value as Identity));
        break;
      case 'collation':
        if (operation.kind === 'AlterColumnType') parts.push(`collation:${String(value)}`);
        break;
      case 'expression':
      case 'storage':
      case 'compression':
      case 'before':
      case 'after':
      case 'deferrable':
      case 'initiallyDeferred':
      case 'enforced':
        parts.push(`${property}:${String(value)}`);
        break;
    }
  }
  return parts.join(' ');
}
