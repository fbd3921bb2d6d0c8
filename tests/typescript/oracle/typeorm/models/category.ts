import {
  Column,
  Entity,
  ManyToOne,
  OneToMany,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  Tree,
  TreeChildren,
  TreeLevelColumn,
  TreeParent,
} from 'typeorm';

@Entity()
@Tree('closure-table')
export class Category {
  @PrimaryGeneratedColumn()
  id!: number;

  @TreeChildren({ cascade: true })
  children!: Category[];

  @TreeParent({ onDelete: 'CASCADE' })
  parent!: Category;

  @TreeLevelColumn()
  level!: number;
}

@Entity()
@Tree('closure-table', {
  closureTableName: 'region_ends',
  ancestorColumnName: (column) => `up_${column.propertyName}`,
  descendantColumnName: (column) => `down_${column.propertyName}`,
})
export class Region {
  @PrimaryColumn('varchar', { length: 5 })
  code!: string;

  @TreeChildren()
  parts!: Region[];

  @TreeParent()
  whole!: Region;
}

@Entity()
@Tree('materialized-path')
export class Folder {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column()
  name!: string;

  @TreeChildren()
  folders!: Folder[];

  @TreeParent()
  within!: Folder;
}

@Entity()
@Tree('nested-set')
export class Chapter {
  @PrimaryGeneratedColumn()
  id!: number;

  @TreeChildren()
  parts!: Chapter[];

  @TreeParent()
  whole!: Chapter;
}

@Entity()
export class Node {
  @PrimaryGeneratedColumn()
  id!: number;

  @ManyToOne(() => Node, (node) => node.children)
  parent!: Node;

  @OneToMany(() => Node, (node) => node.parent)
  children!: Node[];
}
