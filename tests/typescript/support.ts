import type { Authoring, Dialect, FileFacts, Operation, SqlSite, Table, TextEdit } from '../../src/ir/index.js';
import type { ReadContext } from '../../src/frontends/front-end.js';
import { typescript } from '../../src/frontends/typescript/front-end.js';

const reader = await typescript.load();
const penOf = await typescript.loadPen();

interface Settings {
  dialect?: Dialect;
  scope?: FileFacts['scope'];
  migrations?: NonNullable<ReadContext['migrations']>;
}

/** Reads files and links them. Every result has passed through JSON, as it does in the cache. */
export function readProject(files: { [path: string]: string }, settings: Settings = {}): FileFacts[] {
  const context: ReadContext = { dialect: 'postgresql', scope: 'project', ...settings };
  const facts = Object.entries(files).map(([path, text]) => throughJson(reader.read({ path, text }, context)));
  return reader.link(facts).map(throughJson);
}

export const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export const readOne = (text: string, settings: Settings = {}, path = 'src/file.ts'): FileFacts =>
  readProject({ [path]: text }, settings)[0]!;

/** Facts of one file before linking. */
export const readAlone = (text: string, path = 'src/file.ts'): FileFacts =>
  reader.read({ path, text }, { dialect: 'postgresql', scope: 'project' });

/** A file with TypeORM's decorators imported. */
export const entity = (body: string, settings: Settings = {}): Table[] =>
  readOne(`import { ${imported} } from 'typeorm';\n${body}`, settings).tables;

const imported =
  'Entity, ChildEntity, TableInheritance, ViewEntity, Column, PrimaryColumn, PrimaryGeneratedColumn, CreateDateColumn, ' +
  'UpdateDateColumn, DeleteDateColumn, VersionColumn, Generated, ManyToOne, OneToMany, OneToOne, ManyToMany, JoinColumn, ' +
  'JoinTable, Index, Unique, Check, BaseEntity, Tree, TreeParent, TreeChildren, TreeLevelColumn';

/** The steps of `up` as operations, those of statements included. */
export function operations(facts: FileFacts, half: 'up' | 'down' = 'up'): Operation[] {
  return facts.migrations.flatMap((migration) =>
    migration[half].steps.flatMap((step) => ('statement' in step ? step.statement.operations : [step.operation])),
  );
}

/** A migration whose `up` has the given body. */
export const migration = (body: string, settings: Settings = {}): FileFacts =>
  readOne(
    `import { MigrationInterface, QueryRunner, Table, TableColumn, TableIndex, TableForeignKey, TableUnique, TableCheck } from 'typeorm';
export class Change1700000000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    ${body}
  }
  public async down(queryRunner: QueryRunner): Promise<void> {}
}`,
    settings,
  );

/** Each hole as `text provenance position`. */
export const holes = (sites: readonly SqlSite[]): string[] =>
  sites.flatMap((site) => site.holes.map((hole) => `${hole.text} ${hole.provenance} ${hole.position}`));

/** The text after the edits that the pen gives, or nothing where it gives none. */
export function edited(
  text: string,
  write: (pen: Authoring, facts: FileFacts) => TextEdit[] | undefined,
  settings: Settings = {},
): string | undefined {
  const facts = readOne(text, settings);
  const edits = write(penOf({ path: facts.path, text }, facts.dialect), facts);
  if (!edits) return undefined;
  return [...edits]
    .sort((left, right) => right.span.start - left.span.start)
    .reduce((result, { span, text: by }) => result.slice(0, span.start) + by + result.slice(span.end), text);
}
