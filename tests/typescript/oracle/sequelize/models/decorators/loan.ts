import { BelongsTo, Column, DataType, ForeignKey, Index, Model, Table } from 'sequelize-typescript';
import { Account } from './account';
import { Book } from './book';

@Table({ version: 'revision', createdAt: false })
export class Loan extends Model {
  @Index({ name: 'loan_due', where: { returned: null } })
  @Column({ type: DataType.DATEONLY, allowNull: false })
  declare due: string;

  @Column({ type: DataType.BOOLEAN, allowNull: true })
  declare returned: boolean | null;

  @ForeignKey(() => Account)
  @Column({ field: 'account_id' })
  declare account_id: string;

  @ForeignKey(() => Book)
  @Column
  declare bookId: number;

  @BelongsTo(() => Book)
  declare book: Book;

  @BelongsTo(() => Account, { foreignKey: { name: 'account_id', allowNull: false }, onDelete: 'CASCADE' })
  declare account: Account;
}
