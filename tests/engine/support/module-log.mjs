// Loaded with --import: writes every module that is resolved, by import or by require, into the file MODULE_LOG.
import { appendFileSync } from 'node:fs';
import Module, { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const log = process.env.MODULE_LOG;
const note = (name) => appendFileSync(log, `${name}\n`);

export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context);
  note(resolved.url);
  return resolved;
}

if (isMainThread) {
  register(import.meta.url);
  const original = Module._resolveFilename;
  Module._resolveFilename = function (...args) {
    const resolved = original.apply(this, args);
    note(resolved);
    return resolved;
  };
}
