/** Names that several tables share. */
export const T = { accounts: 'accounts', invoices: 'billing_invoices' } as const;

export enum Prefix {
  App = 'app_',
}
