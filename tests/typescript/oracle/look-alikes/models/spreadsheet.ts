interface Sheet {
  columns: { [name: string]: unknown };
}

const pgTable = (name: string, columns: Sheet['columns']): Sheet => ({ columns: { ...columns, title: name } });
const text = (label: string) => ({ label, notNull: () => ({ label }) });
const serial = (label: string) => ({ label, primaryKey: () => ({ label }) });
const primaryKey = (...cells: string[]): string => cells.join('!');
const index = (name: string) => ({ on: (cell: string) => `${name} ${cell}` });

export const users = pgTable('users', { id: serial('id').primaryKey(), name: text('name').notNull() });
export const key = primaryKey('A1', 'B2');
export const first = index('first').on('A1');
