import { ts } from 'ts-morph';
import type { FileFacts } from '../../../ir/index.js';
import { configuration } from '../engines/engines.js';
import type { Library } from '../library.js';
import { bare, nameText } from '../syntax.js';
import type { Unit } from '../unit.js';
import { kitOptions } from './config.js';
import { awaits, declare } from './declare.js';
import { identities } from './identities.js';
import { models } from './models.js';
import { coreOf, dialectOf } from './modules.js';

/** Drizzle: its tables for PostgreSQL, MySQL and SQLite, and what code does with them. */
export const drizzle: Library = { name: 'drizzle', identities, declare, awaits, models, read };

const coreModules = /['"](drizzle-orm\/\w+-core)['"]/g;

/** What one file says by itself: the database that its builders are for, and what drizzle-kit connects with. */
function read(unit: Unit, facts: FileFacts): void {
  const cores = new Set([...unit.text.matchAll(coreModules)].flatMap(([, module]) => coreOf(module!) ?? []));
  const [core, ...others] = cores;
  if (core && others.length === 0) facts.dialect = dialectOf(core, facts.dialect);
  if (!unit.mentions('drizzle-kit')) return;
  for (const property of kitOptions(unit)?.properties ?? []) {
    if (!ts.isPropertyAssignment(property) || nameText(property.name) !== 'dbCredentials') continue;
    const credentials = bare(property.initializer);
    if (!ts.isObjectLiteralExpression(credentials)) continue;
    const made = configuration(credentials, { api: 'dbCredentials', library: 'drizzle' }, unit, facts);
    facts.engines = [...(facts.engines ?? []), made];
  }
}
