import {
  BaseEntity,
  BeforeInsert,
  CreateDateColumn,
  DeleteDateColumn,
  Index,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
  VersionColumn,
} from 'typeorm';

export abstract class Base extends BaseEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @CreateDateColumn({ type: 'timestamp with time zone' })
  readonly createdAt!: Date;

  @UpdateDateColumn({ precision: 3, comment: 'Of the last change.' })
  updatedAt!: Date;

  @BeforeInsert()
  check(): void {}
}

export abstract class Removable extends Base {
  @Index()
  @DeleteDateColumn({ name: 'deleted_at' })
  deletedAt?: Date;

  @VersionColumn()
  version!: number;
}
