import { pgEnum, pgSchema } from 'drizzle-orm/pg-core';

export const roleEnum = pgEnum('role', ['owner', 'member', "guest's"]);

const levels = ['low', 'mid', 'high'] as const;
export const level = pgEnum('access_level', levels);

export enum Colour {
  Red = 'red',
  Green = 'green',
}
export const colour = pgEnum('colour', Colour);

export const audit = pgSchema('audit');
export const severity = audit.enum('severity', ['info', 'error']);
