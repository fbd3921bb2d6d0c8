import type { JsonSchema } from '../../src/options.js';

/** The values that a key takes, in the words of the table. */
function valuesOf(schema: JsonSchema): string {
  const { enum: choices, anyOf, items, type } = schema as { [key: string]: unknown };
  if (Array.isArray(choices)) return choices.map((choice) => `\`${String(choice)}\``).join(', ');
  if (Array.isArray(anyOf)) return [...new Set((anyOf as JsonSchema[]).map(valuesOf))].join('; or ');
  if (type === 'array') return `a list: ${valuesOf((Array.isArray(items) ? items[0] : items) as JsonSchema)}`;
  return typeof type === 'string' ? type : 'object';
}

function* rows(schema: JsonSchema, prefix = ''): Generator<string> {
  for (const [key, value] of Object.entries(schema['properties'] as { [key: string]: JsonSchema })) {
    const reference = value['$ref'] !== undefined;
    if (key.startsWith('$')) continue;
    if (value['type'] === 'object' && value['properties'] !== undefined) {
      yield* rows(value, `${prefix}${key}.`);
      continue;
    }
    const meaning = reference
      ? 'Rules by id: a severity, or a severity and options.'
      : (value['description'] as string);
    yield `| \`${prefix}${key}\` | ${reference ? '`off`, `info`, `warn`, `error`, or `[severity, options]`' : valuesOf(value)} | ${meaning} |`;
  }
}

/** The keys of the configuration as a Markdown table. */
export function configurationTable(schema: JsonSchema): string {
  return ['| Key | Values | Meaning |', '| --- | --- | --- |', ...rows(schema)].join('\n');
}
