import { defineEntity, p } from '@mikro-orm/core';
import { Level, Role } from './kinds.js';
import { UserAccount } from './user-account.js';

const timestamps = {
  createdAt: p.datetime(3).onCreate(() => new Date()),
  updatedAt: p
    .datetime()
    .onCreate(() => new Date())
    .onUpdate(() => new Date()),
};

export const TicketBase = defineEntity({
  name: 'TicketBase',
  abstract: true,
  properties: { id: p.integer().primary(), ...timestamps },
});

export const Window = defineEntity({
  name: 'Window',
  embeddable: true,
  properties: (p) => ({
    startsAt: p.datetime(),
    endsAt: p.datetime().nullable(),
  }),
});

const code = (length: number) => p.string().length(length);

/** What somebody wants done. */
export const Ticket = defineEntity({
  name: 'SupportTicket',
  extends: TicketBase,
  comment: 'What somebody wants done.',
  indexes: [{ properties: ['status', 'priority'] }, { name: 'ticket_seen', properties: ['seenAt'] }],
  uniques: [{ properties: ['reporter', 'title'] }],
  checks: [{ name: 'ticket_estimate', expression: 'estimate > 0' }],
  properties: {
    title: code(120).comment('One line.'),
    text: p.text().lazy(),
    shortCode: code(9).unique().nullable(),
    status: p.enum(['new', 'open', 'done']).default('new'),
    priority: p.enum(() => Level),
    audience: p
      .enum(() => Role)
      .nativeEnumName('ticket_audience')
      .nullable(),
    estimate: p.decimal().precision(6).scale(1).nullable(),
    points: p.integer().default(1).index(),
    weight: p.double().index('ticket_weight'),
    isPublic: p.boolean().default(false),
    reference: p.uuid().defaultRaw('gen_random_uuid()'),
    meta: p.json().nullable(),
    words: p.array().nullable(),
    seenAt: p.datetime(0).nullable(),
    dueOn: p.date().nullable(),
    total: p.bigint().name('sum_total'),
    note: p.type('varchar(77)').nullable(),
    raw: p.string().columnType('cidr').nullable(),
    cached: p.string().persist(false),
    window: () => p.embedded(Window),
    extra: () => p.embedded(Window).object().nullable(),
    reporter: () => p.manyToOne(UserAccount).ref(),
    assignee: () => p.manyToOne(UserAccount).nullable().deleteRule('cascade').updateRule('restrict'),
    parent: () => p.manyToOne(Ticket).nullable().joinColumn('parent_ticket'),
    children: () => p.oneToMany(Ticket).mappedBy('parent'),
    owner: () => p.oneToOne(UserAccount).owner(),
    watchers: () => p.manyToMany(UserAccount),
    blocks: () => p.manyToMany(Ticket).pivotTable('ticket_blocks'),
  },
});
