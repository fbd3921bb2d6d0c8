import type { Dialect, Name, Operation, QualifiedName, Table, Where } from '../../../ir/index.js';
import { isMysql } from '../names.js';
import type { Cursor } from './cursor.js';
import { isAlwaysTrue, whereOf } from './where.js';

/** What a query or a change of data touches. */
export interface DataFacts {
  operations: Operation[];
  reads: QualifiedName[];
  writes: QualifiedName[];
}

type Change = 'Insert' | 'Update' | 'Delete' | 'Merge';

interface DataChange {
  kind: Change;
  from: number;
  table?: QualifiedName;
  /** MySQL: the other tables that a DELETE names. */
  more: QualifiedName[];
  columns: Name[];
  /** What stands before the dot of each column that an UPDATE sets. */
  owners: (string | undefined)[];
  behind: number;
}

/** What a query of WITH or FROM shows: a change of it is one of its table, and of the rows that it shows (T-SQL). */
interface Shown {
  tables: readonly QualifiedName[];
  where: Where;
}

/** One query level: the statement itself, or what stands in a parenthesis. */
interface Level {
  first: number;
  /** How many tables were read before it. */
  reads: number;
  /** A comma starts a new table of the FROM list. */
  list: boolean;
  /** A table name may come next. */
  expects: boolean;
  change?: DataChange;
  clause: string;
  whereFrom?: number;
  whereTo?: number;
  /** A LIMIT, a TOP, or a join on a condition leaves rows of a change out. */
  limited?: boolean;
  /** The last join keeps only rows that its condition finds. */
  joined?: boolean;
  /** A join has a condition that is always true. */
  joinsAll?: boolean;
  /** Functions whose arguments use FROM as a separator. */
  separator: boolean;
  query: boolean;
}

const separatorFunctions = new Set(['EXTRACT', 'SUBSTRING', 'TRIM', 'OVERLAY', 'POSITION', 'SUBSTR']);
const clauseEnds = new Set([
  'GROUP',
  'ORDER',
  'HAVING',
  'LIMIT',
  'RETURNING',
  'WINDOW',
  'OFFSET',
  'FETCH',
  'OUTPUT',
  'OPTION',
  'FOR',
]);
/** Dialects whose UPDATE and DELETE join the changed table itself; elsewhere FROM and USING name further ones. */
const joinsTarget: ReadonlySet<Dialect> = new Set<Dialect>(['mysql', 'mariadb', 'tsql']);
/** Dialects whose SELECT … INTO makes a table; elsewhere it fills variables or files. */
const selectsInto: ReadonlySet<Dialect> = new Set<Dialect>(['postgresql', 'tsql']);
const outerJoins = new Set(['LEFT', 'RIGHT', 'FULL', 'OUTER', 'CROSS']);
const conditionEnds = [
  ...['JOIN', 'INNER', 'LEFT', 'RIGHT', 'FULL', 'CROSS', 'NATURAL', 'STRAIGHT_JOIN', 'ON', 'USING'],
  ...['SET', 'WHERE', 'ORDER', 'LIMIT', 'RETURNING', 'OUTPUT', 'OPTION', ',', ';'],
];
const setOperations = new Set(['UNION', 'INTERSECT', 'EXCEPT', 'MINUS']);
/** What tells that a reserved word before it was meant for a table, as in `INSERT INTO order (id)`. */
const behindName: Readonly<Record<Change, readonly string[]>> = {
  Insert: ['(', 'VALUES', 'SELECT', 'DEFAULT'],
  Update: ['SET'],
  Delete: ['', 'WHERE', 'USING'],
  Merge: ['USING'],
};
const changeModifiers = ['LOW_PRIORITY', 'HIGH_PRIORITY', 'DELAYED', 'QUICK', 'IGNORE', 'ONLY', 'OVERWRITE'];
const tableModifiers = ['ONLY', 'LATERAL', 'TABLE'];
const notAnAlias = new Set([
  ...clauseEnds,
  ...setOperations,
  ...'SET WHERE FROM USING ON JOIN INNER LEFT RIGHT FULL CROSS NATURAL VALUES SELECT DEFAULT WITH WHEN STRAIGHT_JOIN PARTITION'.split(
    ' ',
  ),
]);

