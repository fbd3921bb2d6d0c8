import type { Orm, Runner } from '../../ir/index.js';

const alchemy: ReadonlySet<Orm> = new Set(['sqlalchemy', 'sqlmodel', 'flask-sqlalchemy']);

const written: { readonly [R in Runner]?: ReadonlySet<Orm> } = {
  alembic: alchemy,
  typeorm: new Set(['typeorm']),
  'mikro-orm': new Set(['mikro-orm']),
  drizzle: new Set(['drizzle']),
  sequelize: new Set(['sequelize']),
  prisma: new Set(['prisma']),
  knex: new Set(['objection']),
};

const every: ReadonlySet<Orm> = new Set([...alchemy, 'typeorm', 'mikro-orm', 'drizzle', 'sequelize', 'prisma']);

/** The libraries whose models a runner's migrations are for; all of them where it runs plain SQL. */
export const ormsOf = (runner: Runner): ReadonlySet<Orm> => written[runner] ?? every;

/** Whether a runner comes with the library of the models. */
export const isOwnRunner = (runner: Runner): boolean => written[runner] !== undefined;

/** Tools that write each migration from the models and what ran before, so that all models are theirs. */
export const generates = (runner: Runner): boolean => runner === 'prisma' || runner === 'drizzle';
