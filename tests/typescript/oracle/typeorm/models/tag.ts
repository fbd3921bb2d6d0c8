import {
  Column,
  Entity,
  JoinColumn,
  JoinTable,
  ManyToMany,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { Account } from './account';

@Entity()
export class Tag {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ name: 'tag_name' })
  name!: string;

  @ManyToMany(() => Account, (account) => account.tags, { onDelete: 'NO ACTION' })
  accounts!: Account[];

  @ManyToMany(() => Shelf, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinTable({
    name: 'tag_on_shelf',
    joinColumn: { name: 'tag', foreignKeyConstraintName: 'fk_of_tag' },
    inverseJoinColumns: [{ name: 'hall', referencedColumnName: 'hall' }, { referencedColumnName: 'position' }],
  })
  shelves!: Shelf[];
}

/** A key of two columns, one of which has another name in the database. */
@Entity()
export class Shelf {
  @PrimaryColumn('varchar', { length: 10 })
  hall!: string;

  @PrimaryColumn({ name: 'pos', type: 'smallint' })
  position!: number;

  @ManyToMany(() => Tag, { createForeignKeyConstraints: false })
  @JoinTable()
  labels!: Tag[];

  @ManyToMany(() => Shelf)
  @JoinTable()
  next!: Shelf[];
}

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  isbn!: number;

  @ManyToOne(() => Shelf)
  shelf!: Shelf;

  @ManyToOne(() => Shelf, { nullable: false, createForeignKeyConstraints: false })
  @JoinColumn([
    { name: 'old_hall', referencedColumnName: 'hall' },
    { name: 'old_pos', referencedColumnName: 'position' },
  ])
  oldShelf!: Shelf;
}
