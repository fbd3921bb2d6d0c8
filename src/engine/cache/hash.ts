import type { Hash } from 'node:crypto';

/** Loaded when the first thing is hashed: in a project that holds nothing of the data layer, nothing is. */
export const newHash = (): Hash => process.getBuiltinModule('node:crypto').createHash('sha1');
