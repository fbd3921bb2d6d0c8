import type { Environment } from '../../../ir/index.js';
import type { Program } from '../injection/frames.js';
import type { Reading } from '../reading.js';
import { spanOf } from '../source.js';
import type { Stmt } from '../syntax/nodes.js';
import { autogenerateReads } from './autogenerate.js';
import { configuresIn } from './configure.js';
import { optionValue } from './options.js';
import { overridesUrl } from './url.js';

/** What can stand in a file that has something to say of how Alembic runs. */
const marks = /\bcmd_opts\b|\bconfigure\s*\(|\btarget_metadata\b/;

/** The statement that sets `target_metadata`; of several the last one. */
function targetIn(body: readonly Stmt[], reading: Reading): Environment['target'] {
  let found: Environment['target'];
  const open: Stmt[] = [...body].reverse();
  for (let stmt = open.pop(); stmt !== undefined; stmt = open.pop()) {
    if (stmt.kind === 'If' || stmt.kind === 'Try') open.push(...[...stmt.body, ...stmt.orelse].reverse());
    const target = stmt.kind === 'Assign' ? stmt.targets[0] : stmt.kind === 'AnnAssign' ? stmt.target : undefined;
    if ((stmt.kind !== 'Assign' && stmt.kind !== 'AnnAssign') || stmt.value === undefined) continue;
    if (target?.kind !== 'Name' || target.id !== 'target_metadata') continue;
    const value = optionValue(stmt.value, reading.interpreter.scope, reading);
    found = { value, span: spanOf(stmt.value) };
  }
  return found;
}

/** What a file says of how Alembic runs; nothing for one that says nothing. */
export function readEnvironment(program: Program, reading: Reading): Environment | undefined {
  const { module, source, path } = reading;
  if (!marks.test(source)) return undefined;
  const configures = configuresIn(program, reading);
  const reads = autogenerateReads(reading);
  const runs = configures.some(({ api }) => api === 'context.configure');
  const target = runs || /(?:^|\/)env\.py$/.test(path) ? targetIn(module.body, reading) : undefined;
  if (configures.length === 0 && reads.length === 0 && target === undefined) return undefined;
  return {
    configures,
    ...(target && { target }),
    autogenerateReads: reads,
    ...(runs && overridesUrl(program, reading) && { overridesUrl: true as const }),
  };
}
