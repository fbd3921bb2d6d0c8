/** Modules of SQLAlchemy whose names are all reachable by their last part alone. */
const modules = new Set(
  (
    'orm ext types sql schema dialects postgresql mysql sqlite mssql oracle asyncio declarative mutable hybrid ' +
    'associationproxy expression sqltypes base engine functions elements selectable ranges json array event future ' +
    'exc inspection type_api dml ddl decl_api session query main model extension mysqldb psycopg2'
  ).split(' '),
);

const sqlmodelOwn = new Set(['Field', 'Relationship', 'SQLModel', 'Session', 'AsyncSession', 'AutoString']);

const types =
  'ARRAY BIGINT BINARY BLOB BOOLEAN BYTEA BigInteger Boolean CHAR CIDR CITEXT CLOB DATE DATETIME DECIMAL DOUBLE ' +
  'DOUBLE_PRECISION Date DateTime Double ENUM Enum FLOAT Float HSTORE INET INT INTEGER INTERVAL Integer Interval JSON ' +
  'JSONB LargeBinary LONGTEXT MACADDR MEDIUMTEXT NCHAR NUMERIC NVARCHAR Numeric PickleType REAL SMALLINT SmallInteger ' +
  'String TEXT TIME TIMESTAMP TINYINT TSVECTOR Text Time TypeDecorator UUID Unicode UnicodeText Uuid VARBINARY VARCHAR';
const constructs =
  'CheckConstraint Column Computed DDL DeclarativeBase DynamicMapped FetchedValue ForeignKey ForeignKeyConstraint ' +
  'Identity Index Mapped MappedAsDataclass MetaData PrimaryKeyConstraint Sequence Table UniqueConstraint WriteOnlyMapped ' +
  'asc association_proxy backref column_property create_engine declarative_base declarative_mixin declared_attr deferred ' +
  'delete desc false func hybrid_property insert literal_column mapped_column null nulls_first nulls_last nullsfirst nullslast relationship select synonym text true update';

/** Names that mean SQLAlchemy when nothing else in the file binds them: a star import, or code quoted without its imports. */
export const sqlalchemyNames: ReadonlySet<string> = new Set(`${types} ${constructs}`.split(' '));

/** What `db` of Flask-SQLAlchemy has of its own. */
const flaskNames = new Set(['Model', 'session', 'engine', 'metadata', 'create_all', 'drop_all', 'Query']);

/**
 * The one spelling under which a library symbol is known: `sqlalchemy.orm.mapped_column`, `sa.sql.schema.Column` and
 * `db.Column` of Flask-SQLAlchemy all lose what lies between the library and the name.
 */
export function canonical(name: string): string {
  const parts = name.split('.');
  const [library] = parts;
  if (library === 'sqlalchemy' || library === 'sqlmodel') {
    let at = 1;
    while (at < parts.length - 1 && modules.has(parts[at] ?? '')) at += 1;
    const rest = parts.slice(at);
    const owner =
      library === 'sqlmodel' && sqlmodelOwn.has((rest[0] ?? '').replace(/\(.*/, '')) ? 'sqlmodel' : 'sqlalchemy';
    return [owner, ...rest].join('.');
  }
  const flask = /^(?:flask_sqlalchemy(?:\.\w+)*\.SQLAlchemy\(\)|(?:.*\.)?(?:db|sa|orm))\.(\w+)(.*)$/.exec(name);
  if (flask !== null && library !== 'alembic') {
    const [, attribute = '', rest = ''] = flask;
    if (flaskNames.has(attribute)) return `flask_sqlalchemy.${attribute}${rest}`;
    if (sqlalchemyNames.has(attribute)) return `sqlalchemy.${attribute}${rest}`;
  }
  return name;
}

const libraries =
  /^(?:(?:sqlalchemy|sqlmodel|flask_sqlalchemy|typing|typing_extensions|datetime|enum|uuid|decimal|os|re|json|logging|pydantic)(?:\.|$)|alembic(?:\.(?:op|context|operations|config|command|script|util)(?:\.|$)|$))/;

/** Whether a name is one of a library's, so that no file of the project is asked for it. */
export const isLibrary = (name: string): boolean => libraries.test(name);

/** The dotted name of a module by its path: `app/models/user.py` is `app.models.user`, a package is its folder. */
export function moduleName(path: string): string {
  return path
    .replace(/\.pyi?$/, '')
    .replace(/(^|\/)__init__$/, '')
    .split('/')
    .join('.');
}

/** The absolute name of a relative import. */
export function absoluteModule(path: string, level: number, module: string): string {
  if (level === 0) return module;
  const folders = path.split('/').slice(0, -1);
  const base = folders.slice(0, Math.max(0, folders.length - level + 1));
  return [...base, ...(module === '' ? [] : [module])].join('.');
}
