import type {
  Column,
  Constraint,
  Dialect,
  Index,
  Migration,
  Name,
  Operation,
  QualifiedName,
  Statement,
  Step,
} from '../../../src/ir/index.js';
import { folded } from '../../../src/queries/names.js';

/**
 * Operations in words that do not hang on where a thing is written: a key at a column and one in a statement of its own
 * are the same.
 */
export class Atoms {
  constructor(private readonly dialect: Dialect) {}

  ofMigration({ up }: Migration): string[] {
    return settled(
      up.steps.flatMap((step: Step) =>
        'statement' in step ? this.ofStatement(step.statement) : this.of(step.operation),
      ),
    );
  }

  ofStatements(statements: readonly Statement[]): string[] {
    return settled(statements.flatMap((statement) => this.ofStatement(statement)));
  }

  private ofStatement(statement: Statement): string[] {
    if (statement.provenance === 'opaque') return [`opaque statement ${statement.text}`];
    return statement.operations.filter(({ kind }) => kind !== 'Transaction').flatMap((operation) => this.of(operation));
  }

  private name({ value, quoted, unknown, final }: Name): string {
    if (unknown) return '?';
    if (final) return folded({ value, quoted: true, final }, this.dialect);
    return quoted ? value : value.toLowerCase();
  }

  private qualified({ schema, name }: QualifiedName): string {
    return `${schema ? `${this.name(schema)}.` : ''}${this.name(name)}`;
  }

  private names(names: readonly Name[]): string {
    return `(${names.map((each) => this.name(each)).join(', ')})`;
  }

  private constraint(each: Constraint): string {
    const flags = [
      each.notValid && 'not valid',
      each.initiallyDeferred ? 'deferred' : each.deferrable && 'deferrable',
    ].filter(Boolean);
    const head = `${each.kind} ${each.name ? this.name(each.name) : '-'}`;
    const tail = flags.map((flag) => ` ${String(flag)}`).join('');
    if (each.kind === 'check' || each.kind === 'exclude') return `${head} <${text(each.expression)}>${tail}`;
    if (each.kind !== 'foreign') return `${head}${this.names(each.columns)}${tail}`;
    const target = each.target ? this.qualified(each.target) : '?';
    const actions = `${each.onDelete ? ` delete ${each.onDelete.toLowerCase()}` : ''}${each.onUpdate ? ` update ${each.onUpdate.toLowerCase()}` : ''}${each.match ? ` match ${each.match}` : ''}`;
    return `${head}${this.names(each.columns)} -> ${target}${this.names(each.targetColumns)}${actions}${tail}`;
  }

  /** SQLite has no function of the present moment by this name, and numbers for truth. */
  private value(sql: string): string {
    const said = text(sql);
    if (this.dialect !== 'sqlite') return said;
    const own: { [spelled: string]: string } = { 'now()': 'CURRENT_TIMESTAMP', true: '1', false: '0' };
    return own[said] ?? said;
  }

  private column(each: Column): string {
    return [
      `${this.name(each.name)} ${each.type.name}`,
      each.nullable === false ? 'not null' : each.nullable === 'unknown' ? 'nullable?' : '',
      each.default?.by === 'server' ? `= ${this.value(each.default.text)}` : '',
      each.generated ?? '',
      each.expression === undefined ? '' : `<${text(each.expression)}>`,
    ]
      .filter(Boolean)
      .join(' ');
  }

  private index(each: Index): string {
    const keys = each.keys.map((key) =>
      [
        key.column ?? `<${text(key.expression ?? '')}>`,
        key.length && `#${String(key.length)}`,
        key.operatorClass,
        key.direction === 'desc' && 'desc',
        key.nulls && `nulls ${key.nulls}`,
      ]
        .filter(Boolean)
        .join(' '),
    );
    return [
      each.name ? this.name(each.name) : '-',
      `(${keys.join(', ')})`,
      each.unique && 'unique',
      each.method,
      each.concurrently && 'concurrently',
      each.include.length > 0 && `include (${each.include.join(', ')})`,
      each.where !== undefined && `where ${text(each.where)}`,
    ]
      .filter(Boolean)
      .join(' ');
  }

  /** SQLite keeps no comments; an empty one is none to MySQL. */
  private comment(on: string, value: string): string[] {
    return this.dialect === 'sqlite' ? [] : [`comment ${on} ${value === '' ? 'null' : value}`];
  }

  private isMysql(): boolean {
    return this.dialect === 'mysql';
  }

  /** What a column brings along besides itself. */
  private beside(table: string, { name, comment, constraints, indexes }: Column): string[] {
    return [
      ...constraints.map((each) => `constraint ${table} ${this.constraint(each)}`),
      ...indexes.map((each) => `index ${table} ${this.index(each)}`),
      ...(comment ? this.comment(`${table}.${this.name(name)}`, comment.value) : []),
    ];
  }

