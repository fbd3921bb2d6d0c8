/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS starts faster, and a too old Node never gets here */
'use strict';
const { existsSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const root = join(__dirname, '..');
const entry = 'dist/src/cli/main.js';

/** Where the compiled command line is; compiles it first where a plain clone has none. */
function compiledEntry() {
  const built = join(root, entry);
  if (existsSync(built)) return built;
  const { compile } = require('./compile.js');
  return compile(root, entry);
}

async function start() {
  // Compiled code is kept: loading the parser of TypeScript takes a third of the time from the second run on.
  if (enableCompileCache) enableCompileCache();
  else {
    const { enable } = require('./compile-cache.js');
    enable();
  }
  let main;
  try {
    ({ main } = await import(pathToFileURL(compiledEntry())));
  } catch (error) {
    const missing = error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND';
    if (!missing && error.name !== 'CompileError') throw error;
    console.error(missing ? `${error.message.split('\n')[0]}.\nRun \`npm ci\` in ${root} first.` : error.message);
    process.exitCode = 2;
    return;
  }
  process.exitCode = await main(process.argv.slice(2));
}

start().catch((error) => {
  console.error(`ddlint could not start: ${error.stack}`);
  process.exitCode = 3;
});
