import {
  AllowNull,
  AutoIncrement,
  BelongsTo,
  Column,
  Comment,
  DataType,
  Default,
  DeletedAt,
  ForeignKey,
  HasMany,
  HasOne,
  Index,
  Is,
  PrimaryKey,
  Sequelize,
  Table,
  Unique,
  UpdatedAt,
  createIndexDecorator,
} from 'sequelize-typescript';
import { Base } from './base';
import { Length } from './wrappers';
import { Loan } from './loan';
import { Branch } from './place';

const ByBranch = createIndexDecorator({ name: 'account_by_branch', unique: true });

/** Somebody with a card. */
@Table({ tableName: 'accounts', comment: 'Readers.' })
export class Account extends Base<Account> {
  @Length({ max: 10 })
  @AllowNull(false)
  @Unique
  @Column(DataType.STRING(10))
  declare cardNumber: string;

  @Is('name', /^[a-z]+$/)
  @Index
  @Column
  declare name: string;

  @Index('account_mail')
  @Unique('mail_in_branch')
  @Column({ type: DataType.STRING, allowNull: false, field: 'e_mail' })
  declare mail: string;

  @Column
  declare age: number;

  @Default(false)
  @AllowNull
  @Column
  declare blocked: boolean;

  @Column
  declare photo: Buffer;

  @Default(Sequelize.literal('CURRENT_TIMESTAMP'))
  @Comment('Last seen.')
  @Column
  declare seen: Date;

  @Column({ type: DataType.ENUM('paper', 'plastic'), defaultValue: 'paper' })
  declare card: 'paper' | 'plastic';

  @Column(DataType.VIRTUAL)
  get label(): string {
    return `${this.name} (${this.cardNumber})`;
  }

  @ForeignKey(() => Branch)
  @ByBranch
  @Unique('mail_in_branch')
  @Column
  declare branchId: number;

  @ByBranch({ order: 'DESC' })
  @Column(DataType.SMALLINT)
  declare row: number;

  @BelongsTo(() => Branch)
  declare branch: Branch;

  @HasMany(() => Loan, 'account_id')
  declare loans: Loan[];

  @HasOne(() => Loan, { foreignKey: 'reader_id', as: 'current', onDelete: 'CASCADE' })
  declare current: Loan;

  @UpdatedAt
  declare changedOn: Date;

  @DeletedAt
  @Column(DataType.DATE)
  declare goneOn: Date;
}