/**
 * Reads which tables a statement reads and writes, and every change of data in it, from its words alone: FROM lists,
 * joins, sub-queries and changes inside WITH. Names of WITH queries, functions in FROM and columns are no tables.
 */
class DataReader {
  private readonly facts: DataFacts = { operations: [], reads: [], writes: [] };
  private readonly withNames = new Set<string>();
  /** What the queries of WITH show, and those of the FROM of a change, by their names. */
  private readonly shown = new Map<string, Shown>();
  private readonly levels: Level[] = [];

  constructor(
    private readonly cursor: Cursor,
    private readonly routine: boolean,
  ) {}

  read(): DataFacts {
    const { cursor } = this;
    this.levels.push(this.level());
    while (!cursor.done) this.step();
    while (this.levels.length > 0) this.close();
    const isTable = (name: QualifiedName) =>
      name.schema !== undefined || !(this.withNames.has(name.name.value.toLowerCase()) || this.isVariable(name));
    this.facts.reads = this.facts.reads.filter(isTable);
    return this.facts;
  }

  private level(separator = false, outer?: Level): Level {
    const nested = outer?.expects === true;
    return {
      first: this.cursor.at,
      reads: this.facts.reads.length,
      list: nested,
      expects: nested,
      clause: '',
      separator,
      query: false,
    };
  }

  private step(): void {
    const { cursor } = this;
    const level = this.levels.at(-1)!;
    const word = cursor.word();
    if (word === '(') {
      const before = cursor.word(-1);
      cursor.at++;
      this.levels.push(this.level(separatorFunctions.has(before), level));
      level.expects = false;
      return;
    }
    if (word === ')') {
      if (this.levels.length > 1) this.close();
      cursor.at++;
      return;
    }
    if (level.expects && cursor.isName() && !(word === 'SELECT' || word === 'VALUES' || word === 'WITH')) {
      this.table(level);
      return;
    }
    if (word === ',') {
      if (level.list) level.expects = true;
      cursor.at++;
      return;
    }
    if (cursor.token?.kind === 'word') this.keyword(level, word);
    else cursor.at++;
  }

  private keyword(level: Level, word: string): void {
    const { cursor } = this;
    const before = cursor.word(-1);
    // A name behind a dot or before one is no keyword.
    if (before === '.' || cursor.word(1) === '.') {
      cursor.at++;
      return;
    }
    switch (word) {
      case 'WITH':
        cursor.at++;
        if (cursor.take('RECURSIVE') || cursor.isName()) this.withName();
        return;
      case 'SELECT':
        this.select(level);
        return;
      case 'VALUES':
        if (cursor.at === level.first) level.query = true;
        cursor.at++;
        // Rows, where a table could stand: FROM (VALUES (1)).
        level.list = false;
        level.expects = false;
        return;
      case 'FROM':
        cursor.at++;
        if (level.separator || before === 'DISTINCT') return;
        this.endWhere(level);
        level.list = true;
        level.expects = true;
        level.clause = 'FROM';
        return;
      case 'JOIN':
      case 'APPLY':
      case 'STRAIGHT_JOIN':
        cursor.at++;
        if (word === 'APPLY' && before !== 'CROSS' && before !== 'OUTER') return;
        level.joined = joinsTarget.has(cursor.source.dialect) && !outerJoins.has(before);
        if (level.joined && before === 'NATURAL') level.limited = true;
        level.expects = true;
        return;
      case 'USING':
        cursor.at++;
        if (level.joined && cursor.is('(')) level.limited = true;
        if (level.change && (level.change.kind === 'Delete' || level.change.kind === 'Merge') && !cursor.is('(')) {
          level.list = true;
          level.expects = true;
        } else if (level.change?.kind === 'Merge') level.expects = true;
        return;
      case 'INTO':
        this.into(level);
        return;
      case 'UPDATE':
      case 'DELETE':
      case 'INSERT':
      case 'REPLACE':
      case 'MERGE':
        if (this.startsChange(level, before)) this.change(level, word);
        else cursor.at++;
        return;
      case 'TABLE':
        cursor.at++;
        if (cursor.at - 1 === level.first) level.expects = true;
        return;
      case 'SET':
        cursor.at++;
        level.list = false;
        level.expects = false;
        level.clause = 'SET';
        if (level.change?.kind === 'Update') this.assigned(level.change);
        return;
      case 'WHERE':
        cursor.at++;
        level.list = false;
        level.expects = false;
        // The WHERE of ON CONFLICT … WHERE comes first, that of DO UPDATE … WHERE last: neither limits an INSERT.
        level.whereFrom = cursor.at;
        delete level.whereTo;
        level.clause = 'WHERE';
        return;
      case 'ON':
        cursor.at++;
        if (level.joined) this.joinedOn(level);
        return;
      case 'AS':
        cursor.at++;
        // `, name AS (` goes on with a WITH list; see withName.
        return;
      default:
        if (clauseEnds.has(word) || setOperations.has(word)) {
          level.list = false;
          level.expects = false;
          this.endWhere(level);
          if (word === 'LIMIT') level.limited = true;
          level.clause = word;
        }
        cursor.at++;
    }
  }

