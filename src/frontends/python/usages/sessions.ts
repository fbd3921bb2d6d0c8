import type { SessionLibrary } from '../../../ir/index.js';

/** What is known of a value that is a session. */
export interface SessionKind {
  library: SessionLibrary;
  asynchronous: boolean;
}

const instance =
  /^(sqlalchemy|sqlmodel)\.(?:(Async|async_)?(?:Session|scoped_session)|(async_)?sessionmaker\(\)(?:\.begin)?|create_session)\(\)(?:\(\))?$/;
const flask = /^flask_sqlalchemy\.session(?:\(\))?$/;

/** Whether a dotted name, followed to its library, is a session. */
export function sessionKind(name: string): SessionKind | undefined {
  if (flask.test(name)) return { library: 'flask-sqlalchemy', asynchronous: false };
  const match = instance.exec(name);
  if (match === null) return undefined;
  const [, library, prefix, maker] = match;
  return {
    library: library === 'sqlmodel' ? 'sqlmodel' : 'sqlalchemy',
    asynchronous: prefix !== undefined || maker !== undefined,
  };
}

/** What a call makes that somebody has to close, by the name of what is called. */
export interface Opener extends SessionKind {
  resource: 'session' | 'connection';
  /** Of a `scoped_session`: the registry keeps it. */
  registry: boolean;
}

const factory =
  /^(sqlalchemy|sqlmodel)\.(?:(Async)?Session|(async_)?sessionmaker\(\)|create_session|(async_)?(scoped_session)\(\))$/;
const connect =
  /^(?:sqlalchemy\.(create_engine|engine_from_config|create_async_engine)\(\)|flask_sqlalchemy\.engine)\.(?:connect|raw_connection)$/;

/** Whether calling a dotted name opens a session or a connection. */
export function openerOf(name: string): Opener | undefined {
  const made = factory.exec(name);
  if (made !== null) {
    const [, library, direct, maker, scoped, registry] = made;
    return {
      resource: 'session',
      library: library === 'sqlmodel' ? 'sqlmodel' : 'sqlalchemy',
      asynchronous: (direct ?? maker ?? scoped) !== undefined,
      registry: registry !== undefined,
    };
  }
  const connected = connect.exec(name);
  if (connected === null) return undefined;
  return {
    resource: 'connection',
    library: 'sqlalchemy',
    asynchronous: connected[1] === 'create_async_engine',
    registry: false,
  };
}

/** Names that people give to sessions, for parameters and attributes of which nothing else is known. */
export const looksLikeSession = (name: string): boolean =>
  /^\?(?:_{0,2}(?:db_?|async_?|sql_?)?session|dbsession)$/i.test(name);

/** Whether a name may lead to a session in another file. */
export const mayBeSession = (name: string): boolean =>
  /^\w+(?:\.\w+(?:\(\))*)+$/.test(name) &&
  !/^(?:sqlalchemy|sqlmodel|flask_sqlalchemy|alembic|typing|requests|aiohttp|boto3|botocore|flask|django|builtins)\./.test(
    name,
  );
