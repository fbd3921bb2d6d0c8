import { EntitySchema, type Collection } from '@mikro-orm/core';
import { Label } from './label.js';
import type { UserAccount } from './user-account.js';

export interface Stamped {
  createdAt: Date;
}

export const stamped = new EntitySchema<Stamped>({
  name: 'Stamped',
  abstract: true,
  properties: {
    createdAt: { type: 'Date', defaultRaw: 'now()' },
  },
});

/** Goods on their way. */
export interface Shipment extends Stamped {
  id: number;
  trackingNo: string;
  account: UserAccount;
}

export const ShipmentSchema = new EntitySchema<Shipment, Stamped>({
  name: 'Shipment',
  extends: 'Stamped',
  comment: 'Goods on their way.',
  properties: {
    id: { type: 'number', primary: true },
    trackingNo: { type: 'string', length: 32, unique: true },
    account: { kind: 'm:1', entity: 'UserAccount', deleteRule: 'cascade' },
  },
  indexes: [{ properties: ['account', 'trackingNo'] }],
  checks: [{ expression: 'length(tracking_no) > 3' }],
});

export class Parcel {
  id!: string;
  weightKg!: number;
  state!: 'open' | 'sent';
  shipment!: Shipment;
  labels!: Collection<Label>;
}

export const ParcelSchema = new EntitySchema({
  class: Parcel,
  tableName: 'library.parcel',
  properties: {
    id: { type: 'uuid', primary: true },
    weightKg: { type: 'numeric', precision: 8, scale: 3, nullable: true },
    state: { enum: true, items: ['open', 'sent'], default: 'open' },
    shipment: { kind: 'm:1', entity: () => ShipmentSchema, fieldName: 'shipment_ref', nullable: true },
    labels: { kind: 'm:n', entity: () => Label },
  },
  uniques: [{ name: 'parcel_once', properties: ['shipment', 'state'] }],
});
