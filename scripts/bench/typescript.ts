import { ts } from 'ts-morph';
import { typescript } from '../../src/frontends/typescript/front-end.js';
import { median, timed } from './measure.js';

type Form = (number: number) => [path: string, text: string];

/** A model and a migration, as the projects have them that are read most: a dozen columns, a few statements. */
const forms: readonly Form[] = [
  (number) => [
    `src/entities/order-${number}.entity.ts`,
    `import { Column, Entity, Index, JoinColumn, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Status } from '../status';
import { Customer${number % 10} } from './order-${number % 10}.entity';

/** What was bought, when it was paid, and where it is. */
@Entity('orders_${number}')
@Index(['customerId', 'createdAt'])
export class Order${number} {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** As the supplier calls it. */
  @Column({ type: 'varchar', length: 200, nullable: true, unique: true })
  reference?: string;

  @Column({ type: 'enum', enum: Status, default: Status.Pending })
  status!: Status;

  @Column('numeric', { precision: 12, scale: 2, default: 0 })
  total!: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column()
  customerId!: string;

  @ManyToOne(() => Customer${number % 10}, (customer) => customer.orders, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'customerId' })
  customer!: Customer${number % 10};

  isPaid(): boolean {
    return this.status !== Status.Pending && Number(this.total) >= 0;
  }
}

export class Customer${number} {
  orders!: Order${number}[];
}
`,
  ],
  (number) => [
    `src/migrations/${1_700_000_000_000 + number}-Orders.ts`,
    `import { MigrationInterface, QueryRunner } from 'typeorm';

export class Orders${1_700_000_000_000 + number} implements MigrationInterface {
  name = 'Orders${1_700_000_000_000 + number}';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      \`CREATE TABLE "orders_${number}" ("id" uuid NOT NULL DEFAULT uuid_generate_v4(), "reference" character varying(200), "total" numeric(12,2) NOT NULL DEFAULT '0', CONSTRAINT "PK_${number}" PRIMARY KEY ("id"))\`,
    );
    await queryRunner.query(\`CREATE INDEX "IDX_${number}" ON "orders_${number}" ("reference")\`);
    await queryRunner.query(
      \`ALTER TABLE "orders_${number}" ADD CONSTRAINT "FK_${number}" FOREIGN KEY ("customerId") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE NO ACTION\`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`DROP TABLE "orders_${number}"\`);
  }
}
`,
  ],
];

/** What reading and linking models and migrations costs, beside what TypeScript takes to parse them. */
export async function typescriptCost(count: number): Promise<string> {
  const reader = await typescript.load();
  const files = Array.from({ length: count }, (_, number) => forms[number % forms.length]!(number));
  const context = { dialect: 'postgresql', scope: 'project' } as const;
  const parse = (): void => {
    for (const [path, text] of files) ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  };
  const read = (): void => {
    reader.link(files.map(([path, text]) => reader.read({ path, text }, context)));
  };
  const times: [number[], number[]] = [[], []];
  for (let run = 0; run < 9; run += 1) [parse, read].forEach((stage, index) => times[index]!.push(timed(stage)));
  const [parsed, whole] = times.map((each) => median(each) / count) as [number, number];
  return (
    `TypeScript, ${count} models and migrations: facts ${whole.toFixed(2)} ms a file, ` +
    `parsed by TypeScript ${parsed.toFixed(2)} ms (× ${(whole / parsed).toFixed(1)}).`
  );
}
