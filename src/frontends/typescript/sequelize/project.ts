import type { Span } from '../../../ir/index.js';
import { declaredBy, type LinkedFile, type Models } from '../library.js';
import { settled, type Lookup } from '../linking/lookup.js';
import { nearest } from '../linking/nearest.js';
import { annotationOf } from '../typeorm/columns.js';
import { mayBeOfProject } from '../linking/imports.js';
import { property, textOf, type Value } from '../values/values.js';
import type { Association } from './association.js';
import { Associations } from './associations.js';
import type { AssociationKind, Declarations, ModelDeclaration, ModelRef } from './declarations.js';
import {
  decoratedClass,
  decoratedIndexes,
  definitionOf,
  foreignKeysIn,
  objectOf,
  relationsIn,
  type DecoratedClass,
} from './decorated.js';
import {
  addDefaults,
  attributeFrom,
  newModel,
  tableRef,
  type FindTable,
  type IndexDeclaration,
  type Model,
} from './model.js';
import { ModelIndex } from './model-index.js';
import { isConnection, isSequelize } from './modules.js';
import { Options } from './options.js';
import { tableOf } from './tables.js';
import { dataTypeOf } from './types.js';

/** The tables of all models of a project, by the file that declares them. */
export function modelsOf(files: readonly LinkedFile[], lookup: Lookup): Map<string, Models> {
  if (!files.some(concerns)) return new Map();
  const project = new Project(files, lookup);
  const facts = new Map<string, Models>();
  for (const model of project.models) {
    const { table, enums } = tableOf(model);
    const before = facts.get(model.path);
    facts.set(model.path, {
      tables: [...(before?.tables ?? []), table],
      enums: [...(before?.enums ?? []), ...enums],
    });
  }
  return facts;
}

/** Whether anything in a file is Sequelize's: most projects have nothing of it. */
const concerns = ({ symbols }: LinkedFile): boolean =>
  symbols.declared['sequelize'] !== undefined ||
  symbols.classes.some(
    ({ base, decorators, members }) =>
      isSequelize(base?.module) ||
      [...decorators, ...members.flatMap((member) => member.decorators)].some(({ origin }) =>
        isSequelize(origin.module),
      ),
  );

class Project {
  readonly models: Model[] = [];
  readonly #files: readonly LinkedFile[];
  readonly #index: ModelIndex;
  readonly #defines: { path: string; value: Value | undefined }[];
  readonly #classes: { model: Model; decorated: DecoratedClass }[] = [];

