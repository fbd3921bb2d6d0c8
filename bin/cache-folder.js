/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS, see start.js */
'use strict';
const { homedir } = require('node:os');
const { join } = require('node:path');

/** The folder in which the user's programs keep what they can make again. */
exports.cacheFolder = function cacheFolder() {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  if (process.platform === 'win32' && process.env.LOCALAPPDATA) return process.env.LOCALAPPDATA;
  return join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
};
