import type { JsonSchema } from '../options.js';
import { didYouMean } from './suggestion.js';

const listed = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ');

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const article = (type: string): string => (type === 'null' ? type : /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`);

/** What the keys of an object are called there: rules and options have names of their own. */
function nounAt(path: string): string {
  if (/(^|\.)rules$/.test(path)) return 'rule';
  return /\brules\..*\[1\]$/.test(path) ? 'option' : 'key';
}

/** The form that a text ought to have: a way to write it, or what it says. */
const wordsFor = (title: unknown): string =>
  /[#]/.test(String(title)) ? `written as ${String(title)}` : String(title);

function isPattern(source: string): boolean {
  try {
    return new RegExp(source).source !== '';
  } catch {
    return false;
  }
}

/** Checks values against the part of JSON Schema (draft 04) that `configSchema` uses. */
class Validator {
  readonly problems: string[] = [];

  constructor(private readonly root: JsonSchema) {}

  check(value: unknown, schema: JsonSchema, path: string): void {
    const where = path === '' ? 'the configuration' : `"${path}"`;
    if (typeof schema['$ref'] === 'string') return this.check(value, this.resolved(schema['$ref']), path);
    if (Array.isArray(schema['anyOf'])) return this.checkAny(value, schema['anyOf'] as JsonSchema[], path);
    if (Array.isArray(schema['enum'])) {
      if (schema['enum'].includes(value)) return;
      const hint =
        typeof value === 'string'
          ? didYouMean(
              value,
              schema['enum'].filter((each) => typeof each === 'string'),
            )
          : '';
      this.problems.push(`${where} is ${JSON.stringify(value)}, not one of ${listed(schema['enum'])}${hint}`);
      return;
    }
    const type = schema['type'];
    if (typeof type === 'string' && typeOf(value) !== type) {
      this.problems.push(`${where} is ${article(typeOf(value))}, not ${article(type)}`);
      return;
    }
    if (schema['format'] === 'regex' && !isPattern(value as string)) {
      this.problems.push(`${where} is ${JSON.stringify(value)}, which is no regular expression`);
    }
    const { pattern, title } = schema;
    if (typeof pattern === 'string' && !new RegExp(pattern).test(value as string)) {
      this.problems.push(`${where} is ${JSON.stringify(value)}, which is not ${wordsFor(title)}`);
    }
    if (Array.isArray(value)) this.checkArray(value, schema, path, where);
    else if (type === 'object') this.checkObject(value as { [key: string]: unknown }, schema, path, where);
    else if (typeof value === 'number' && typeof schema['minimum'] === 'number' && value < schema['minimum']) {
      this.problems.push(`${where} is ${value}, below ${schema['minimum']}`);
    }
  }

  private resolved(reference: string): JsonSchema {
    const name = reference.slice('#/definitions/'.length);
    return (this.root['definitions'] as { [name: string]: JsonSchema })[name]!;
  }

  /** Reports what the branch of the value's own type has to say: its complaint is the one that helps. */
  private checkAny(value: unknown, branches: readonly JsonSchema[], path: string): void {
    const attempts = branches.map((schema) => {
      const attempt = new Validator(this.root);
      attempt.check(value, schema, path);
      return { schema, problems: attempt.problems };
    });
    if (attempts.some(({ problems }) => problems.length === 0)) return;
    const fitting = attempts.find(({ schema }) => (schema['type'] ?? 'string') === typeOf(value)) ?? attempts[0]!;
    this.problems.push(...fitting.problems);
  }

  private checkArray(value: readonly unknown[], schema: JsonSchema, path: string, where: string): void {
    const { items } = schema;
    const least = schema['minItems'];
    if (typeof least === 'number' && value.length < least) this.problems.push(`${where} is empty`);
    if (Array.isArray(items) && value.length > items.length) {
      this.problems.push(`${where} has ${value.length} entries, at most ${items.length} are expected`);
    }
    value.forEach((each, index) => {
      const item = (Array.isArray(items) ? items[index] : items) as JsonSchema | undefined;
      if (item) this.check(each, item, `${path}[${index}]`);
    });
    if (schema['uniqueItems'] === true) {
      const seen = new Set<string>();
      for (const each of value.map((entry) => JSON.stringify(entry))) {
        if (seen.has(each)) this.problems.push(`${where} holds ${each} twice`);
        seen.add(each);
      }
    }
  }

  private checkObject(value: { [key: string]: unknown }, schema: JsonSchema, path: string, where: string): void {
    const properties = (schema['properties'] ?? {}) as { [key: string]: JsonSchema };
    for (const required of (schema['required'] ?? []) as string[]) {
      if (!(required in value)) this.problems.push(`${where} has no "${required}"`);
    }
    const patterns = Object.entries((schema['patternProperties'] ?? {}) as { [pattern: string]: JsonSchema });
    for (const [key, entry] of Object.entries(value)) {
      const inside = path === '' ? key : `${path}.${key}`;
      const fitting = patterns.find(([pattern]) => new RegExp(pattern).test(key));
      if (fitting) this.check(entry, fitting[1], inside);
      else if (patterns.length > 0) {
        this.problems.push(`${where} has the key "${key}", which is not ${wordsFor(schema['title'])}`);
      } else if (Object.hasOwn(properties, key)) this.check(entry, properties[key]!, inside);
      else if (schema['additionalProperties'] === false) {
        const place = path === '' ? '' : ` in "${path}"`;
        this.problems.push(`unknown ${nounAt(path)} "${key}"${place}${didYouMean(key, Object.keys(properties))}`);
      }
    }
  }
}

/** What is wrong with a value, one sentence each; empty where it fits the schema. */
export function validate(value: unknown, schema: JsonSchema): string[] {
  const validator = new Validator(schema);
  validator.check(value, schema, '');
  return validator.problems;
}
