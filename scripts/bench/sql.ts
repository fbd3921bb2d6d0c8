import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read } from '../../src/frontends/sql/files.js';
import { fileSource } from '../../src/frontends/sql/source.js';
import { pieces } from '../../src/frontends/sql/split.js';
import { Lexer } from '../../src/frontends/sql/tokens.js';
import { median, timed } from './measure.js';

type Form = (number: number) => string;

/** Short definitions and nothing else: the most facts that a text of its size can hold. */
const dense: readonly Form[] = [
  (number) => `ALTER TABLE t${number} ADD COLUMN c${number} text;`,
  (number) => `CREATE INDEX i${number} ON t${number % 100} (c${number});`,
  (number) => `CREATE TABLE x${number} (id bigint PRIMARY KEY, name text NOT NULL);`,
];

/**
 * A migration file after another, as the histories of Lemmy and Documenso have them: a table of a dozen columns,
 * keys and indexes with long quoted names, comments, changes of rows, a function with its trigger. Half of the text are
 * names and blanks, and a statement has two hundred characters on average.
 */
const migrations: readonly Form[] = [
  (number) => `-- Orders of a customer, ${number}: what was bought, when it was paid, and where it is.
CREATE TABLE "CustomerOrder${number}" (
    "id" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "status" "OrderStatus" NOT NULL DEFAULT 'PENDING',
    "customerId" INTEGER NOT NULL,
    "deliveryAddressId" INTEGER,
    "totalAmount" DECIMAL(12,2) NOT NULL DEFAULT 0,
    "externalReference" TEXT,

    CONSTRAINT "CustomerOrder${number}_pkey" PRIMARY KEY ("id")
);
`,
  (number) => `
-- CreateIndex
CREATE UNIQUE INDEX "CustomerOrder${number}_externalReference_key" ON "CustomerOrder${number}"("externalReference");

-- AddForeignKey
ALTER TABLE "CustomerOrder${number}" ADD CONSTRAINT "CustomerOrder${number}_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
`,
  (number) => `
alter table post_aggregates${number}
    add column newest_comment_time_necro timestamp not null default now(),
    add column featured_local boolean not null default false,
    drop column stickied;

update
    post_aggregates${number} pa
set
    featured_local = p.featured_local,
    newest_comment_time_necro = coalesce(p.updated, p.published)
from
    post p
where
    pa.post_id = p.id and p.published > now() - interval '${number} days';
`,
  (number) => `
create or replace function post_aggregates_${number}()
returns trigger language plpgsql
as $$
begin
  -- The counts are those of the rows, not of the page.
  if (TG_OP = 'INSERT') then
    insert into post_aggregates (post_id, published, newest_comment_time)
    values (NEW.id, NEW.published, NEW.published);
  elsif (TG_OP = 'DELETE') then
    delete from post_aggregates where post_id = OLD.id;
  end if;
  return null;
end $$;

create trigger post_aggregates_${number} after insert or delete on post
for each row execute procedure post_aggregates_${number}();
`,
  (number) => `
/* The words of a report, in the order in which people see them. */
INSERT INTO report_reason (id, name, description) VALUES
    (${number}, 'spam', 'It sells something, or leads to a place that does.'),
    (${number + 1}, 'abuse', 'It insults a person, or calls on others to do so.');

create index concurrently if not exists idx_post_aggregates_community_${number} on post_aggregates (community_id, featured_local desc, published desc);
`,
];

function drain(text: string): void {
  const lexer = new Lexer(text, 'postgresql');
  while (lexer.advance());
}

function drainPieces(text: string): number {
  let count = 0;
  for (const piece of pieces(fileSource(text, 'postgresql'))) count += piece.end;
  return count;
}

/** MB/s of each stage: the bytes of the file, its tokens, its statements, and what these do. */
interface Throughput {
  megabytes: number;
  bytes: number;
  tokens: number;
  statements: number;
  facts: number;
}

function throughput(forms: readonly Form[], megabytes: number): Throughput {
  const file = join(tmpdir(), `ddlint-bench-${process.pid}.sql`);
  let text = '';
  for (let number = 0; text.length < megabytes * 1e6; number += 1) text += `${forms[number % forms.length]!(number)}\n`;
  writeFileSync(file, text);
  try {
    const context = { dialect: 'postgresql', scope: 'project' } as const;
    const stages = [
      () => readFileSync(file, 'utf8'),
      () => drain(text),
      () => drainPieces(text),
      () => read({ path: 'a.sql', text }, context),
    ];
    const times = stages.map((): number[] => []);
    for (let run = 0; run < 7; run += 1) stages.forEach((stage, index) => times[index]!.push(timed(stage)));
    const [bytes, tokens, statements, facts] = times.map((each) => (text.length / 1e6 / median(each)) * 1000) as [
      number,
      number,
      number,
      number,
    ];
    return { megabytes: text.length / 1e6, bytes, tokens, statements, facts };
  } finally {
    rmSync(file);
  }
}

/** A line for each kind of text: how fast it is read, and how much slower that is than reading its bytes. */
export function sqlThroughput(megabytes: number): string[] {
  const texts = { 'SQL, migrations': migrations, 'SQL, short definitions': dense };
  return Object.entries(texts).map(([name, forms]) => {
    const { bytes, tokens, statements, facts, megabytes: size } = throughput(forms, megabytes);
    const shown = (speed: number): string => `${speed.toFixed(0)} MB/s`;
    return (
      `${name}, ${size.toFixed(1)} MB: tokens ${shown(tokens)}, statements ${shown(statements)}, ` +
      `facts ${facts.toFixed(1)} MB/s, bytes ${shown(bytes)} (× ${(bytes / facts).toFixed(0)}).`
    );
  });
}