  /** The condition of a join that keeps only what it finds. */
  private joinedOn(level: Level): void {
    const { cursor } = this;
    const ahead = cursor.within([cursor.at, cursor.length]);
    ahead.until(...conditionEnds);
    if (isAlwaysTrue(cursor, cursor.at, cursor.at + ahead.at)) level.joinsAll = true;
    else level.limited = true;
  }

  private endWhere(level: Level): void {
    if (level.whereFrom !== undefined) level.whereTo ??= this.cursor.at;
  }

  private select(level: Level): void {
    level.query = true;
    level.list = false;
    level.expects = false;
    level.clause = 'SELECT';
    this.cursor.at++;
    if (this.cursor.is('TOP')) level.limited = true;
  }

  /** Takes `name [(columns)] AS [NOT] [MATERIALIZED]` and what follows each comma of the list. */
  private withName(): void {
    const { cursor } = this;
    const start = cursor.at;
    const name = cursor.name();
    if (name === undefined) return;
    if (cursor.is('(')) cursor.parenthesis();
    if (!cursor.take('AS')) {
      cursor.at = start + 1;
      return;
    }
    cursor.take('NOT');
    cursor.take('MATERIALIZED');
    this.withNames.add(name.value.toLowerCase());
    if (!cursor.is('(')) return;
    cursor.at++;
    this.levels.push(this.level());
    this.inWith.set(this.levels.at(-1)!, name.value.toLowerCase());
  }

  private readonly inWith = new Map<Level, string>();

  private close(): void {
    const level = this.levels.pop()!;
    this.endWhere(level);
    if (level.change) this.finish(level, level.change);
    else if (level.query && this.levels.length === 0 && this.facts.operations.length === 0) {
      this.facts.operations.push({ kind: 'Select', span: this.cursor.span(level.first), provenance: 'shape' });
    }
    const query = this.inWith.get(level);
    const name = query ?? this.inFrom(level);
    if (name !== undefined) {
      const tables = this.facts.reads.slice(level.reads);
      this.shown.set(name, { tables, where: whereOf(this.cursor, level, level.first) });
    }
    if (query !== undefined && this.cursor.word(1) === ',') {
      this.cursor.at += 2;
      this.withName();
      // The caller steps over one closing parenthesis.
      this.cursor.at--;
    }
  }

  /** The name behind a query in the FROM of a change, which may be what is changed. */
  private inFrom(level: Level): string | undefined {
    const { cursor } = this;
    const outer = this.levels.at(-1);
    if (!level.query || outer?.change === undefined || outer.clause !== 'FROM') return undefined;
    const at = cursor.at + (cursor.word(1) === 'AS' ? 2 : 1);
    const token = cursor.tokenAt(at);
    if ((token?.kind !== 'word' && token?.kind !== 'quoted') || notAnAlias.has(cursor.wordAt(at))) return undefined;
    return cursor
      .within([at, at + 1])
      .name()
      ?.value.toLowerCase();
  }

