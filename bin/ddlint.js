#!/usr/bin/env node
// Nothing newer than ES5 in this file: any Node must be able to read it, so that a too old one can say so.
/* eslint-disable @typescript-eslint/no-require-imports -- ES5 and CommonJS on purpose */
var version = process.versions.node.split('.').map(Number);
var old =
  version[0] < 20 ||
  version[0] === 21 ||
  (version[0] === 20 && version[1] < 19) ||
  (version[0] === 22 && version[1] < 13);

if (old) {
  var wanted = 'ddlint needs Node 20.19 or newer (of 22: 22.13 or newer)';
  console.error(wanted + ', this is Node ' + process.versions.node + '.');
  process.exitCode = 2;
} else if (process.argv.length === 3 && process.argv[2] === '--version') {
  // Answered here, because loading the command line costs more than the answer.
  console.log(require('../package.json').version);
} else {
  require('./start.js');
}