  constructor(
    files: readonly LinkedFile[],
    private readonly lookup: Lookup,
  ) {
    this.#index = new ModelIndex(lookup);
    this.#files = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
    this.#defines = this.#each(({ connections }, path) =>
      connections.map(({ define }) => ({ path, value: define && settled(define, path, lookup) })),
    );
    const found = this.#files.flatMap((file) => this.#declared(file));
    // Models may name each other's tables before their own attributes are read.
    for (const { model } of found) this.#add(model);
    for (const { attributes } of found) attributes();
    this.#associate();
  }

  #add(model: Model): void {
    this.models.push(model);
    this.#index.add(model);
  }

  #each<T>(read: (declarations: Declarations, path: string) => T[]): T[] {
    return this.#files.flatMap(({ path, symbols }) => {
      const declared = declaredBy<Declarations>('sequelize', symbols);
      return declared ? read(declared, path) : [];
    });
  }

  /** The models of a file, each with what reads its attributes. */
  #declared(file: LinkedFile): { model: Model; attributes: () => void }[] {
    const declared = declaredBy<Declarations>('sequelize', file.symbols);
    const called = (declared?.models ?? []).flatMap((each) => this.#called(each, file) ?? []);
    const classes = file.symbols.classes.flatMap((record) => {
      const decorated = decoratedClass({ record, path: file.path }, this.lookup);
      return decorated ? [this.#decorated(decorated, file)] : [];
    });
    return [...called, ...classes];
  }

  #define(path: string): Value | undefined {
    return nearest(this.#defines, path);
  }

  /** A model by `define` or `init`. */
  #called(declared: ModelDeclaration, file: LinkedFile): { model: Model; attributes: () => void } | undefined {
    const { path } = file;
    const settle = (value: Value): Value => settled(value, path, this.lookup);
    const attributes = settle(declared.attributes);
    if (!this.#isOurs(declared, attributes, path)) return undefined;
    const settings = declared.options && settle(declared.options);
    const options = new Options([{ value: this.#define(path) }, { value: settings }]);
    const given = declared.name ? settle(declared.name) : options.get('modelName');
    const name = textOf(given) ?? declared.className;
    if (name === undefined && declared.form === 'define' && !textOf(options.get('tableName'))) return undefined;
    const { className, variable, nameSpan, doc, anchor } = declared;
    const model = newModel(
      {
        path,
        dialect: file.dialect,
        role: 'table',
        name: name ?? variable ?? '',
        nameSpan,
        ...(className !== undefined && { className }),
        ...(variable !== undefined && { variable }),
        ...(doc && { doc }),
        anchor,
      },
      options,
    );
    return { model, attributes: () => this.#addAttributes(model, declared, attributes) };
  }

  /** Data types of the package, or a connection or base class of it, tell that a call is Sequelize's. */
  #isOurs(declared: ModelDeclaration, attributes: Value, path: string): boolean {
    const typed =
      attributes.kind === 'object' &&
      attributes.entries.some(({ value }) => dataTypeOf(value) ?? dataTypeOf(property(value, 'type')));
    if (typed) return true;
    if (declared.form === 'define') {
      if (declared.connection) return isConnection(this.#settledChain(declared.connection, path));
      return attributes.kind === 'object' && attributes.entries.length === 0;
    }
    return declared.className !== undefined && this.#isModelClass(declared.className, path);
  }

  #settledChain(value: Value, path: string): Value | undefined {
    if (value.kind !== 'reference' || value.module === undefined) return value;
    return this.lookup.valueOf({ module: value.module, name: value.name }, path, false);
  }

  #isModelClass(name: string, path: string): boolean {
    let at = this.lookup.classOf(name, undefined, path);
    for (let hops = 0; at && hops < 20; hops++) {
      const { base } = at.record;
      if (!base) return false;
      if (base.module !== undefined && !mayBeOfProject(base.module))
        return isSequelize(this.lookup.originOf({ module: base.module, name: base.name }, at.path).module);
      at = this.lookup.classOf(base.name, base.module, at.path);
    }
    return false;
  }

  #addAttributes(model: Model, declared: ModelDeclaration, attributes: Value): void {
    const find = this.#finder(model.path);
    if (attributes.kind === 'object') {
      for (const { key, span, value, doc } of attributes.entries) {
        const anchor = declared.anchors[key];
        const isHere = anchor !== undefined && anchor.span.start === span.start;
        const nameSpan = isHere ? { start: span.start, end: Math.min(span.end, span.start + key.length) } : span;
        const place = { nameSpan, span: nameSpan, ...(doc && { doc }), ...(isHere && { anchor }) };
        model.attributes.set(key, attributeFrom(key, value, place, model, find));
      }
    }
    if (attributes.kind !== 'object' || !attributes.complete)
      model.uncertain.push({ about: 'columns', reason: 'attributes of the model are not known' });
    addDefaults(model);
    for (const name of declared.removed) model.attributes.delete(name);
    model.indexes.push(...listedIndexes(model));
  }

  #finder(path: string): FindTable {
    return (value) => {
      const model = this.#index.resolve(refOf(value), path);
      return model && tableRef(model);
    };
  }

  /** A model by decorators. */
  #decorated(decorated: DecoratedClass, file: LinkedFile): { model: Model; attributes: () => void } {
    const { record, path } = decorated.found;
    const options = new Options([{ value: this.#define(path) }, ...decorated.options.map((value) => ({ value }))]);
    const isTable =
      decorated.isTable && (this.#isListed(record.name, path) || this.lookup.derivedFrom(decorated.found).length === 0);
    const model = newModel(
      {
        path,
        dialect: file.dialect,
        role: isTable ? 'table' : 'abstract',
        name: options.text('modelName') ?? record.name,
        className: record.name,
        nameSpan: record.nameSpan,
        ...(record.doc && { doc: record.doc }),
        anchor: record.anchor,
        uncertain: decorated.missing === undefined ? [] : [{ about: 'columns', reason: decorated.missing }],
      },
      options,
    );
    this.#classes.push({ model, decorated });
    return { model, attributes: () => this.#addMembers(model, decorated, isTable) };
  }

  #isListed(name: string, path: string): boolean {
    return this.#each(({ connections }, from) =>
      connections.flatMap(({ models }) => models.map((ref) => ({ ref, from }))),
    ).some(({ ref, from }) => {
      const place = ref.origin && this.lookup.placeOf(ref.origin, from);
      return place ? place.path === path && place.name === name : ref.local === name && from === path;
    });
  }

  #addMembers(model: Model, decorated: DecoratedClass, isTable: boolean): void {
    const find = this.#finder(model.path);
    const own = decorated.chain.at(-1)!;
    for (const { record, path } of decorated.chain) {
      const isOwn = record.name === own.record.name && path === own.path;
      const at = isOwn ? undefined : (own.record.base?.span ?? own.record.nameSpan);
      for (const member of record.members) {
        const read = definitionOf(member);
        if (!read) continue;
        const span = at ?? member.nameSpan;
        const place = {
          nameSpan: span,
          span,
          declaredAs: '@Column',
          ...(read.implied && { implied: true as const }),
          ...(isOwn && member.type && { annotation: annotationOf(member.type) }),
          ...(member.doc && { doc: isOwn ? member.doc : { ...member.doc, span } }),
          ...(isOwn ? { anchor: member.anchor } : { from: record.name }),
        };
        const definition = at ? movedTo(read.definition, at) : read.definition;
        model.attributes.set(member.name, attributeFrom(member.name, definition, place, model, find));
      }
    }
    if (isTable) addDefaults(model);
    const listed = model.options.get('indexes');
    model.indexes.push(...(listed ? listedIndexes(model) : decoratedIndexes(decorated)));
  }

  #associate(): void {
    const associations = new Associations(
      (name, path) => this.#index.named(name, path),
      (model) => this.#add(model),
    );
    for (const association of [...this.#calledAssociations(), ...this.#decoratedAssociations()])
      associations.add(association);
  }

  #calledAssociations(): Association[] {
    return this.#each(({ associations }, path) =>
      associations.flatMap(({ kind, source, target, options, through, span, doc, anchor }): Association[] => {
        const from = this.#index.resolve(source, path);
        const to = this.#index.resolve(target, path);
        if (!from || !to) {
          const known = from ?? to;
          if (known)
            known.uncertain.push({ about: 'columns', reason: 'a model that it is associated with is not known' });
          return [];
        }
        const joining = through && this.#index.resolve(through, path);
        const settings = options && settled(options, path, this.lookup);
        return [
          {
            kind,
            source: from,
            target: to,
            options: settings,
            ...(joining && { through: joining }),
            ...(doc && { doc }),
            anchor,
            path,
            span,
          },
        ];
      }),
    );
  }

  /** Classes in the order in which the connection lists them, the others behind by path. */
  #decoratedAssociations(): Association[] {
    const listed = this.#each(({ connections }, path) =>
      connections.flatMap(({ models }) => models.flatMap((ref) => this.#index.resolve(ref, path) ?? [])),
    );
    const order = ({ model }: { model: Model }): number =>
      listed.includes(model) ? listed.indexOf(model) : listed.length;
    return [...this.#classes]
      .filter(({ model }) => model.role === 'table')
      .sort((a, b) => order(a) - order(b))
      .flatMap(({ model, decorated }) => relationsIn(decorated).flatMap((each) => this.#relation(model, each) ?? []));
  }

  #relation(
    model: Model,
    { decorator, member, path }: ReturnType<typeof relationsIn>[number],
  ): Association | undefined {
    const [given, second, third, fourth] = decorator.args;
    const target = this.#index.resolve(refOf(returned(given)), path);
    const isHere = path === model.path;
    const span = isHere ? member.nameSpan : model.nameSpan;
    const attribute = { name: member.name, span };
    if (!target) {
      const reason = `the model that ${member.name} points to is not known`;
      model.uncertain.push({ about: 'columns', reason });
      return undefined;
    }
    const name = decorator.origin.name;
    const kind = (name.charAt(0).toLowerCase() + name.slice(1)) as AssociationKind;
    const base = {
      kind,
      source: model,
      target,
      path: model.path,
      span,
      attribute,
      ...(member.doc && isHere && { doc: member.doc }),
      ...(isHere && { anchor: member.anchor }),
    };
    const as: Value = { kind: 'text', parts: [{ value: member.name, offsets: [[0, span.start]] }], span };
    if (kind === 'belongsToMany') {
      const options =
        second?.kind === 'object' ? second : objectOf(span, { through: second, foreignKey: third, otherKey: fourth });
      const through = property(options, 'through');
      const inner = through?.kind === 'object' ? property(through, 'model') : through;
      const joining = this.#index.resolve(refOf(returned(inner)), path);
      const settings = withDefault(options, 'as', as);
      const keyed = this.#withKey(settings, 'foreignKey', model, joining, decorator.origin.module);
      return {
        ...base,
        options: this.#withKey(keyed, 'otherKey', target, joining, decorator.origin.module),
        ...(joining && { through: joining }),
      };
    }
    const options =
      textOf(second) !== undefined ? objectOf(span, { foreignKey: second }) : (second ?? objectOf(span, {}));
    const settings = withDefault(options, 'as', as);
    const [owner, holder] = kind === 'belongsTo' ? [target, model] : [model, target];
    return { ...base, options: this.#withKey(settings, 'foreignKey', owner, holder, decorator.origin.module) };
  }

  /** The key that `@ForeignKey(() => Owner)` names in the class that holds it, where the relation names none. */
  #withKey(options: Value, key: string, owner: Model, holder: Model | undefined, module: string): Value {
    const given = property(options, key);
    const named = textOf(given) ?? textOf(property(given, 'name'));
    if (named !== undefined || !holder || options.kind !== 'object') return options;
    const decorated = this.#classes.find(({ model }) => model === holder)?.decorated;
    const found = decorated && foreignKeysIn(decorated).find((each) => this.#isOrInherits(owner, each));
    const { span } = options;
    if (!found) {
      // Version 7 has a usual name for it, the decorators of version 6 have none.
      if (!module.startsWith('@sequelize/'))
        holder.uncertain.push({ about: 'columns', reason: `no @ForeignKey names ${owner.name}` });
      return options;
    }
    const name: Value = { kind: 'text', parts: [{ value: found.name, offsets: [[0, span.start]] }], span };
    const entries = given?.kind === 'object' ? given.entries : [];
    const whole: Value = {
      kind: 'object',
      entries: [...entries, { key: 'name', span, value: name }],
      complete: true,
      span,
    };
    return { ...options, entries: [...options.entries, { key, span, value: whole }] };
  }

  #isOrInherits(owner: Model, { target, path }: { target: Value; path: string }): boolean {
    const ref = refOf(target);
    if (this.#index.resolve(ref, path) === owner) return true;
    const decorated = this.#classes.find(({ model }) => model === owner)?.decorated;
    return decorated?.chain.some(({ record }) => record.name === (ref?.local ?? ref?.origin?.name)) === true;
  }
}

const returned = (value: Value | undefined): Value | undefined => (value?.kind === 'function' ? value.returns : value);

/** The model that a value names: a class of the file, something imported, `models.User`. */
function refOf(value: Value | undefined): ModelRef | undefined {
  if (value?.kind === 'chain' && value.links.every(({ args }) => !args)) {
    const named = value.links.at(-1)?.name;
    return named === undefined ? undefined : { named };
  }
  if (value?.kind === 'parameter') {
    const named = value.path.at(-1);
    return named === undefined ? undefined : { named };
  }
  if (value?.kind !== 'reference') return undefined;
  const last = value.path.at(-1);
  if (last !== undefined) return { named: last };
  return value.module === undefined
    ? { local: value.name, named: value.name }
    : { origin: { module: value.module, name: value.name }, named: value.name };
}

function withDefault(options: Value, key: string, value: Value): Value {
  if (options.kind !== 'object' || property(options, key)) return options;
  return { ...options, entries: [...options.entries, { key, span: value.span, value }] };
}

const movedTo = (value: Value, span: Span): Value => {
  if (value.kind !== 'object') return { ...value, span };
  return {
    ...value,
    span,
    entries: value.entries.map((entry) => ({ ...entry, span, value: movedTo(entry.value, span) })),
  };
};

/** The option `indexes`. Role of the anchor: `item`, one that is written in the options of the model itself. */
function listedIndexes({ options, anchor }: Model): IndexDeclaration[] {
  const list = anchor?.lists['options']?.entries.find(({ key }) => key === 'indexes')?.value;
  return options.list('indexes').items.map((each) => {
    const { span } = each;
    const isHere = list !== undefined && list.start < span.start && span.end < list.end;
    return {
      fields: property(each, 'fields'),
      options: each,
      complete: each.kind === 'object' && each.complete,
      span,
      ...(isHere && { anchor: { span, indent: '', lists: {}, points: { item: span.start } } }),
    };
  });
}