  private table(level: Level): void {
    const { cursor } = this;
    while (tableModifiers.includes(cursor.word()) && (cursor.isName(1) || cursor.is('LATERAL', '('))) {
      // `FROM table WHERE`: a name that needs quotes.
      if (cursor.is('TABLE') && notAnAlias.has(cursor.word(1))) break;
      cursor.at++;
    }
    if (cursor.is('(')) return;
    if (cursor.is('ROWS', 'FROM')) {
      cursor.at += 2;
      level.expects = false;
      return;
    }
    const name = cursor.qualified();
    level.expects = false;
    if (name === undefined) {
      cursor.at++;
      return;
    }
    if (cursor.is('(') && !/^(WITH|NOLOCK)$/.test(cursor.word(1))) return;
    if (level.change && level.change.table === undefined) level.change.table = name;
    else this.facts.reads.push(name);
  }

  private into(level: Level): void {
    const { cursor } = this;
    cursor.at++;
    if (this.routine || level.change || !level.query || level.clause !== 'SELECT') return;
    // SELECT … INTO makes a table, except for variables of a routine.
    const temporary = cursor.oneOf('TEMPORARY', 'TEMP', 'UNLOGGED')?.startsWith('TEMP') === true;
    cursor.take('TABLE');
    if (
      cursor.isName() &&
      !cursor.word().startsWith('@') &&
      !['OUTFILE', 'DUMPFILE', 'STRICT'].includes(cursor.word())
    ) {
      const name = cursor.qualified();
      if (name) this.facts.writes.push(name);
      if (name && selectsInto.has(cursor.source.dialect)) this.facts.operations.push(this.created(name, temporary));
    }
  }

  private created(name: QualifiedName, temporary: boolean): Operation {
    const span = this.cursor.span(0, this.cursor.length);
    const definition: Table = {
      name,
      declaredBy: 'sql',
      role: 'table',
      columns: [],
      constraints: [],
      indexes: [],
      relationships: [],
      asSelect: true,
      span,
      uncertain: [{ about: 'columns', reason: 'the columns are those of a query' }],
    };
    if (temporary || name.name.value.startsWith('#')) definition.temporary = true;
    return { kind: 'CreateTable', span, provenance: 'shape', table: name, definition };
  }

  private startsChange(level: Level, before: string): boolean {
    if (level.change || level.query) return false;
    return (
      this.cursor.at === level.first ||
      before === ')' ||
      this.cursor.at === 0 ||
      ['EXPLAIN', 'ANALYZE', 'VERBOSE', 'AS'].includes(before)
    );
  }

