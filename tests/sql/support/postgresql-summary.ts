import { parseSync } from 'libpg-query';

/** A node of PostgreSQL's parse tree. */
interface Node {
  [key: string]: unknown;
}

const node = (value: unknown): Node => (value ?? {}) as Node;
const nodes = (value: unknown): Node[] => (value ?? []) as Node[];
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const strings = (value: unknown): string[] => nodes(value).map((each) => text(node(each.String).sval));
const flags = (...all: (string | false | undefined)[]): string =>
  all
    .filter(Boolean)
    .map((each) => ` ${String(each)}`)
    .join('');

const relation = (value: unknown): string => {
  const { schemaname, relname } = node(value);
  return [schemaname, relname].filter(Boolean).join('/');
};
const listed = (names: string[]): string => `(${names.join(',')})`;

const constraintKinds: { readonly [type: string]: string } = {
  CONSTR_PRIMARY: 'primary',
  CONSTR_UNIQUE: 'unique',
  CONSTR_FOREIGN: 'foreign',
  CONSTR_CHECK: 'check',
};
const actionsOf: { readonly [letter: string]: string } = {
  c: 'cascade',
  n: 'set null',
  r: 'restrict',
  d: 'set default',
};

function constraint(value: Node, column?: string): string | undefined {
  const kind = constraintKinds[text(value.contype)];
  if (kind === undefined) return undefined;
  const own = column === undefined ? [] : [column];
  const foreign = kind === 'foreign';
  const columns =
    kind === 'check' ? [] : foreign ? [...own, ...strings(value.fk_attrs)] : [...own, ...strings(value.keys)];
  return (
    `${kind} ${text(value.conname)}${listed(columns)}` +
    (foreign ? `->${relation(value.pktable)}${listed(strings(value.pk_attrs))}` : '') +
    flags(
      foreign && actionsOf[text(value.fk_del_action)] && `del ${actionsOf[text(value.fk_del_action)]!}`,
      foreign && actionsOf[text(value.fk_upd_action)] && `upd ${actionsOf[text(value.fk_upd_action)]!}`,
      value.skip_validation === true && 'notValid',
      value.indexname !== undefined && `using ${text(value.indexname)}`,
    )
  );
}

function column(value: Node, keys: string[] = []): string {
  const name = text(value.colname);
  const all = nodes(value.constraints).map((each) => node(each.Constraint));
  const types = all.map(({ contype }) => contype);
  const required = types.includes('CONSTR_NOTNULL') || types.includes('CONSTR_PRIMARY') || keys.includes(name);
  return (
    name +
    flags(
      required && 'required',
      types.includes('CONSTR_DEFAULT') && 'default',
      ...all.map((each) => constraint(each, name)).map((each) => each && `{${each}}`),
    )
  );
}

function command(value: Node, target: string, tableIfExists: boolean): string {
  const name = text(value.name);
  const cascade = value.behavior === 'DROP_CASCADE' && 'cascade';
  const ifExists = (tableIfExists || value.missing_ok === true) && 'ifExists';
  const def = node(value.def);
  switch (value.subtype) {
    case 'AT_AddColumn':
      return `AddColumn ${target} ${column(node(def.ColumnDef))}${flags(value.missing_ok === true && 'ifNotExists', tableIfExists && 'ifExists')}`;
    case 'AT_DropColumn':
      return `DropColumn ${target} ${name}${flags(ifExists, cascade)}`;
    case 'AT_AlterColumnType':
      return `AlterColumnType ${target} ${name}${flags(node(def.ColumnDef).raw_default !== undefined && 'using')}`;
    case 'AT_ColumnDefault':
      return `${value.def ? 'SetDefault' : 'DropDefault'} ${target} ${name}`;
    case 'AT_AddConstraint':
      return `AddConstraint ${target} ${constraint(node(def.Constraint))!}`;
    case 'AT_DropConstraint':
      return `DropConstraint ${target} ${name}${flags(ifExists, cascade)}`;
    default:
      return `${text(value.subtype).slice(3)} ${target} ${name}`;
  }
}

