import { z } from 'zod';

const { literal } = z;

export const role = z.union([z.literal('select'), z.literal('drop table users'), literal('admin')]);
export const user = z.object({
  id: z.string().uuid(),
  email: z.string().email().nullable(),
  kind: role.default('select'),
  createdAt: z.date().default(() => new Date()),
});
