import type { Name, QualifiedName, Span, Text } from '../../../ir/index.js';
import type { Cursor } from './cursor.js';
import { readDynamic } from './dynamic.js';
import { base, notRead, type Shape, type ShapeReader, type Surroundings } from './shape.js';
import { readText } from './text.js';

/** Text that is run in text that is run is read this deep. */
const DEPTH_LIMIT = 8;

/** EXEC of T-SQL: text that is run, a procedure of the server that changes the schema, or any other procedure. */
export const readExec: ShapeReader = (cursor, shape, surroundings) => {
  cursor.at++;
  // EXECUTE AS USER = 'x'.
  if (cursor.is('AS')) return;
  if (cursor.is('(')) {
    const inside = cursor.parenthesis()!;
    runText(cursor.within(inside).list()[0], shape, surroundings);
    return;
  }
  readProcedure(cursor, shape, surroundings);
};

/** A procedure and its arguments, which at the start of a batch need no EXEC. */
export const readProcedure: ShapeReader = (cursor, shape, surroundings) => {
  shape.verb = 'EXEC';
  if (cursor.word().startsWith('@') && cursor.is(cursor.word(), '=')) cursor.at += 2;
  const name = cursor.qualified();
  const call = procedures[name?.name.value.toLowerCase() ?? ''];
  if (call === undefined) shape.operations.push({ kind: 'Call', ...base(whole(cursor)) });
  else call.read(new Arguments(cursor, call.parameters), shape, surroundings);
};

const whole = (cursor: Cursor): Span => cursor.span(0, cursor.length);

function runText(text: Cursor | undefined, shape: Shape, surroundings: Surroundings): void {
  if (text === undefined) return;
  if (surroundings.depth >= DEPTH_LIMIT) {
    notRead(shape, whole(text), 'the text that is run is nested too deep to be read', []);
    return;
  }
  const place = {
    surroundings: { ...surroundings, depth: surroundings.depth + 1 },
    inTransaction: 'unknown',
  } as const;
  shape.children = readDynamic(text, -1, text.length, place);
}

/** The arguments of a call by the names of the procedure's parameters, whether these are written or not. */
class Arguments {
  private readonly given = new Map<string, Cursor>();

  constructor(
    readonly statement: Cursor,
    parameters: readonly string[],
  ) {
    const list = statement.within([statement.at, statement.length]).list();
    list.forEach((item, index) => {
      const named = item.word().startsWith('@') && item.is(item.word(), '=');
      const parameter = named ? item.word().slice(1).toLowerCase() : parameters[index];
      if (named) item.at += 2;
      if (parameter !== undefined) this.given.set(parameter, item.within([item.at, item.length]));
    });
  }

  get(parameter: string): Cursor | undefined {
    return this.given.get(parameter);
  }

  /** An argument that is written out as a string, or as a bare word. */
  text(parameter: string): Text | undefined {
    const item = this.given.get(parameter);
    if (item === undefined) return undefined;
    item.at = 0;
    const text = readText(item);
    if (text) return text;
    const name = item.word().startsWith('@') || item.is('NULL') ? undefined : item.name();
    return name && { value: name.value, span: name.span };
  }
}

interface Procedure {
  parameters: readonly string[];
  read(given: Arguments, shape: Shape, surroundings: Surroundings): void;
}

const property = ['name', 'value', 'level0type', 'level0name', 'level1type', 'level1name', 'level2type', 'level2name'];

/** Procedures of the server that change a schema or run a text, with their parameters in order. */
const procedures: Readonly<Record<string, Procedure | undefined>> = {
  sp_executesql: {
    parameters: ['stmt'],
    read(given, shape, surroundings) {
      runText(given.get('stmt') ?? given.get('statement'), shape, surroundings);
    },
  },
  sp_rename: { parameters: ['objname', 'newname', 'objtype'], read: readRename },
  sp_addextendedproperty: { parameters: property, read: (given, shape) => readProperty(given, shape, 'set') },
  sp_updateextendedproperty: { parameters: property, read: (given, shape) => readProperty(given, shape, 'set') },
  sp_dropextendedproperty: {
    parameters: property.filter((name) => name !== 'value'),
    read: (given, shape) => readProperty(given, shape, 'drop'),
  },
};

