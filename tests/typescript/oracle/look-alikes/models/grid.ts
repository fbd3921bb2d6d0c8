import { Column, Entity, ForeignKeyColumn, Index, Table } from './decorators';

@Entity()
@Table('Users')
export class UserRow {
  @Column({ label: 'Name', type: 'text' })
  name = '';

  @Index()
  @Column({ label: 'Team', nullable: true })
  @ForeignKeyColumn(() => UserRow)
  team?: string;
}
