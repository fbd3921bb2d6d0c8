import type { Column, Constraint, Dialect, Index, Name, Operation, QualifiedName } from '../../../src/ir/index.js';
import { readSql } from '../brief.js';

/** What a statement does, in words that ddlint and other parsers are asked for alike. Names are in lower case. */
export type Facts = Fact[];

interface Fact {
  kind: Operation['kind'];
  /** `schema.table`, or what else it is about. */
  on?: string | undefined;
  flags?: string[];
  columns?: ColumnFacts[];
  /** As of `constraintFact`. */
  constraints?: string[];
  indexes?: IndexFacts[];
  names?: string[];
  where?: boolean;
}

export interface ColumnFacts {
  name: string;
  required: boolean;
  filled: boolean;
  computed: boolean;
  /** In alphabetical order, without names of their own. */
  constraints: string[];
}

export interface IndexFacts {
  name: string;
  unique: boolean;
  /** `a`, `a desc`, `expression`. */
  keys: string[];
  where: boolean;
}

/** `k foreign(a,b)->u(c,d) delete cascade`; NO ACTION is what none means. */
export function constraintFact(
  kind: string,
  { name = '', columns = [], target = '', theirs = [], onDelete, onUpdate }: ConstraintParts,
): string {
  const action = (word: string, value = 'no action') => (value === 'no action' ? '' : ` ${word} ${value}`);
  const own = kind === 'check' ? '' : `(${columns.join()})`;
  const other = kind === 'foreign' ? `->${target}(${theirs.join()})` : '';
  const text = `${name} ${kind}${own}${other}${action('delete', onDelete)}${action('update', onUpdate)}`;
  return text.trim().toLowerCase();
}

interface ConstraintParts {
  name?: string | undefined;
  columns?: string[];
  target?: string | undefined;
  theirs?: string[];
  onDelete?: string | undefined;
  onUpdate?: string | undefined;
}

/** The columns of a primary key take no NULL, wherever it is written. */
export function withPrimary(columns: ColumnFacts[], constraints: string[]): ColumnFacts[] {
  const keys = constraints.flatMap((each) => /\bprimary\((.*)\)$/.exec(each)?.[1]?.split(',') ?? []);
  return columns.map((each) => (keys.includes(each.name) ? { ...each, required: true } : each));
}

const lower = ({ value }: Name): string => value.toLowerCase();
const relation = ({ schema, name }: QualifiedName): string => (schema ? `${lower(schema)}.` : '') + lower(name);

function constraintOf(constraint: Constraint, named: boolean): string {
  const name = named ? constraint.name?.value : undefined;
  const columns = 'columns' in constraint ? constraint.columns.map(lower) : [];
  if (constraint.kind !== 'foreign') return constraintFact(constraint.kind, { name, columns });
  const { target, targetColumns, onDelete, onUpdate } = constraint;
  const theirs = targetColumns.map(lower);
  return constraintFact('foreign', { name, columns, target: target && relation(target), theirs, onDelete, onUpdate });
}

const columnOf = (column: Column): ColumnFacts => ({
  name: lower(column.name),
  required: column.nullable === false,
  filled: column.default !== undefined,
  computed: column.generated === 'stored' || column.generated === 'virtual',
  constraints: column.constraints.map((each) => constraintOf(each, false)).sort(),
});

const indexOf = ({ name, unique, keys, where }: Index): IndexFacts => ({
  name: name ? lower(name) : '',
  unique,
  keys: keys.map(
    ({ column, direction }) => `${column?.toLowerCase() ?? 'expression'}${direction === 'desc' ? ' desc' : ''}`,
  ),
  where: where !== undefined,
});

function factOf(operation: Operation): Fact {
  const { kind } = operation;
  const flags = (['ifExists', 'ifNotExists', 'cascade', 'temporary'] as const).filter(
    (flag) => (operation as unknown as { [flag: string]: unknown })[flag] === true,
  ) as string[];
  const on = 'table' in operation && operation.table ? relation(operation.table) : undefined;
  const fact: Fact = { kind, ...(on !== undefined && { on }), flags };
  switch (operation.kind) {
    case 'CreateTable': {
      const { columns, constraints, indexes, temporary } = operation.definition;
      if (temporary) flags.push('temporary');
      fact.columns = columns.map(columnOf);
      fact.constraints = constraints.map((each) => constraintOf(each, true));
      fact.indexes = indexes.map(indexOf);
      return fact;
    }
    case 'AddColumn':
      return { ...fact, columns: [columnOf(operation.column)] };
    case 'ModifyColumn':
      return { ...fact, columns: [columnOf(operation.definition)] };
    case 'RenameColumn':
      return { ...fact, names: [operation.column, operation.to].map(lower) };
    case 'DropColumn':
    case 'SetNotNull':
    case 'DropNotNull':
    case 'SetDefault':
    case 'DropDefault':
      return { ...fact, names: [lower(operation.column)] };
    case 'RenameTable':
      return { ...fact, names: [relation(operation.to)] };
    case 'AddConstraint':
      return { ...fact, constraints: [constraintOf(operation.constraint, true)] };
    case 'DropConstraint':
      return {
        ...fact,
        names: [operation.constraintKind ?? '', operation.constraint ? lower(operation.constraint) : ''],
      };
    case 'CreateIndex':
      return { ...fact, indexes: [indexOf(operation.index)] };
    case 'DropIndex':
      return { ...fact, names: [relation(operation.index)] };
    case 'RenameIndex':
      return { ...fact, names: [relation(operation.index), lower(operation.to)] };
    case 'CreateView':
    case 'DropView':
      return { ...fact, on: relation(operation.view) };
    case 'CreateTrigger':
    case 'DropTrigger':
      return { ...fact, names: operation.name ? [lower(operation.name)] : [] };
    case 'Update':
      return { ...fact, names: operation.columns.map(lower), where: operation.where !== 'absent' };
    case 'Delete':
      return { ...fact, where: operation.where !== 'absent' };
    default:
      return fact;
  }
}

/** What ddlint reads of a statement, from its words alone. */
export const ours = (sql: string, dialect: Dialect): Facts =>
  readSql(sql, dialect).flatMap(({ operations }) => operations.map(factOf));
