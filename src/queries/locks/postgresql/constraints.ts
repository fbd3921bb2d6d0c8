import type { Constraint, QualifiedName } from '../../../ir/index.js';
import { provenNotNull, type Schema } from '../../replay.js';
import { columnKey } from '../../replay/state.js';
import { constraintNamed, keysReferringTo } from '../circumstances.js';
import { toOthers, type Read, type Reader } from './reading.js';

/** A constraint comes. */
export const addConstraint: Reader<'AddConstraint'> = ({ table, constraint }, { schema }) => ({
  actions: added(table, constraint, schema),
});

/** What adding a constraint to a table comes to. */
export function added(table: QualifiedName, constraint: Constraint, schema?: Schema): Read['actions'] {
  const { notValid, notEnforced } = constraint;
  switch (constraint.kind) {
    case 'check':
      return [{ name: notValid || notEnforced ? 'add check, not valid' : 'add check', table }];
    case 'foreign': {
      const others = constraint.target ? [constraint.target] : [];
      return [{ name: notValid || notEnforced ? 'add foreign key, not valid' : 'add foreign key', table, others }];
    }
    case 'exclude':
      return [{ name: 'add exclusion', table }];
    case 'unique':
      return [{ name: constraint.usingIndex ? 'add key of index' : 'add key', table }];
    case 'primary': {
      const looks = schema !== undefined && mayHoldNull(schema, table, constraint);
      return [
        { name: constraint.usingIndex ? 'add key of index' : 'add primary key', table },
        ...(looks ? [{ name: 'look for nulls' as const, table }] : []),
      ];
    }
  }
}

/** Whether a column of the key is known to take NULL, so that each row must be looked at. */
function mayHoldNull(schema: Schema, name: QualifiedName, key: Extract<Constraint, { kind: 'primary' }>): boolean {
  const { usingIndex } = key;
  const table = schema.table(name);
  const index = usingIndex && table?.indexes.find((each) => each.name === usingIndex.value)?.index;
  const columns = usingIndex
    ? (index?.keys.map(({ column = '' }) => column) ?? [])
    : key.columns.map(({ value }) => value);
  return columns.some((column) => {
    const state = table?.columns.get(columnKey(column));
    return state?.column.nullable === true && state.uncertain.length === 0 && !provenNotNull(schema, name, column);
  });
}

/** A constraint goes, and with CASCADE the foreign keys that rest on it. */
export const dropConstraint: Reader<'DropConstraint'> = ({ table, constraint: name, cascade }, { schema }) => {
  const constraint = constraintNamed(schema, table, name);
  const target = constraint?.kind === 'foreign' ? [constraint.target] : [];
  const isKey = constraint?.kind === 'primary' || constraint?.kind === 'unique';
  const columns = isKey ? constraint.columns.map(({ value }) => value) : [];
  const referring = cascade && isKey ? keysReferringTo(schema, table, columns).map((each) => each.table) : [];
  return {
    actions: [{ name: 'drop constraint', table }, ...toOthers('drop foreign keys', [...target, ...referring])],
  };
};

/** The rows of a constraint that was added NOT VALID are looked at. */
export const validateConstraint: Reader<'ValidateConstraint'> = ({ table, constraint: name }, { schema }) => {
  const constraint = constraintNamed(schema, table, name);
  if (constraint?.kind === 'foreign') {
    return { actions: [{ name: 'validate foreign key', table, others: constraint.target ? [constraint.target] : [] }] };
  }
  return { actions: [{ name: constraint?.kind === 'check' ? 'validate check' : 'validate constraint', table }] };
};

/** Whether a foreign key is looked at at all is kept by triggers, which the table that it refers to has too. */
export const alterConstraint: Reader<'AlterConstraint'> = ({ table, constraint: name, enforced }, { schema }) => {
  const constraint = enforced === undefined ? undefined : constraintNamed(schema, table, name);
  const target = constraint?.kind === 'foreign' ? [constraint.target] : [];
  return { actions: [{ name: 'alter constraint', table }, ...toOthers('switch foreign key', target)] };
};