  private change(level: Level, word: string): void {
    const { cursor } = this;
    const from = cursor.at++;
    while (changeModifiers.includes(cursor.word()) && cursor.word() !== '') cursor.at++;
    if (cursor.take('OR')) cursor.at++;
    if (cursor.take('TOP')) {
      if (cursor.is('(')) cursor.parenthesis();
      else cursor.at++;
      cursor.take('PERCENT');
      level.limited = true;
    }
    const kind: Change =
      word === 'UPDATE' ? 'Update' : word === 'DELETE' ? 'Delete' : word === 'MERGE' ? 'Merge' : 'Insert';
    const change: DataChange = { kind, from, more: [], columns: [], owners: [], behind: cursor.at };
    level.change = change;
    if (kind === 'Insert' || kind === 'Merge') {
      cursor.oneOf('INTO', 'OVERWRITE');
      cursor.take('TABLE');
    }
    // MariaDB: the history of a system-versioned table.
    if (kind === 'Delete' && cursor.is('HISTORY', 'FROM')) cursor.at++;
    if (kind === 'Delete' && cursor.take('FROM')) {
      level.list = true;
      cursor.take('ONLY');
    }
    if (cursor.take('(')) cursor.at--;
    if (cursor.take('ONLY')) cursor.take('(');
    const word1 = cursor.word(1);
    const isName =
      !notAnAlias.has(cursor.word()) ||
      cursor.is('PARTITION') ||
      word1 === '.' ||
      (clauseEnds.has(cursor.word()) && behindName[kind].includes(word1));
    const name = cursor.isName() && isName ? cursor.qualified() : undefined;
    if (name) change.table = name;
    if (kind === 'Update') level.list = true;
    if (kind === 'Delete' && name && isMysql(cursor.source.dialect)) this.deletedToo(change.more);
    cursor.take('*');
    cursor.take('AS');
    if (cursor.isName() && cursor.token?.kind !== 'hole' && !notAnAlias.has(cursor.word())) cursor.at++;
    if (kind === 'Insert' && cursor.is('(') && !['SELECT', 'WITH', 'VALUES', '('].includes(cursor.word(1))) {
      const inside = cursor.parenthesis();
      if (inside)
        change.columns = cursor
          .within(inside)
          .list()
          .flatMap((item) => item.name() ?? []);
    }
    change.behind = cursor.at;
    level.first = from;
    this.skipRows(kind);
  }

  /** MySQL: DELETE a, b.* FROM … */
  private deletedToo(tables: QualifiedName[]): void {
    const { cursor } = this;
    cursor.take('.', '*');
    while (cursor.is(',') && cursor.isName(1)) {
      cursor.at++;
      const table = cursor.qualified();
      if (table) tables.push(table);
      cursor.take('.', '*');
    }
  }

  /** Rows of VALUES hold no tables apart from sub-queries; a long list is passed over. */
  private skipRows(kind: Change): void {
    const { cursor } = this;
    if (kind !== 'Insert' || !cursor.is('VALUES') || cursor.length < 2000) return;
    cursor.until('ON', 'RETURNING');
  }

  private assigned({ columns, owners }: DataChange): void {
    const ahead = this.cursor.within([this.cursor.at, this.cursor.length]);
    ahead.until('WHERE', 'FROM', 'RETURNING', 'ORDER', 'LIMIT', 'OUTPUT');
    for (const item of this.cursor.within([this.cursor.at, this.cursor.at + ahead.at]).list()) {
      if (item.is('(')) {
        const inside = item.parenthesis();
        if (inside && item.is('='))
          columns.push(
            ...item
              .within(inside)
              .list()
              .flatMap((each) => each.name() ?? []),
          );
        continue;
      }
      // T-SQL: @variable = column = value.
      if (item.word().startsWith('@') && item.is(item.word(), '=')) item.at += 2;
      const name = item.qualified();
      if (name && (item.is('[') || /^[-+*/%&^|]?=$/.test(item.word()))) {
        owners[columns.length] = name.schema?.value.toLowerCase();
        columns.push(name.name);
        // T-SQL: column.WRITE(…).
      } else if (name?.schema && item.is('(')) columns.push(name.schema);
    }
  }

  private finish(level: Level, change: DataChange): void {
    const { facts } = this;
    if (change.table === undefined) return;
    const aliased = this.byAlias();
    const written = (name: QualifiedName): QualifiedName =>
      (name.schema ? undefined : aliased.get(name.name.value.toLowerCase())) ?? name;
    const changedName = written(change.table);
    if (this.isVariable(changedName)) return;
    const shown = this.shownBy(changedName);
    if (shown && shown.tables.length !== 1) return this.changesSeveral(shown, change);
    const table = shown?.tables[0] ?? changedName;
    const changed: [QualifiedName, Name[]][] =
      change.kind === 'Update'
        ? this.updated(change, table)
        : [table, ...change.more.map(written)].map((each) => [each, change.columns]);
    const targets = new Set(changed.map(([target]) => target));
    facts.reads = facts.reads.filter((each) => !targets.has(each));
    if (!targets.has(table)) facts.reads.push(table);
    const own = whereOf(this.cursor, level, change.behind);
    const where = shown && shown.where !== 'absent' && own !== 'present' ? shown.where : own;
    for (const [target, columns] of changed) {
      const span = changed.length > 1 ? target.span : this.cursor.span(change.from);
      const base = { span, provenance: 'shape', table: target } as const;
      facts.writes.push(target);
      if (change.kind === 'Insert' || change.kind === 'Merge') facts.operations.push({ kind: change.kind, ...base });
      else facts.operations.push({ kind: change.kind, ...base, where, columns });
    }
  }

