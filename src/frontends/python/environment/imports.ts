import type { Stmt } from '../syntax/nodes.js';
import type { Reading } from '../reading.js';
import { absoluteModule } from '../values/names.js';

/** Calls that load modules by names made at run time. */
const loaders =
  /\b(?:import_module|__import__|walk_packages|iter_modules|import_string|find_modules|entry_points|iter_entry_points|exec_module|spec_from_file_location|run_path|run_module|autodiscover\w*)\s*\(/;

const isTypeChecking = (stmt: Stmt, source: string): boolean =>
  stmt.kind === 'If' && /^(?:\w+\.)?TYPE_CHECKING$/.test(source.slice(stmt.test.start, stmt.test.end));

/**
 * The dotted names that a module imports anywhere: modules, and names of modules that may be modules themselves. Imports
 * for type checkers alone don't run.
 */
export function importsOf({ module, path, source }: Reading): string[] {
  const names = new Set<string>();
  const open: Stmt[] = [...module.body];
  for (let stmt = open.pop(); stmt !== undefined; stmt = open.pop()) {
    if (stmt.kind === 'Import') for (const each of stmt.names) names.add(each.module);
    if (stmt.kind === 'ImportFrom') {
      const from = absoluteModule(path, stmt.level, stmt.module);
      if (from !== '') names.add(from);
      for (const { name } of stmt.names) if (name !== '*') names.add(from === '' ? name : `${from}.${name}`);
    }
    if (isTypeChecking(stmt, source)) {
      if (stmt.kind === 'If') open.push(...stmt.orelse);
      continue;
    }
    if ('body' in stmt) open.push(...stmt.body);
    if ('orelse' in stmt) open.push(...stmt.orelse);
    if (stmt.kind === 'Try') open.push(...stmt.final, ...stmt.handlers.flatMap(({ body }) => body));
    if (stmt.kind === 'Match') open.push(...stmt.cases.flatMap(({ body }) => body));
  }
  return [...names];
}

/** Whether a module may load others by names that are made at run time. */
export const loadsByName = (source: string): boolean => loaders.test(source);
