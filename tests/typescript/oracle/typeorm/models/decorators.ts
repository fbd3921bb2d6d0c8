import { Column, CreateDateColumn, Index, PrimaryGeneratedColumn } from 'typeorm';
import { decimals } from './constants';

/** A call that gives the decorator of the library. */
export function Money(options: object = {}) {
  return Column({ ...decimals, ...options });
}

export const Key = () => PrimaryGeneratedColumn('uuid');

export const Stamp = (name?: string) => CreateDateColumn({ type: 'timestamptz', name });

/** One that applies several. */
export function Searchable(length: number): PropertyDecorator {
  return (target, key) => {
    Column({ type: 'varchar', length })(target, key);
    Index()(target, key as string);
  };
}
