/** A stream of numbers that is the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Column {
  name: string;
  type: string;
  nullable: boolean;
}

interface Table {
  name: string;
  columns: Column[];
  uniques: { name: string; columns: string[] }[];
  foreign: { name: string; columns: string[]; target: string }[];
  indexes: { name: string; columns: string[] }[];
}

const types = ['sa.Integer()', 'sa.String(20)', 'sa.BigInteger()', 'sa.Numeric(10, 2)', 'sa.Boolean()', 'sa.Date()'];

/** Makes histories of revisions whose operations fit what the earlier ones left. */
class Maker {
  private readonly tables: Table[] = [];
  private readonly random: () => number;
  private names = 0;

  constructor(
    seed: number,
    private readonly batch: boolean,
  ) {
    this.random = numbers(seed);
  }

  private chance(of: number): boolean {
    return this.random() < of;
  }

  private pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.random() * items.length)];
  }

  private fresh(prefix: string): string {
    this.names += 1;
    // Some names need quotes.
    return `${prefix}${String(this.names)}${this.chance(0.1) ? 'X' : ''}`;
  }

  private column(): Column {
    return { name: this.fresh('c'), type: this.pick(types) ?? 'sa.Integer()', nullable: this.chance(0.6) };
  }

  private static said({ name, type, nullable }: Column, options = ''): string {
    return `sa.Column("${name}", ${type}${options}${nullable ? '' : ', nullable=False'})`;
  }

  private create(): string {
    const table: Table = { name: this.fresh('t'), columns: [], uniques: [], foreign: [], indexes: [] };
    const id: Column = { name: 'id', type: 'sa.Integer()', nullable: false };
    table.columns.push(id, ...Array.from({ length: 1 + Math.floor(this.random() * 3) }, () => this.column()));
    const parts = table.columns.map((column) => Maker.said(column));
    if (this.chance(0.5)) parts.push(`sa.PrimaryKeyConstraint("id", name="${table.name}_key")`);
    else parts[0] = Maker.said(id, ', primary_key=True');
    if (this.chance(0.4)) {
      const unique = { name: this.fresh('u'), columns: [table.columns[1]!.name] };
      table.uniques.push(unique);
      parts.push(`sa.UniqueConstraint("${unique.columns[0]!}", name="${unique.name}")`);
    }
    const target = this.pick(this.tables);
    if (target && this.chance(0.5)) {
      const name = this.fresh('f');
      const from: Column = { name: this.fresh('r'), type: 'sa.Integer()', nullable: true };
      table.columns.push(from);
      table.foreign.push({ name, columns: [from.name], target: target.name });
      parts.push(Maker.said(from));
      parts.push(
        `sa.ForeignKeyConstraint(["${from.name}"], ["${target.name}.id"], name="${name}", ondelete="CASCADE")`,
      );
    }
    this.tables.push(table);
    return `op.create_table("${table.name}", ${parts.join(', ')})`;
  }

  /** Columns that nothing else of the table stands on. */
  private free(table: Table): Column[] {
    const held = new Set([
      'id',
      ...[...table.uniques, ...table.foreign, ...table.indexes].flatMap(({ columns }) => columns),
    ]);
    return table.columns.filter(({ name }) => !held.has(name));
  }

  /** One change of a table: the method, and its arguments without and with the table. */
  private change(table: Table): string | undefined {
    const { name } = table;
    const say = (method: string, before: string, after: string) =>
      this.batch
        ? `with op.batch_alter_table("${name}") as b:\n    b.${method}(${[before, after].filter(Boolean).join(', ')})`
        : `op.${method}(${[before, `"${name}"`, after].filter(Boolean).join(', ')})`;
    const free = this.pick(this.free(table));
    switch (Math.floor(this.random() * 9)) {
      case 0: {
        const column = { ...this.column(), nullable: true };
        table.columns.push(column);
        return say('add_column', '', Maker.said(column));
      }
      case 1:
        if (free === undefined || table.columns.length < 3) return undefined;
        table.columns = table.columns.filter((each) => each !== free);
        return say('drop_column', '', `"${free.name}"`);
      case 2: {
        if (free === undefined) return undefined;
        free.nullable = !free.nullable;
        const is = free.nullable ? 'True' : 'False';
        return say('alter_column', '', `"${free.name}", existing_type=${free.type}, nullable=${is}`);
      }
      case 3: {
        if (free === undefined) return undefined;
        const [from, to] = [free.name, this.fresh('n')];
        free.name = to;
        const is = free.nullable ? 'True' : 'False';
        const known = `existing_type=${free.type}, existing_nullable=${is}`;
        return say('alter_column', '', `"${from}", new_column_name="${to}", ${known}`);
      }
      case 4: {
        if (free === undefined) return undefined;
        const [from, is] = [free.type, free.nullable ? 'True' : 'False'];
        free.type = this.pick(types) ?? from;
        return say(
          'alter_column',
          '',
          `"${free.name}", type_=${free.type}, existing_type=${from}, existing_nullable=${is}`,
        );
      }
      case 5: {
        const column = this.pick(table.columns)!;
        const index = { name: this.fresh('i'), columns: [column.name] };
        table.indexes.push(index);
        const unique = this.chance(0.3) ? ', unique=True' : '';
        return say('create_index', `"${index.name}"`, `["${column.name}"]${unique}`);
      }
      case 6: {
        const index = this.pick(table.indexes);
        if (index === undefined) return undefined;
        table.indexes = table.indexes.filter((each) => each !== index);
        return say('drop_index', `"${index.name}"`, '');
      }
      case 7: {
        if (free === undefined) return undefined;
        const unique = { name: this.fresh('u'), columns: [free.name] };
        table.uniques.push(unique);
        return say('create_unique_constraint', `"${unique.name}"`, `["${free.name}"]`);
      }
      default: {
        const unique = this.pick(table.uniques);
        if (unique === undefined) return undefined;
        table.uniques = table.uniques.filter((each) => each !== unique);
        return say('drop_constraint', `"${unique.name}"`, 'type_="unique"');
      }
    }
  }

  private drop(): string | undefined {
    const targets = new Set(this.tables.flatMap(({ foreign }) => foreign.map(({ target }) => target)));
    const loose = this.tables.filter(({ name }) => !targets.has(name));
    const table = this.pick(loose);
    if (table === undefined || this.tables.length < 3) return undefined;
    this.tables.splice(this.tables.indexOf(table), 1);
    return `op.drop_table("${table.name}")`;
  }

  body(): string {
    const lines: string[] = [];
    for (let left = 2 + Math.floor(this.random() * 4); left > 0; left -= 1) {
      const table = this.pick(this.tables);
      const line =
        table === undefined || this.chance(0.2) ? this.create() : this.chance(0.1) ? this.drop() : this.change(table);
      if (line !== undefined) lines.push(line);
    }
    return lines.length === 0 ? this.create() : lines.join('\n');
  }
}

/** Bodies of a history's revisions in order, each of which does something. */
export function history(seed: number, { revisions, batch }: { revisions: number; batch: boolean }): string[] {
  const maker = new Maker(seed, batch);
  return Array.from({ length: revisions }, () => maker.body());
}
