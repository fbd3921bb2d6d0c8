import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('account')
export class Account {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ type: 'varchar', length: 200 })
  email!: string;

  @Column({ type: 'varchar' })
  nick!: string;

  @Column({ type: 'timestamptz' })
  born!: Date;

  @Column({ type: 'int', nullable: true })
  rank!: number | null;

  @Column({ type: 'text', array: true, nullable: true })
  tags!: string[] | null;

  @Column({ type: 'jsonb', nullable: true })
  extra!: unknown;

  @Column({ type: 'int', nullable: true })
  points!: number | null;

  @Column({ type: 'text', nullable: true })
  fresh!: string | null;
}

@Entity('note')
export class Note {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ type: 'text' })
  text!: string;
}

@Entity('visit')
export class Visit {
  @PrimaryGeneratedColumn()
  id!: number;
}
