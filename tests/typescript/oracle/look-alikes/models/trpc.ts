import { initTRPC } from '@trpc/server';
import { z } from 'zod';

const t = initTRPC.create();

export const router = t.router({
  users: t.procedure
    .input(z.object({ id: z.string() }))
    .query(({ ctx, input }) => ctx.users.byId(`select ${input.id}`)),
  remove: t.procedure.input(z.string()).mutation(async ({ ctx, input }) => ctx.users.delete({ id: input })),
  all: t.procedure.query(() => []),
});
