/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS, see start.js */
'use strict';
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { cacheFolder } = require('./cache-folder.js');

/** Says what to do about it; the launcher prints the message alone. */
class CompileError extends Error {
  name = 'CompileError';
}

/** The folders that the program consists of. */
const folders = ['src', 'rules'];
/** What `rename` answers where another start was first, or an unfinished folder is in the way. */
const occupied = new Set(['ENOTEMPTY', 'EEXIST', 'EPERM', 'ENOTDIR']);

/** Files below a folder of the package, relative to it. */
function filesIn(root, folder) {
  return fs
    .readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

/**
 * Takes the types out. One program for all files, which is not checked and looks at nothing else, writes the same as
 * `transpileModule` for each and takes half the time.
 */
function transpile(root, target) {
  const { ts } = require('ts-morph');
  const options = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    noCheck: true,
    noLib: true,
    noResolve: true,
  };
  const files = folders.flatMap((folder) => filesIn(root, folder));
  const write = (file, text) => {
    const to = path.join(target, path.relative(root, file));
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.writeFileSync(to, text);
  };
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  ts.createProgram(
    sources.map((file) => path.join(root, file)),
    options,
  ).emit(undefined, write);
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    write(path.join(root, file), fs.readFileSync(path.join(root, file)));
  }
}

/**
 * Compiles into `<home>/dist`: first beside it, then renamed in one step, so that a start at the same time sees
 * all of it or nothing.
 */
function compileInto(root, home, entry) {
  const dist = path.join(home, 'dist');
  const fresh = fs.mkdtempSync(path.join(home, '.dist-'));
  fs.chmodSync(fresh, 0o755);
  try {
    transpile(root, fresh);
    for (let tries = 2; tries > 0; tries -= 1) {
      try {
        return fs.renameSync(fresh, dist);
      } catch (error) {
        if (!occupied.has(error.code)) throw error;
      }
      if (fs.existsSync(path.join(home, entry))) return;
      fs.rmSync(dist, { recursive: true, force: true });
    }
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}

/** Changes with the place of the package and with every change of its sources. */
function fingerprint(root) {
  const hash = createHash('sha256').update(root);
  for (const file of folders.flatMap((folder) => filesIn(root, folder)).sort()) {
    const { mtimeMs, size } = fs.statSync(path.join(root, file));
    hash.update(`\0${file}\0${mtimeMs}\0${size}`);
  }
  return hash.digest('hex').slice(0, 16);
}

function link(target, at) {
  fs.mkdirSync(path.dirname(at), { recursive: true });
  try {
    fs.symlinkSync(target, at, 'junction');
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

/** The folder of an installed package, found the way Node finds it. */
function packageFolder(root, name) {
  const candidates = createRequire(path.join(root, 'package.json')).resolve.paths(name);
  return candidates.map((folder) => path.join(folder, name)).find((folder) => fs.existsSync(folder));
}

/** A folder outside of the package that the compiled program takes for the package: same name, sources and dependencies. */
function mirror(root) {
  const home = path.join(cacheFolder(), 'ddlint', fingerprint(root));
  fs.mkdirSync(home, { recursive: true });
  const manifest = path.join(root, 'package.json');
  fs.copyFileSync(manifest, path.join(home, 'package.json'));
  for (const folder of folders) link(path.join(root, folder), path.join(home, folder));
  for (const name of Object.keys(JSON.parse(fs.readFileSync(manifest, 'utf8')).dependencies)) {
    const folder = packageFolder(root, name);
    if (folder) link(folder, path.join(home, 'node_modules', name));
  }
  return home;
}

/**
 * Compiles the program once, into the package itself or, where that is read-only, into the user's cache.
 * Gives the path of the compiled entry.
 */
exports.compile = function compile(root, entry) {
  try {
    compileInto(root, root, entry);
    return path.join(root, entry);
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(error.code)) throw error;
  }
  let home = cacheFolder();
  try {
    home = mirror(root);
    if (!fs.existsSync(path.join(home, entry))) compileInto(root, home, entry);
    return path.join(home, entry);
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOENT'].includes(error.code)) throw error;
    throw new CompileError(
      `ddlint must be compiled once, but can write neither to ${root} nor to ${home}.\nRun \`npm run compile\` there, or set XDG_CACHE_HOME to a writable folder.`,
    );
  }
};
