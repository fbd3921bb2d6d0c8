import type {
  Column,
  Constraint,
  Dialect,
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

const key = (each: IndexKey): string =>
  [
    each.column ?? `<${each.expression ?? ''}>`,
    each.length && `#${String(each.length)}`,
    each.operatorClass,
    each.direction,
    each.nulls,
  ]
    .filter(Boolean)
    .join(' ');

function constraint(each: Constraint): string {
  const head = `${each.name ? `${name(each.name)} ` : ''}${each.kind}`;
  const valid = each.notValid ? ' not valid' : '';
  switch (each.kind) {
    case 'primary':
    case 'unique':
      return head + names(each.columns) + (each.usingIndex ? ` using ${name(each.usingIndex)}` : '') + valid;
    case 'foreign':
      return `${head}${names(each.columns)}->${each.target ? qualified(each.target) : '?'}${names(each.targetColumns)}${
        each.onDelete ? ` delete ${each.onDelete}` : ''
      }${each.onUpdate ? ` update ${each.onUpdate}` : ''}${valid}`;
    default:
      return `${head}<${each.expression}>${valid}`;
  }
}

function column(each: Column): string {
  return [
    `${name(each.name)} ${each.type.name}`,
    each.nullable === false ? 'not null' : '',
    each.default ? `= ${each.default.text}` : '',
    each.generated ?? '',
    each.comment ? `'${each.comment.value}'` : '',
    ...each.constraints.map((own) => `{${constraint(own)}}`),
  ]
    .filter(Boolean)
    .join(' ');
}

/** One operation on one line, all its facts in it. */
export function brief(operation: Operation): string {
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
          parts.push(`(${index.keys.map(key).join(', ')})`);
          if (index.include.length > 0) parts.push(`include(${index.include.join(',')})`);
          if (index.where) parts.push(`where<${index.where}>`);
        } else parts.push('name' in (value as object) ? qualified(value as QualifiedName) : name(value as Name));
        break;
      case 'to':
      case 'schema':
      case 'name':
        parts.push(
          `${property}:${typeof value === 'string' ? value : 'name' in (value as object) ? qualified(value as QualifiedName) : name(value as Name)}`,
        );
        break;
      case 'column':
        parts.push('type' in (value as object) ? `[${column(value as Column)}]` : name(value as Name));
        break;
      case 'definition':
        if (operation.kind === 'CreateTable') {
          const { definition } = operation;
          parts.push(
            `[${[
              ...definition.columns.map(column),
              ...definition.constraints.map(constraint),
              ...definition.indexes.map(
                (own) => `${own.name ? `${name(own.name)} ` : ''}index(${own.keys.map(key).join(', ')})`,
              ),
            ].join('; ')}]`,
          );
          for (const flag of ['temporary', 'partitioned', 'asSelect'] as const) if (definition[flag]) parts.push(flag);
          if (definition.partitionOf) parts.push(`of ${qualified(definition.partitionOf)}`);
          if (definition.comment) parts.push(`'${definition.comment.value}'`);
        } else parts.push(`[${column(value as Column)}]`);
        break;
      case 'constraint':
        parts.push('kind' in (value as object) ? `[${constraint(value as Constraint)}]` : name(value as Name));
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
        parts.push('full');
        break;
    }
  }
  return parts.join(' ');
}
