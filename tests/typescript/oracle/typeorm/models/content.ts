import {
  ChildEntity,
  Column,
  Entity,
  Index,
  ManyToOne,
  OneToMany,
  PrimaryGeneratedColumn,
  TableInheritance,
} from 'typeorm';
import { Country } from './country';

@Entity()
@TableInheritance({ column: { type: 'varchar', name: 'kind', length: 20 } })
export abstract class Content {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  title!: string;

  @OneToMany(() => Comment, (comment) => comment.on)
  comments!: Comment[];
}

@ChildEntity('photo')
@Index(['title', 'size'])
export class Photo extends Content {
  @Column()
  size!: number;

  @ManyToOne(() => Country, { nullable: false })
  takenIn!: Country;
}

@ChildEntity()
export class Panorama extends Photo {
  @Column({ default: 180, unique: true })
  angle!: number;
}

@ChildEntity()
export class Post extends Content {
  @Index()
  @Column({ nullable: true })
  viewCount!: number;
}

@Entity()
@TableInheritance({ pattern: 'STI', column: { type: 'varchar' } })
export class Vehicle {
  @PrimaryGeneratedColumn('uuid')
  id!: string;
}

@ChildEntity()
export class Car extends Vehicle {
  @Column()
  doors!: number;
}

@Entity()
export class Comment {
  @PrimaryGeneratedColumn()
  id!: number;

  @ManyToOne(() => Content, (content) => content.comments, { onDelete: 'CASCADE', eager: true })
  on!: Content;

  @ManyToOne(() => Photo, { lazy: true })
  shown!: Promise<Photo>;
}
