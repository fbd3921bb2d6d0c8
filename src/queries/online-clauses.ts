import type { Operation } from '../ir/index.js';

/** Whether a statement of MySQL or MariaDB says that it must not block: the server then refuses it rather than to do so. */
export const refusesToBlock = ({ algorithm, lock }: Pick<Operation, 'algorithm' | 'lock'>): boolean =>
  lock === 'none' || (algorithm !== undefined && algorithm !== 'copy' && algorithm !== 'default');
