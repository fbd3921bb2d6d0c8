import type { Dialect } from '../../../ir/index.js';
import { itemsOf, textOf, unknown, type Test, type Value } from './value.js';

const known: Dialect[] = ['postgresql', 'cockroachdb', 'mysql', 'mariadb', 'sqlite', 'tsql', 'oracle'];
const spelled: { [name: string]: Dialect } = { mssql: 'tsql', postgres: 'postgresql' };

const asDialect = (name: string): Dialect | undefined => spelled[name] ?? known.find((dialect) => dialect === name);

const dialectName = /(?:\bdialect\.name|\bdialect|\bengine\.name)$/;
const asksForExistence =
  /\binspect\(\)|\bInspector\b|get_table_names|get_view_names|has_table|has_column|get_columns|get_indexes|get_(?:unique|check)_constraints|get_foreign_keys|get_pk_constraint|get_enums|get_schema_names/;
const catalogue =
  /information_schema|pg_catalog|pg_class|pg_index|pg_type|pg_constraint|pg_enum|to_regclass|sqlite_master/i;

const nameOf = (value: Value): string | undefined =>
  value.kind === 'ref' ? value.name : value.kind === 'call' ? value.func : undefined;

/** Whether a value was read from the database's own catalogue. */
function isFromCatalogue(value: Value): boolean {
  if (value.kind === 'unknown') return value.test?.kind === 'existence';
  for (let at = value.kind === 'ref' ? value.of : value; at?.kind === 'call'; at = at.of) {
    if (asksForExistence.test(at.func)) return true;
    if (
      at.args.some(({ value: each }) =>
        catalogue.test(textOf(each) ?? (each.kind === 'call' ? (textOf(each.args[0]?.value) ?? '') : '')),
      )
    ) {
      return true;
    }
  }
  return asksForExistence.test(nameOf(value) ?? '');
}

/** An unknown value that was computed from others: what they depend on, it depends on. */
export function derived(reason: string, ...from: (Value | undefined)[]): Value {
  const tests = from.flatMap((value): Test[] => {
    if (value === undefined) return [];
    if (value.kind === 'unknown') return value.test ? [value.test] : [];
    return isFromCatalogue(value) ? [{ kind: 'existence' }] : [];
  });
  const [test] = tests;
  return test === undefined ? unknown(reason) : { kind: 'unknown', reason, test };
}

/** The value of a comparison whose sides are not both known. */
export function comparison(op: string, left: Value, right: Value): Value {
  const [subject, other] = dialectName.test(nameOf(left) ?? '') ? [left, right] : [right, left];
  if (dialectName.test(nameOf(subject) ?? '')) {
    const names = (itemsOf(other) ?? [other]).map((value) => textOf(value));
    const dialects = names.map((name) => (name === undefined ? undefined : asDialect(name)));
    if (dialects.length > 0 && dialects.every((dialect) => dialect !== undefined)) {
      const test: Test = { kind: 'dialect', dialects };
      if (op === '==' || op === 'in') return { kind: 'unknown', reason: 'depends on the dialect', test };
      if (op === '!=' || op === 'not in') return negated({ kind: 'unknown', reason: 'depends on the dialect', test });
    }
  }
  return derived('a comparison of values that are not known', left, right);
}

/** The value of `not value`, where `value` is not known. */
export function negated(value: Value): Value {
  const byUrl = urlTest(value);
  if (byUrl !== undefined) return negated({ kind: 'unknown', reason: 'depends on the dialect', test: byUrl });
  if (value.kind === 'unknown' && value.test?.kind === 'dialect') {
    const { dialects } = value.test;
    return { ...value, test: { kind: 'dialect', dialects: known.filter((dialect) => !dialects.includes(dialect)) } };
  }
  return derived('the negation of a value that is not known', value);
}

/** `str(bind.engine.url).startswith("mysql")`: the dialects whose addresses begin that way. */
function urlTest(value: Value): Test | undefined {
  if (value.kind !== 'call' || !/\.startswith$/.test(value.func)) return undefined;
  const address = value.of?.func === 'str' ? value.of.args[0]?.value : value.of;
  const name = address && nameOf(address);
  const scheme = /^(\w+)/.exec(textOf(value.args[0]?.value) ?? '')?.[1];
  const dialect = scheme === undefined ? undefined : asDialect(scheme);
  if (dialect === undefined || name === undefined || !/\.url$/.test(name)) return undefined;
  return { kind: 'dialect', dialects: dialect === 'mysql' ? ['mysql', 'mariadb'] : [dialect] };
}

/** What an unknown condition depends on. */
export function testOf(value: Value): Test | undefined {
  const byUrl = urlTest(value);
  if (byUrl !== undefined) return byUrl;
  const found = value.kind === 'unknown' ? value : derived('', value);
  return found.kind === 'unknown' ? found.test : undefined;
}