/** What a name of a key, a check, a default or an index looks like; a table may not share it. */
const constraintName = /^(PK|FK|DF|CK|CHK|CC|UQ|UK|UC|AK|UX|IX|IDX)_/i;

function readRename(given: Arguments, shape: Shape): void {
  const span = whole(given.statement);
  const common = base(span);
  const old = given.text('objname');
  const renamed = given.text('newname');
  const kind = given.text('objtype')?.value.toUpperCase();
  if (old === undefined || renamed === undefined) {
    notRead(shape, span, 'what sp_rename renames is computed', []);
    return;
  }
  const parts = nameParts(old);
  const name = parts.at(-1)!;
  const owner = parts.at(-2);
  const to = { value: renamed.value, quoted: true, span: renamed.span };
  const table = owner && qualify(parts.slice(0, -1), old.span);
  if (kind === 'COLUMN' && table) {
    shape.operations.push({ kind: 'RenameColumn', ...common, table, column: name, to });
  } else if (kind === 'INDEX') {
    shape.operations.push({ kind: 'RenameIndex', ...common, index: { name, span: old.span }, to });
  } else if (kind === undefined || kind === 'OBJECT') {
    // Keys and checks are renamed so too, without a word about their table.
    if (constraintName.test(name.value) || constraintName.test(to.value)) {
      const of = parts.length > 2 && table;
      if (of) {
        shape.operations.push({ kind: 'RenameConstraint', ...common, table: of, constraint: name, to });
        return;
      }
      shape.partial = true;
      shape.operations.push({ kind: 'Call', ...common });
    } else {
      const schema = owner && { schema: owner };
      const [from, into] = [
        { ...schema, name, span: old.span },
        { ...schema, name: to, span: to.span },
      ];
      shape.operations.push({ kind: 'RenameTable', ...common, table: from, to: into });
    }
  }
}

/** The parts of a name in a string: `dbo.t`, `[dbo].[a.b].[c]`. */
function nameParts({ value, span }: Text): Name[] {
  const parts = [...value.matchAll(/\[((?:[^\]]|\]\])*)\]|"((?:[^"]|"")*)"|([^.]+)/g)].map(
    ([, bracketed, quoted, plain]) =>
      bracketed?.replaceAll(']]', ']') ?? quoted?.replaceAll('""', '"') ?? plain!.trim(),
  );
  return (parts.length > 0 ? parts : [value]).map((part) => ({ value: part, quoted: true, span }));
}

function qualify(parts: readonly Name[], span: Span): QualifiedName {
  const schema = parts.at(-2);
  return { ...(schema && { schema }), name: parts.at(-1)!, span };
}

/** MS_Description is what tools show as the comment of an object. */
function readProperty(given: Arguments, shape: Shape, action: 'set' | 'drop'): void {
  const common = base(whole(given.statement));
  if (given.text('name')?.value.toLowerCase() !== 'ms_description') {
    shape.operations.push({ kind: 'Call', ...common });
    return;
  }
  const level = (number: number) => {
    const type = given.text(`level${String(number)}type`)?.value.toUpperCase();
    const name = given.text(`level${String(number)}name`);
    return { type, name: name && { value: name.value.replace(/^\[(.*)\]$/, '$1'), quoted: true, span: name.span } };
  };
  const [schema, object, part] = [level(0).name, level(1), level(2)];
  const value = given.get('value');
  // A computed text is a text: the object is commented, with words that are not known here.
  const written = value && { value: value.between(0, value.length), span: whole(value) };
  const comment = action === 'drop' ? null : (given.text('value') ?? written ?? null);
  if (object.type !== 'TABLE' || object.name === undefined || (part.type !== undefined && part.type !== 'COLUMN')) {
    shape.operations.push({ kind: 'CommentOn', ...common, object: 'other', comment });
    return;
  }
  const table = { ...(schema && { schema }), name: object.name, span: object.name.span };
  if (part.type === undefined) shape.operations.push({ kind: 'CommentOn', ...common, object: 'table', table, comment });
  else if (part.name)
    shape.operations.push({ kind: 'CommentOn', ...common, object: 'column', table, column: part.name, comment });
}