function indexKey({ IndexElem }: Node): string {
  const { name, ordering, nulls_ordering: nulls, opclass } = node(IndexElem);
  return (
    (name === undefined ? 'expression' : text(name)) +
    flags(
      opclass !== undefined && strings(opclass).join('.'),
      ordering === 'SORTBY_DESC' && 'desc',
      nulls === 'SORTBY_NULLS_FIRST' && 'first',
      nulls === 'SORTBY_NULLS_LAST' && 'last',
    )
  );
}

const dropped: { readonly [type: string]: string } = {
  OBJECT_TABLE: 'DropTable',
  OBJECT_VIEW: 'DropView',
  OBJECT_MATVIEW: 'DropMaterializedView',
  OBJECT_SEQUENCE: 'DropSequence',
  OBJECT_TYPE: 'DropType',
  OBJECT_INDEX: 'DropIndex',
};

function droppedName(value: Node): string {
  const items = value.List ? nodes(node(value.List).items) : nodes(node(value.TypeName).names);
  return strings(items).join('/');
}

/** What PostgreSQL's own parser says that a statement does, a line for each operation. Throws where it refuses. */
export function theirs(sql: string): string[] {
  const tree = parseSync(sql) as unknown as { stmts: { stmt: Record<string, Node> }[] };
  const [[kind, value]] = Object.entries(tree.stmts[0]!.stmt) as [[string, Node]];
  const target = relation(value.relation);
  const cascade = value.behavior === 'DROP_CASCADE' && 'cascade';
  const where = value.whereClause === undefined ? 'absent' : 'present';
  switch (kind) {
    case 'CreateStmt': {
      const elements = nodes(value.tableElts);
      const constraints = elements.flatMap(({ Constraint }) => (Constraint ? [node(Constraint)] : []));
      const keys = constraints.flatMap((each) => (each.contype === 'CONSTR_PRIMARY' ? strings(each.keys) : []));
      const columns = elements.flatMap(({ ColumnDef }) => (ColumnDef ? [column(node(ColumnDef), keys)] : []));
      const parts = [...columns, ...constraints.map((each) => constraint(each)!)];
      return [`CreateTable ${target}${flags(value.if_not_exists === true && 'ifNotExists')}: ${parts.join('; ')}`];
    }
    case 'AlterTableStmt':
      return nodes(value.cmds).map((each) => command(node(each.AlterTableCmd), target, value.missing_ok === true));
    case 'RenameStmt': {
      const kinds: { readonly [type: string]: string } = { OBJECT_TABLE: 'RenameTable', OBJECT_COLUMN: 'RenameColumn' };
      const from = value.subname === undefined ? '' : ` ${text(value.subname)}`;
      return [`${kinds[text(value.renameType)] ?? 'RenameConstraint'} ${target}${from} ${text(value.newname)}`];
    }
    case 'IndexStmt': {
      const method = text(value.accessMethod);
      const parts = flags(
        text(value.idxname),
        value.unique === true && 'unique',
        value.concurrent === true && 'concurrently',
        value.if_not_exists === true && 'ifNotExists',
        method !== 'btree' && method,
      );
      const include = nodes(value.indexIncludingParams).map((each) => indexKey(each).toLowerCase());
      return [
        `CreateIndex ${target}${parts} ${listed(nodes(value.indexParams).map(indexKey))} ${listed(include)} ${where}`,
      ];
    }
    case 'DropStmt':
      return nodes(value.objects).map(
        (each) =>
          `${dropped[text(value.removeType)]!} ${droppedName(each)}` +
          flags(value.missing_ok === true && 'ifExists', cascade, value.concurrent === true && 'concurrently'),
      );
    case 'TruncateStmt':
      return nodes(value.relations).map(({ RangeVar }) => `Truncate ${relation(RangeVar)}${flags(cascade)}`);
    case 'UpdateStmt': {
      const columns = nodes(value.targetList).map(({ ResTarget }) => text(node(ResTarget).name));
      return [`Update ${target} ${listed(columns)} ${where}`];
    }
    case 'DeleteStmt':
      return [`Delete ${target} ${where}`];
    default:
      throw new Error(`no summary of ${kind}`);
  }
}
