import {
  Check,
  Column,
  CreateDateColumn,
  DeleteDateColumn,
  Entity,
  Index,
  JoinColumn,
  JoinTable,
  ManyToMany,
  ManyToOne,
  OneToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  TableInheritance,
  ChildEntity,
  Tree,
  TreeChildren,
  TreeLevelColumn,
  TreeParent,
  Unique,
  UpdateDateColumn,
  VersionColumn,
  Generated,
} from 'typeorm';

@Entity('makers')
export class Maker {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('int', { name: 'born_in' })
  born!: number;
}

@Entity()
@Check('positive', 'price > 0')
@Unique(['code', 'price'])
@Index(['name', 'madeAt'])
export class Product {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ length: 40, unique: true })
  code!: string;

  @Column()
  name!: string;

  @Column({ type: 'varchar', nullable: true, default: 'none' })
  note!: string | null;

  @Column('decimal', { precision: 10, scale: 2, default: 0 })
  price!: string;

  @Column({ default: true })
  active!: boolean;

  @Column()
  count!: number;

  @Column('bigint', { nullable: true })
  total!: string;

  @Column('simple-array')
  words!: string[];

  @Column('simple-json', { nullable: true })
  data!: object;

  @Column({ type: 'text', nullable: true })
  body!: string;

  @Column({ type: Date, nullable: true })
  soldAt!: Date;

  @Column('blob', { nullable: true })
  picture!: Buffer;

  @CreateDateColumn()
  madeAt!: Date;

  @UpdateDateColumn({ precision: 3 })
  changedAt!: Date;

  @DeleteDateColumn()
  goneAt!: Date;

  @VersionColumn()
  version!: number;

  @Column()
  @Generated('uuid')
  token!: string;

  @ManyToOne(() => Maker, { onDelete: 'CASCADE', nullable: false })
  maker!: Maker;

  @OneToOne(() => Product)
  @JoinColumn({ name: 'next_id' })
  next!: Product;

  @ManyToMany(() => Maker)
  @JoinTable()
  sellers!: Maker[];
}

@Entity()
@TableInheritance({ column: { type: 'varchar', name: 'kind' } })
export class Shape {
  @PrimaryColumn('varchar', { length: 20 })
  name!: string;
}

@ChildEntity()
export class Circle extends Shape {
  @Column('float')
  radius!: number;
}

@Entity()
@Tree('closure-table')
export class Part {
  @PrimaryGeneratedColumn()
  id!: number;

  @TreeLevelColumn()
  level!: number;

  @TreeParent()
  whole!: Part;

  @TreeChildren()
  parts!: Part[];
}

@Entity()
@Tree('nested-set')
export class Section {
  @PrimaryGeneratedColumn()
  id!: number;

  @TreeParent()
  whole!: Section;

  @TreeChildren()
  parts!: Section[];
}
