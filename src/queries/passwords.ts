import type { Engine, FileFacts, WrittenPassword } from '../ir/index.js';

/** A password that is written in a file, and what it is for. */
interface PasswordPlace {
  password: WrittenPassword;
  engine: Engine;
  /** `user@host/database`, as far as it is known. */
  target: string;
  /** The variable in whose place it comes, where it is a fallback. */
  fallbackOf?: string;
}

/** What stands in for a password: a place that something fills, or a word that asks the reader to. */
const placeholder =
  /^(?:<.*>|\[.*\]|\{.*\}|\$.*|%.*%|%\(.*\)s|\*+|\.{2,}|…|[xX]{2,}|_+|your[-_ ]?.*|my[-_ ]?password|.*[-_ ]here|change[-_ ]?(?:me|this|it)!?|redacted|placeholder|password_here|db_?password|dbpass|todo|.*[()].*)$/i;

/** Names that stand for whoever it will be. */
const anybody = /^(?:u|usr|user|username|db_?user)$/i;
const anything = /^(?:p|pw|pwd|pass|passwd|password|secret)$/i;

/** A URL that shows what one looks like: nothing in the file connects with it, and its parts are called what they are. */
const isSample = ({ kind, url }: Engine): boolean =>
  kind === 'url' && anybody.test(url?.parts?.user ?? '') && anything.test(url?.parts?.password?.value ?? '');

/**
 * The passwords of databases that stand in a file, each once. Of tests only those that something connects with: the
 * others are data of the test.
 */
export function writtenPasswords({ engines = [], scope }: FileFacts): PasswordPlace[] {
  const places = new Map<number, PasswordPlace>();
  for (const engine of engines) {
    const { url } = engine;
    const password = url?.parts?.password;
    if (url?.parts === undefined || password === undefined || places.has(password.span.start)) continue;
    // Alembic's template of a settings file ships with this URL.
    if (isSample(engine) || (engine.kind === 'url' && scope === 'test')) continue;
    if (url.parts.driver === 'driver' || placeholder.test(password.value)) continue;
    const { user, host, database } = url.parts;
    const fallbackOf = password.fallbackOf ?? (url.absent === 'fallback' ? (url.name ?? 'the setting') : undefined);
    const server = [user, host].filter((part) => part !== undefined && part !== '').join('@');
    const named = /^\S*/.exec(database ?? '')?.[0] ?? '';
    const target = [server, named].filter((part) => part !== '').join('/');
    places.set(password.span.start, {
      password,
      engine,
      target: target || 'a database',
      ...(fallbackOf !== undefined && { fallbackOf }),
    });
  }
  return [...places.values()];
}
