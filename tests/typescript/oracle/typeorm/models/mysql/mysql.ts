import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

enum Size {
  Small = 'small',
  Large = 'large',
}

@Entity({ comment: "MySQL's own" })
export class Own {
  @PrimaryGeneratedColumn('increment', { type: 'bigint', unsigned: true })
  id!: string;

  @Column('int', { unsigned: true, default: 5 })
  count!: number;

  @Column('tinyint', { default: 0 })
  flag!: number;

  @Column('enum', { enum: ['a', "b'c"], default: 'a', comment: 'One of two' })
  kind!: string;

  @Column({ type: 'simple-enum', enum: Size, default: Size.Small })
  size!: Size;

  @Column('set', { enum: ['x', 'y'], nullable: true })
  kinds!: string[];

  @Column('timestamp', { precision: 6, default: () => 'CURRENT_TIMESTAMP(6)', onUpdate: 'CURRENT_TIMESTAMP(6)' })
  changed!: Date;

  @Column('datetime')
  at!: Date;

  @Column('mediumtext')
  body!: string;

  @Column('json', { nullable: true })
  data!: object;

  @Column('double', { precision: 8, scale: 2 })
  ratio!: number;

  @Column('char', { length: 36, charset: 'ascii', collation: 'ascii_bin' })
  @Index({ fulltext: true })
  token!: string;

  @Column({ type: 'int', asExpression: '`count` + 1', generatedType: 'VIRTUAL' })
  more!: number;

  @Column('varbinary', { length: 16 })
  hash!: Buffer;
}
