import type { AutogenerateRead, EnvironmentConfigure, Span, TextEdit } from '../../../ir/index.js';
import { appended, literal, replaced, type Manner } from './edits.js';
import { importing } from './imports.js';

/** `compare_server_default=True` in `context.configure(…)`, or in the `opts` of `MigrationContext.configure(…)`. */
export function setAlembicOption(
  { api, options, anchor }: EnvironmentConfigure,
  name: string,
  value: boolean,
  source: string,
  manner: Manner,
): TextEdit[] | undefined {
  const written = value ? 'True' : 'False';
  const given = options.find((option) => option.name === name);
  if (given !== undefined) {
    // A value that comes by a variable is set elsewhere.
    return /^(?:True|False|None)$/.test(source.slice(given.span.start, given.span.end))
      ? [replaced(given.span, written)]
      : undefined;
  }
  const { call, opts } = anchor.lists;
  if (call === undefined) return undefined;
  if (api === 'context.configure') return [appended(call, `${name}=${written}`, source, manner)];
  const entry = `${literal(name, manner)}: ${written}`;
  if (opts) return [appended(opts, entry, source, manner)];
  return call.entries.some(({ key }) => key === 'opts')
    ? undefined
    : [appended(call, `opts={${entry}}`, source, manner)];
}

/** `target_metadata = Base.metadata`, with the import that it needs. */
export function setTargetMetadata(
  at: Span | EnvironmentConfigure,
  { module, name, attribute }: { module: string; name: string; attribute?: 'metadata' },
  source: string,
  manner: Manner,
): TextEdit[] | undefined {
  const imported = importing(source, [{ module, name }]);
  const spelled = imported?.names[0];
  if (imported === undefined || spelled === undefined) return undefined;
  const value = attribute === undefined ? spelled : `${spelled}.${attribute}`;
  if (!('api' in at)) {
    // The new import has to stand above the statement that needs it.
    const isAbove = imported.edits.every(({ span }) => span.end <= at.start);
    return isAbove ? [...imported.edits, replaced(at, value)] : undefined;
  }
  const { call } = at.anchor.lists;
  const given = at.options.find((option) => option.name === 'target_metadata');
  if (given !== undefined) return [...imported.edits, replaced(given.span, value)];
  return call && [...imported.edits, appended(call, `target_metadata=${value}`, source, manner)];
}

/** `getattr(config.cmd_opts, "autogenerate", False)`. */
export function readAutogenerate({ options, span }: AutogenerateRead, source: string, manner: Manner): TextEdit[] {
  const read = source.slice(options.start, options.end);
  return [replaced(span, `getattr(${read}, ${literal('autogenerate', manner)}, False)`)];
}
