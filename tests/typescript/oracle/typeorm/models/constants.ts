export const TABLES = { users: 'app_users', audit: 'audit' } as const;
export const SHORT = 40;
export enum Role {
  Admin = 'admin',
  Member = 'member',
}
export enum Level {
  Low,
  High = 5,
}
export type Label = string;
export type Mode = 'light' | 'dark';
export const shared = { type: 'varchar', length: SHORT } as const;
export const decimals = { type: 'numeric', precision: 12, scale: 3 } as const;
