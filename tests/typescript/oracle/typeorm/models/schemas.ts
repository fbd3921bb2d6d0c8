import { EntitySchema } from 'typeorm';
import { shared } from './constants';

interface Size {
  width: number;
  height: number;
}

export const SizeSchema = new EntitySchema<Size>({
  name: 'Size',
  columns: { width: { type: 'int' }, height: { type: Number, nullable: true } },
});

const stamps = {
  madeAt: { type: 'timestamp with time zone', createDate: true, name: 'made_at' },
  changedAt: { type: Date, updateDate: true },
  goneAt: { type: Date, deleteDate: true, nullable: true },
  revision: { type: Number, version: true },
} as const;

export const KeeperSchema = new EntitySchema({
  name: 'BoxKeeper',
  columns: {
    id: { type: Number, primary: true, generated: true },
    login: { type: String, unique: true, length: 30 },
    boss: { type: 'int', nullable: true, foreignKey: { target: 'BoxKeeper' } },
  },
});

export const BoxSchema = new EntitySchema({
  name: 'Box',
  tableName: 'boxes',
  columns: {
    id: { type: 'uuid', primary: true, generated: 'uuid' },
    code: { type: String, length: 12, unique: true, comment: 'On the lid.' },
    rank: { type: 'int', generated: 'increment' },
    state: { type: 'enum', enum: ['open', 'shut'], default: 'shut' },
    owner: { ...shared, name: 'owner_name', nullable: true },
    keeperId: { type: 'int' },
    ...stamps,
  },
  embeddeds: { size: { schema: SizeSchema, prefix: 'size_' }, inner: { schema: SizeSchema } },
  relations: {
    keeper: { type: 'many-to-one', target: 'BoxKeeper', joinColumn: true, onDelete: 'CASCADE', nullable: false },
    maker: { type: 'many-to-one', target: 'BoxKeeper' },
    within: { type: 'many-to-one', target: 'Box', joinColumn: { name: 'within_id' }, inverseSide: 'holds' },
    holds: { type: 'one-to-many', target: 'Box', inverseSide: 'within' },
    users: { type: 'many-to-many', target: 'BoxKeeper', joinTable: { name: 'box_user' } },
    readers: { type: 'many-to-many', target: 'BoxKeeper', joinTable: true },
    lock: { type: 'one-to-one', target: 'BoxKeeper', joinColumn: { name: 'locked_by', referencedColumnName: 'login' } },
  },
  indices: [{ name: 'by_rank', columns: ['rank', 'owner'], unique: true }, { columns: ['state'] }],
  uniques: [{ columns: ['code', 'rank'] }, { name: 'one_owner', columns: ['owner'] }],
  checks: [{ expression: '"rank" > 0' }, { name: 'short', expression: 'length("code") < 13' }],
});

export const LabelSchema = new EntitySchema({
  name: 'ParcelLabel',
  schema: 'shop',
  columns: { box: { type: 'uuid', primary: true }, place: { type: 'smallint', primary: true } },
  foreignKeys: [{ target: 'Box', columnNames: ['box'], referencedColumnNames: ['id'], onDelete: 'CASCADE' }],
});

/** A class beside its schema. */
export class Crate {
  id!: number;
}

export const CrateSchema = new EntitySchema<Crate>({
  name: 'Crate',
  target: Crate,
  columns: { id: { type: 'int', primary: true, generated: 'identity' } },
});
