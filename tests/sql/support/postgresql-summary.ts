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
  CONSTR_EXCLUSION: 'exclude',
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
  const required =
    types.includes('CONSTR_NOTNULL') ||
    types.includes('CONSTR_IDENTITY') ||
    types.includes('CONSTR_PRIMARY') ||
    keys.includes(name);
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
      return node(def.Constraint).contype === 'CONSTR_NOTNULL'
        ? `SetNotNull ${target} ${strings(node(def.Constraint).keys).join()}`
        : `AddConstraint ${target} ${constraint(node(def.Constraint))!}`;
    case 'AT_DropConstraint':
      return `DropConstraint ${target} ${name}${flags(ifExists, cascade)}`;
    case 'AT_EnableRowSecurity':
    case 'AT_DisableRowSecurity':
      return `SetRowSecurity ${target} ${String(value.subtype === 'AT_EnableRowSecurity')}`;
    case 'AT_AddIdentity':
    case 'AT_DropIdentity':
    case 'AT_SetExpression':
    case 'AT_DropExpression':
      return `SetGenerated ${target} ${name}`;
    case 'AT_SetIdentity':
      return identity(value, target, tableIfExists);
    case 'AT_AttachPartition':
    case 'AT_DetachPartition':
    case 'AT_DetachPartitionFinalize': {
      const { name: partition, concurrent } = node(def.PartitionCmd);
      const what = value.subtype === 'AT_AttachPartition' ? 'AttachPartition' : 'DetachPartition';
      return `${what} ${target} ${relation(partition)}${flags(concurrent === true && 'concurrently')}`;
    }
    case 'AT_SetStorage':
    case 'AT_SetCompression':
      return `SetStorage ${target} ${name}`;
    case 'AT_AlterConstraint':
      return `AlterConstraint ${target} ${text(node(def.ATAlterConstraint).conname)}`;
    case 'AT_SetNotNull':
    case 'AT_DropNotNull':
    case 'AT_ValidateConstraint':
      return `${text(value.subtype).slice(3)} ${target} ${name}`;
    default:
      return `TableOption ${target}${flags(tableIfExists && 'ifExists')}`;
  }
}

/** RESTART sets the sequence, GENERATED what fills the column. */
function identity(value: Node, target: string, ifExists: boolean): string {
  const items = nodes(node(node(value.def).List).items);
  const generated = items.some(({ DefElem }) => node(DefElem).defname === 'generated');
  return generated
    ? `SetGenerated ${target} ${text(value.name)}`
    : `TableOption ${target}${flags(ifExists && 'ifExists')}`;
}

/** The object of a COMMENT. */
function commented({ objtype, object, comment }: Node): string {
  const told = JSON.stringify(comment === undefined ? null : text(comment));
  const parts = strings(node(node(object).List).items);
  if (objtype === 'OBJECT_TABLE') return `CommentOn table ${parts.join('/')} ${told}`;
  if (objtype !== 'OBJECT_COLUMN') return `CommentOn other  ${told}`;
  return `CommentOn column ${parts.slice(0, -1).join('/')} ${parts.at(-1)!} ${told}`;
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
  OBJECT_FOREIGN_TABLE: 'DropTable',
  OBJECT_DOMAIN: 'DropType',
  OBJECT_SCHEMA: 'DropSchema',
  OBJECT_FUNCTION: 'DropRoutine',
  OBJECT_PROCEDURE: 'DropRoutine',
  OBJECT_ROUTINE: 'DropRoutine',
  OBJECT_AGGREGATE: 'DropRoutine',
};

