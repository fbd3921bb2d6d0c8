import type { FileFacts, ModuleImport, Project, Table } from '../ir/index.js';
import { defineQuery } from '../rule.js';

/** A mapped class of the application, and the file that declares it. */
export interface ApplicationModel {
  facts: FileFacts;
  table: Table;
}

/** The mapped classes of the application by name. */
const models = defineQuery((project): ReadonlyMap<string, ApplicationModel[]> => {
  const found = new Map<string, ApplicationModel[]>();
  for (const facts of project.files) {
    if (facts.scope === 'test' || facts.migrations.length > 0) continue;
    for (const table of facts.tables) {
      if (table.className === undefined || (table.role !== 'table' && table.role !== 'mapped')) continue;
      const same = found.get(table.className);
      if (same) same.push({ facts, table });
      else found.set(table.className, [{ facts, table }]);
    }
  }
  return found;
});

/** The folders and files that Python modules of the project go by, each as its last parts: `app/models`, `models`. */
const pythonModules = defineQuery((project): ReadonlySet<string> => {
  const known = new Set<string>();
  for (const { path, frontend } of project.files) {
    if (frontend !== 'python') continue;
    const parts = path
      .replace(/\.pyi?$/, '')
      .replace(/\/__init__$/, '')
      .split('/');
    for (let end = parts.length; end > 0; end--)
      for (let start = Math.max(0, end - 6); start < end; start++) known.add(parts.slice(start, end).join('.'));
  }
  return known;
});

/** A name that a migration imports and that is a mapped class. */
export interface ImportedModel {
  name: string;
  as: string;
  /** Absent where its file was not read, and only its name and that of its module tell. */
  model?: ApplicationModel;
}

/** The mapped classes that one statement of a migration imports. */
export function importedModels(project: Project, facts: FileFacts, statement: ModuleImport): ImportedModel[] {
  const { module, names } = statement;
  const isPython = facts.frontend === 'python';
  const holds = isPython ? isOfPackage(module) : isOfModule(module);
  return names.flatMap(({ name, as }): ImportedModel[] => {
    const own = name === 'default' ? as : name;
    const model = models(project)
      .get(own)
      ?.find((each) => each.facts.frontend === facts.frontend && holds(pathOf(each.facts)));
    if (model) return [{ name: own, as, model }];
    const isKnown = !isPython || pythonModules(project).has(module);
    return !isKnown && isOfModels(module) && isClassName(name) ? [{ name, as }] : [];
  });
}

/** Without its ending, and without the name of a file that stands for its folder. */
const pathOf = ({ path }: FileFacts): string =>
  path.replace(/\.(?:pyi?|[cm]?[jt]sx?)$/, '').replace(/\/(?:__init__|index)$/, '');

/** A package hands on names of any module of its own. */
function isOfPackage(module: string): (path: string) => boolean {
  const root = module.split('.').at(0) ?? module;
  return (path) => path.split('/').includes(root);
}

/** A module, or a folder whose index hands on what its files have. Where the first part is an alias, the rest decides. */
function isOfModule(module: string): (path: string) => boolean {
  const place = module.replace(/\/index$/, '').replace(/^(?:@[^/]*|~)\//, '');
  return (path) => `/${path}/`.includes(`/${place}/`);
}

const isOfModels = (module: string): boolean => /(?:^|\.)(?:models|entities)$/.test(module) && module.includes('.');

const isClassName = (name: string): boolean =>
  /^[A-Z][A-Za-z\d]*[a-z][A-Za-z\d]*$/.test(name) && !/Enum|Type$|^Base$/.test(name);

/** Whether a name of a revision that is quoted without its imports is that of a mapped class. */
export function isUnshownModel(project: Project, { migrations }: FileFacts, name: string): boolean {
  return migrations.every(({ parents }) => parents === undefined) && models(project).has(name);
}