  /** The tables of an UPDATE with their columns: MySQL changes those whose columns are set, whichever comes first. */
  private updated({ columns, owners }: DataChange, first: QualifiedName): [QualifiedName, Name[]][] {
    const { reads } = this.facts;
    if (!isMysql(this.cursor.source.dialect) || reads.length === 0) return [[first, columns]];
    const named = new Map([first, ...reads].map((each) => [this.calledBy(each), each]));
    const byTable = new Map<QualifiedName, Name[]>();
    for (const [index, column] of columns.entries()) {
      const table = named.get(owners[index] ?? '') ?? first;
      const own = byTable.get(table);
      if (own) own.push(column);
      else byTable.set(table, [column]);
    }
    if (byTable.size === 0) return [[first, columns]];
    return [...byTable].sort(([a], [b]) => a.span.start - b.span.start);
  }

  /** The name by which columns say whose they are: the alias of a table, its own where it has none. */
  private calledBy(table: QualifiedName): string {
    return (this.aliasOf(table) ?? table.name.value).toLowerCase();
  }

  /** `DELETE o FROM orders o`, `UPDATE o SET … FROM orders o`: the tables behind aliases. */
  private byAlias(): Map<string, QualifiedName> {
    const found = new Map<string, QualifiedName>();
    for (const table of this.facts.reads) {
      const alias = this.calledBy(table);
      if (alias !== table.name.value.toLowerCase() && !found.has(alias)) found.set(alias, table);
    }
    return found;
  }

  /** A table variable of T-SQL is no object of the schema. */
  private isVariable({ schema, name }: QualifiedName): boolean {
    return this.cursor.source.dialect === 'tsql' && schema === undefined && name.value.startsWith('@');
  }

  /** What is shown under the name of a query of WITH, through others to tables. */
  private shownBy({ schema, name }: QualifiedName): Shown | undefined {
    if (schema || this.cursor.source.dialect !== 'tsql') return undefined;
    let shown = this.shown.get(name.value.toLowerCase());
    // A query may show another one, but not one behind it.
    for (let steps = this.shown.size; shown && steps > 0; steps--) {
      const [only] = shown.tables;
      const inner = shown.tables.length === 1 && !only!.schema && this.shown.get(only!.name.value.toLowerCase());
      if (!inner || inner === shown) break;
      shown = { tables: inner.tables, where: shown.where === 'absent' ? inner.where : shown.where };
    }
    return shown;
  }

  private changesSeveral({ tables }: Shown, { from }: DataChange): void {
    this.facts.operations.push({
      kind: 'Opaque',
      span: this.cursor.span(from),
      provenance: 'target',
      reason: 'the changed query shows more than one table',
      touches: [...tables],
    });
  }

  private aliasOf(name: QualifiedName): string | undefined {
    const { cursor } = this;
    let low = 0;
    let high = cursor.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cursor.source.host(cursor.tokenAt(middle)!.start) < name.span.end) low = middle + 1;
      else high = middle;
    }
    const at = cursor.wordAt(low) === 'AS' ? low + 1 : low;
    const token = cursor.tokenAt(at);
    return token?.kind === 'word' && !notAnAlias.has(cursor.wordAt(at)) ? cursor.written(token) : undefined;
  }
}

/**
 * Reads a statement, or what is left of one, as a query or a change of data.
 * @param routine SELECT … INTO fills a variable there
 */
export const readData = (cursor: Cursor, routine = false): DataFacts => new DataReader(cursor, routine).read();
