import { config } from './config/front-end.js';
import type { FrontEnd } from './front-end.js';
import { prisma } from './prisma/front-end.js';
import { python } from './python/front-end.js';
import { sql } from './sql/front-end.js';
import { typescript } from './typescript/front-end.js';

/** Every source language that ddlint reads, and the settings files around them. */
export const frontEnds: readonly FrontEnd[] = [config, sql, python, typescript, prisma];