function droppedName(value: Node): string {
  if (value.String) return text(node(value.String).sval);
  if (value.ObjectWithArgs) return strings(node(value.ObjectWithArgs).objname).join('/');
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
      const parent = nodes(value.inhRelations).map(({ RangeVar }) => relation(RangeVar));
      const traits = flags(
        value.if_not_exists === true && 'ifNotExists',
        node(value.relation).relpersistence === 't' && 'temporary',
        value.partspec !== undefined && 'partitioned',
        value.partbound !== undefined && `of ${parent.join(' ')}`,
        elements.some(({ TableLikeClause }) => TableLikeClause !== undefined) && 'asSelect',
      );
      return [`CreateTable ${target}${traits}: ${parts.join('; ')}`];
    }
    case 'AlterTableStmt':
      return nodes(value.cmds).map((each) => command(node(each.AlterTableCmd), target, value.missing_ok === true));
    case 'RenameStmt': {
      const ifExists = flags(value.missing_ok === true && 'ifExists');
      if (value.renameType === 'OBJECT_INDEX') return [`RenameIndex ${target} ${text(value.newname)}${ifExists}`];
      if (value.renameType === 'OBJECT_TYPE')
        return [`RenameType ${droppedName(node(value.object))} ${text(value.newname)}`];
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
      if (value.removeType === 'OBJECT_TRIGGER') {
        const parts = strings(node(node(nodes(value.objects)[0]).List).items);
        const ifExists = value.missing_ok === true && 'ifExists';
        return [`DropTrigger ${parts.slice(0, -1).join('/')} ${parts.at(-1)!}${flags(ifExists, cascade)}`];
      }
      if (dropped[text(value.removeType)] === undefined) return [];
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
    case 'InsertStmt':
    case 'MergeStmt':
      return [`${kind.slice(0, -4)} ${target}`];
    case 'AlterObjectSchemaStmt':
      return [`SetSchema ${target} ${text(value.newschema)}`];
    case 'CommentStmt':
      return [commented(value)];
    case 'CreateEnumStmt':
      return [`CreateEnumType ${strings(value.typeName).join('/')} ${JSON.stringify(strings(value.vals))}`];
    case 'AlterEnumStmt': {
      const name = strings(value.typeName).join('/');
      if (value.oldVal !== undefined) return [`RenameEnumValue ${name} ${text(value.oldVal)} ${text(value.newVal)}`];
      return [`AddEnumValue ${name} ${text(value.newVal)}${flags(value.skipIfNewValExists === true && 'ifNotExists')}`];
    }
    case 'ViewStmt':
      return [`CreateView ${relation(value.view)}`];
    case 'CreateTableAsStmt': {
      const into = relation(node(value.into).rel);
      const ifNotExists = value.if_not_exists === true && 'ifNotExists';
      if (value.objtype === 'OBJECT_MATVIEW') return [`CreateMaterializedView ${into}${flags(ifNotExists)}`];
      const temporary = node(node(value.into).rel).relpersistence === 't' && 'temporary';
      return [`CreateTable ${into}${flags(ifNotExists, temporary, 'asSelect')}: `];
    }
    case 'RefreshMatViewStmt':
      return [`RefreshMaterializedView ${target}${flags(value.concurrent === true && 'concurrently')}`];
    case 'CreateSeqStmt':
    case 'AlterSeqStmt': {
      const marks = flags(value.if_not_exists === true && 'ifNotExists', value.missing_ok === true && 'ifExists');
      return [`${kind === 'CreateSeqStmt' ? 'CreateSequence' : 'AlterSequence'} ${relation(value.sequence)}${marks}`];
    }
    case 'CreateSchemaStmt':
      return [`CreateSchema ${text(value.schemaname)}${flags(value.if_not_exists === true && 'ifNotExists')}`];
    case 'GrantStmt':
      return [`${value.is_grant === true ? 'Grant' : 'Revoke'} `];
    default:
      throw new Error(`no summary of ${kind}`);
  }
}

const isRelation = (value: unknown): boolean => 'relname' in node(value);

/**
 * The tables that a statement with queries reads and writes, in the words of the other summary. Written from the tree's
 * JSON without a look at which WITH query is visible where, so for statements whose WITH names no table.
 */
export function theirTables(sql: string): string {
  const { stmts } = parseSync(sql) as unknown as { stmts: { stmt: Record<string, Node> }[] };
  const own = new Set<string>();
  const reads = new Set<string>();
  const writes = new Set<string>();
  const visit = (value: unknown, field: string, parent: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isRelation(value)) {
      const written =
        field === 'view' ||
        field === 'rel' ||
        (field === 'relation' && /^(?:Insert|Update|Delete|Merge)Stmt$/.test(parent));
      (written ? writes : reads).add(relation(value));
      return;
    }
    for (const [name, each] of Object.entries(value)) {
      if (name === 'ctename') own.add(text(each));
      visit(each, name, Array.isArray(value) ? parent : field);
    }
  };
  visit(stmts[0]!.stmt, '', '');
  const shown = (all: Set<string>): string =>
    [...all]
      .filter((name) => !own.has(name))
      .sort()
      .join(' ');
  return `${shown(reads)} > ${shown(writes)}`;
}
