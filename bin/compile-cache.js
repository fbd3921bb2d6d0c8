/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS, see start.js */
'use strict';
const fs = require('node:fs');
const Module = require('node:module');
const { basename, dirname, join } = require('node:path');

/** The one package that is large enough to pay for it. Nothing in it is imported late, which compiled code can't do. */
const kept = new Set(['typescript.js', 'typescript.cjs']);
/** What is older was made by a Node or of a package that may be gone. It is made again where it is not. */
const oldestDays = 30;

/** Changes with the file and with Node; V8 itself looks at no more than the length of the source. */
function nameOf(filename) {
  const { createHash } = require('node:crypto');
  const { mtimeMs, size } = fs.statSync(filename);
  const { arch, version } = process;
  return createHash('sha1').update([filename, mtimeMs, size, arch, version].join('\0')).digest('hex');
}

function read(file) {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

function removeOld(folder) {
  const oldest = Date.now() - oldestDays * 86_400_000;
  for (const name of fs.readdirSync(folder)) {
    const file = join(folder, name);
    if (fs.statSync(file).mtimeMs < oldest) fs.rmSync(file, { force: true });
  }
}

/** Writes in one step: a start at the same time reads all of it or nothing. */
function write(file, data) {
  try {
    fs.mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(`${file}.${process.pid}`, data, { mode: 0o600 });
    fs.renameSync(`${file}.${process.pid}`, file);
    removeOld(dirname(file));
  } catch {
    // Without the compiled code the next start takes longer, and that is all.
  }
}

function compiled(content, filename) {
  const vm = require('node:vm');
  const { cacheFolder } = require('./cache-folder.js');
  const file = join(cacheFolder(), 'ddlint', 'code', nameOf(filename));
  const cachedData = read(file);
  const script = new vm.Script(Module.wrap(content), {
    filename,
    ...(cachedData && { cachedData }),
  });
  // At the end, so that the functions that ran are among it.
  if (!cachedData || script.cachedDataRejected) process.once('exit', () => write(file, script.createCachedData()));
  return script.runInThisContext();
}

/**
 * What `module.enableCompileCache` does, for Node 20, which does not have it: TypeScript is kept compiled from run to
 * run.
 */
exports.enable = function enable() {
  const original = Module.prototype._compile;
  Module.prototype._compile = function _compile(content, filename) {
    if (!kept.has(basename(filename))) return original.call(this, content, filename);
    const { exports } = this;
    const require = Module.createRequire(filename);
    return compiled(content, filename).call(exports, exports, require, this, filename, dirname(filename));
  };
};
