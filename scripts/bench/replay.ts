import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { FileFacts, Project } from '../../src/ir/index.js';
import { read } from '../../src/frontends/sql/files.js';
import { replaysOf } from '../../src/queries/replay.js';
import { median, timed } from './measure.js';

type Form = (number: number) => string;

/** What histories are made of: new tables with keys, changes of a few tables that everything hangs on, types, views. */
const forms: readonly Form[] = [
  (n) => `
CREATE TABLE "Record${n}" ("id" bigserial PRIMARY KEY, "ownerId" bigint NOT NULL REFERENCES "Owner" ("id"), "name" text UNIQUE,
  "state" "State" NOT NULL DEFAULT 'open', "createdAt" timestamptz NOT NULL DEFAULT now(), CHECK ("name" <> ''));
CREATE INDEX ON "Record${n}" ("ownerId", "createdAt");`,
  (n) => `ALTER TABLE "Owner" ADD COLUMN "field${n}" text; CREATE INDEX "Owner_field${n}" ON "Owner" ("field${n}");`,
  (n) => `ALTER TABLE "Owner" ALTER COLUMN "field${n - 1}" TYPE varchar(20), ALTER COLUMN "field${n - 1}" SET NOT NULL;
COMMENT ON COLUMN "Owner"."field${n - 1}" IS 'number ${n}';`,
  (n) => `CREATE VIEW "open${n}" AS SELECT "id", "name" FROM "Record${n - 3}" WHERE "state" = 'open';
ALTER TABLE "Record${n - 3}" RENAME COLUMN "name" TO "title"; UPDATE "Record${n - 3}" SET "title" = 'x';`,
  (n) => `CREATE TYPE "Kind${n}" AS ENUM ('a'); ALTER TABLE "Record${n - 4}" ADD COLUMN "kind" "Kind${n}";
ALTER TYPE "Kind${n}" RENAME TO "Kind${n}_old"; ALTER TYPE "State" ADD VALUE 'state${n}';`,
  (n) => `DROP INDEX "Owner_field${n - 4}"; ALTER TABLE "Owner" DROP COLUMN "field${n - 4}";
ALTER TABLE "Record${n - 5}" RENAME TO "Kept${n - 5}";`,
];

const start = `CREATE TYPE "State" AS ENUM ('open');
CREATE TABLE "Owner" ("id" bigserial PRIMARY KEY, "name" text NOT NULL);`;

function history(count: number): FileFacts[] {
  const migrations = { path: 'migrations', runner: 'plain' } as const;
  return Array.from({ length: count }, (_, number) => {
    const text = number === 0 ? start : forms[(number - 1) % forms.length]!(number);
    const path = `migrations/${String(number).padStart(5, '0')}_change.sql`;
    return read({ path, text }, { dialect: 'postgresql', scope: 'project', migrations });
  });
}

interface Cost {
  milliseconds: number;
  /** What stays in memory for as long as somebody may ask, in MiB. */
  memory: number;
}

function cost(count: number, runs: number): Cost {
  const files = history(count);
  const fresh = (): Project => ({ files, settings: { dialect: 'postgresql', shipped: new Set() } });
  const times = Array.from({ length: runs }, () => timed(() => replaysOf(fresh())));
  const before = heap();
  const project = fresh();
  const tables = [...replaysOf(project)[0]!.final.tables()].length;
  if (tables <= count / forms.length) throw new Error(`only ${tables} tables`);
  return { milliseconds: median(times), memory: heap() - before };
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** How long the replay of a history takes once its files are read, and how that grows with the number of migrations. */
export function replayCost(runs: number): string {
  cost(500, 1);
  const [few, many] = [cost(500, runs), cost(5000, runs)];
  const ratio = (many.milliseconds / few.milliseconds).toFixed(1);
  return `Replay of 5,000 migrations: ${many.milliseconds.toFixed(0)} ms, ${ratio} times that of 500 (${few.milliseconds.toFixed(0)} ms), ${many.memory.toFixed(0)} MiB`;
}
