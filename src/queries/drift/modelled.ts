import type { FileFacts, QualifiedName, Table } from '../../ir/index.js';
import { defineQuery } from '../../rule.js';
import { isCertain } from '../tables.js';
import { databases, placesOf, schemaKey, tablesNamed, type Database } from './databases.js';
import { generates, isOwnRunner } from './orms.js';

/** A model, and where it stands. */
export interface Declaration {
  table: Table;
  facts: FileFacts;
}

/** A table as the models of one database declare it: mostly once. */
export interface ModelledTable {
  name: QualifiedName;
  declarations: Declaration[];
  /** It can be of no other database. */
  sure: boolean;
  /** Its name and schema are known. */
  named: boolean;
}

/** The models of one database. */
export interface Models {
  database: Database;
  /** By schema and name in lower case. */
  tables: Map<string, ModelledTable>;
  /** Names in lower case, whatever the schema: of these tables, of views, and of what relations go through, of tables apart. */
  names: Set<string>;
  /** A model whose table is not known: any may be its own. */
  nameless: boolean;
}

/** The models of each database of the project, tests left out. */
export const modelsOf = defineQuery((project): ReadonlyMap<Database, Models> => {
  const result = new Map<Database, Models>();
  for (const database of databases(project)) {
    result.set(database, { database, tables: new Map(), names: new Set(), nameless: false });
  }
  for (const facts of project.files) {
    // Tables in a migration are there for its own queries.
    if (facts.scope === 'test' || facts.migrations.length > 0) continue;
    for (const table of facts.tables) {
      if (table.role === 'abstract' || table.temporary) continue;
      for (const { database, sure } of placesOf(project, facts, table)) {
        enter(result.get(database)!, { table, facts }, sure);
      }
    }
  }
  return result;
});

function enter(models: Models, declaration: Declaration, sure: boolean): void {
  const { table } = declaration;
  if (table.name.name.unknown || table.name.schema?.unknown) {
    models.nameless = true;
    return;
  }
  const name = table.name.name.value.toLowerCase();
  models.names.add(name);
  for (const { through } of table.relationships) if (through) models.names.add(through.name.value.toLowerCase());
  if (table.role === 'view' || table.apart) return;
  const key = `${schemaKey(table.name.schema, models.database.dialect)}.${name}`;
  const known = models.tables.get(key);
  // Of a class over a table nothing is known but that name.
  const named = table.role === 'mapped' || isCertain(table, 'name');
  if (known === undefined) models.tables.set(key, { name: table.name, declarations: [declaration], sure, named });
  else {
    known.declarations.push(declaration);
    known.sure &&= sure;
    known.named &&= named;
  }
}

/**
 * Whether the models and the histories of a database belong together beyond doubt: the tool writes the one from the
 * other, an env.py says so, or the histories know enough of the models: half of them where they are plain SQL, else a
 * third.
 */
export function belongTogether({ database, tables }: Models): boolean {
  const { runner, environments } = database;
  if (generates(runner) || environments.some(({ metadata }) => metadata !== 'unknown')) return true;
  const found = [...tables.values()].filter(({ name }) => tablesNamed(database, name).length > 0).length;
  return found * (isOwnRunner(runner) ? 3 : 2) >= tables.size;
}