  private of(operation: Operation): string[] {
    const flags = `${operation.ifExists ? ' if exists' : ''}${operation.ifNotExists ? ' if not exists' : ''}`;
    const table = 'table' in operation && operation.table ? this.qualified(operation.table) : '-';
    const at =
      'column' in operation && operation.column && 'value' in operation.column
        ? `${table}.${this.name(operation.column)}`
        : table;
    switch (operation.kind) {
      case 'CreateTable': {
        const { columns, constraints, comment } = operation.definition;
        const own = (each: Column): Column => ({ ...each, constraints: [] });
        const keys = [...columns.flatMap((each) => each.constraints), ...constraints];
        const primary = keys.filter(({ kind }) => kind === 'primary');
        return [
          `create ${table}${flags}${operation.definition.temporary ? ' temporary' : ''}`,
          ...columns.map((each) => `  ${this.column(each)}`),
          ...(primary.length > 1
            ? [
                `  ${this.constraint({ ...primary[0]!, columns: primary.flatMap((each) => ('columns' in each ? each.columns : [])) } as Constraint)}`,
              ]
            : primary.map((each) => `  ${this.constraint(each)}`)),
          ...keys
            .filter(({ kind }) => kind !== 'primary')
            .map((each) => `  ${this.constraint(each)}`)
            .sort(),
          ...(comment ? this.comment(table, comment.value) : []),
          ...columns.flatMap((each) => this.beside(table, own(each))),
        ];
      }
      case 'AddColumn':
        return [
          `add ${table} ${this.column(operation.column)}${flags}${operation.position === undefined ? '' : ' placed'}`,
          ...this.beside(table, operation.column),
        ];
      case 'ModifyColumn':
        return [`modify ${at} ${this.column(operation.definition)}`, ...this.beside(table, operation.definition)];
      case 'AlterColumnType':
        return [
          `type ${at} ${operation.type.name}${operation.using === undefined ? '' : ` using ${text(operation.using)}`}`,
        ];
      case 'SetDefault':
        return [`default ${at} ${this.value(operation.default.text)}`];
      case 'RenameColumn':
        return [`rename ${at} ${this.name(operation.to)}`];
      case 'RenameTable':
        return [`rename ${table} ${this.name(operation.to.name)}`];
      case 'AddConstraint':
        return [`constraint ${table} ${this.constraint(operation.constraint)}`];
      case 'DropConstraint':
        // MySQL drops a unique constraint as the index that it is, and has one primary key without a name.
        if (this.isMysql() && operation.constraintKind === 'unique' && operation.constraint)
          return [`drop index ${this.name(operation.constraint)}`];
        if (this.isMysql() && operation.constraintKind === 'primary') return [`drop constraint ${table} -`];
        return [`drop constraint ${table} ${operation.constraint ? this.name(operation.constraint) : '-'}${flags}`];
      case 'CreateIndex':
        return [`index ${table} ${this.index(operation.index)}${flags}`];
      case 'DropIndex':
        return [
          `drop index ${this.name(operation.index.name)}${operation.concurrently ? ' concurrently' : ''}${flags}`,
        ];
      case 'CommentOn':
        return this.comment(at, operation.comment?.value ?? '');
      case 'CreateEnumType':
        return [`enum ${this.qualified(operation.type.name)} (${operation.type.labels.join(', ')})`];
      case 'DropType':
        return [`drop type ${this.qualified(operation.type)}${flags}`];
      case 'Update':
      case 'Delete':
        return [
          `${operation.kind} ${table} where ${operation.where}${operation.kind === 'Update' ? ` ${this.names(operation.columns)}` : ''}`,
        ];
      case 'Opaque':
        return [`opaque ${operation.reason}`];
      case 'CreateSchema':
      case 'DropSchema':
        return [`${operation.kind} ${this.name(operation.schema)}${flags}`];
      case 'CreateSequence':
      case 'DropSequence':
        return [`${operation.kind} ${this.qualified(operation.sequence)}${flags}`];
      default:
        return [`${operation.kind} ${at}${flags}`];
    }
  }
}

/** Indexes that come with a table have no order of their own, and rows may go in one by one. */
function settled(atoms: readonly string[]): string[] {
  const out: string[] = [];
  for (const atom of atoms) {
    if (atom.startsWith('Insert') && out.at(-1) === atom) continue;
    let at = out.length;
    while (atom.startsWith('index') && out[at - 1]?.startsWith('index') && out[at - 1]! > atom) at -= 1;
    out.splice(at, 0, atom);
  }
  return out;
}

/** SQL text in one spelling: blanks and outer parentheses say nothing. */
function text(sql: string): string {
  let out = sql
    .replace(/\s+/g, ' ')
    .replace(/"(\w+)"/g, '$1')
    .trim();
  while (isWrapped(out)) out = out.slice(1, -1).trim();
  return out;
}

/** Whether the first parenthesis closes with the last one. */
function isWrapped(sql: string): boolean {
  let depth = 0;
  for (const [at, sign] of [...sql].entries()) {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (depth === 0) return at > 0 && at === sql.length - 1;
  }
  return false;
}
