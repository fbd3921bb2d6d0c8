import type { FrontEnd } from './front-end.js';
import { python } from './python/front-end.js';
import { sql } from './sql/front-end.js';
import { typescript } from './typescript/front-end.js';

/** Every source language that ddlint reads. */
export const frontEnds: readonly FrontEnd[] = [sql, python, typescript];
