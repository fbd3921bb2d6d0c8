import { BelongsToMany, Column, DataType, ForeignKey, Model, PrimaryKey, Table } from 'sequelize-typescript';
import { Account } from './account';

@Table({
  timestamps: false,
  indexes: [
    { name: 'book_title', fields: ['title'] },
    { fields: ['isbn'], unique: true },
  ],
})
export class Book extends Model<Book> {
  @Column({ type: DataType.TEXT })
  title!: string;

  @Column(DataType.CHAR(13))
  isbn!: string;

  @Column({ type: DataType.INTEGER, allowNull: false, defaultValue: 1 })
  copies!: number;

  @BelongsToMany(() => Account, () => BookAuthor)
  authors!: Account[];
}

@Table({ tableName: 'book_authors', timestamps: false })
export class BookAuthor extends Model<BookAuthor> {
  @ForeignKey(() => Book)
  @PrimaryKey
  @Column(DataType.INTEGER)
  bookId!: number;

  @ForeignKey(() => Account)
  @PrimaryKey
  @Column(DataType.UUID)
  accountId!: string;
}
