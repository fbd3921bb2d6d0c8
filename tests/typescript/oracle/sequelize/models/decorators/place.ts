import * as st from 'sequelize-typescript';
import { Column, HasMany, Model, Table } from 'sequelize-typescript';
import { Account } from './account';
import { Underscored } from './base';

@Table
export class City extends Model {
  @Column
  declare name: string;

  @HasMany(() => Branch)
  declare branches: Branch[];
}

@Table({ modelName: 'LibraryBranch' })
export class Branch extends Underscored {
  @st.PrimaryKey
  @st.AutoIncrement
  @st.Column(st.DataType.INTEGER)
  declare id: number;

  @Column({ allowNull: false })
  declare streetName: string;

  @st.ForeignKey(() => City)
  @st.AllowNull(false)
  @Column
  declare cityId: number;

  @st.BelongsTo(() => City, { onDelete: 'RESTRICT' })
  declare city: City;

  @HasMany(() => Account, { onUpdate: 'NO ACTION', onDelete: 'NO ACTION' })
  declare accounts: Account[];
}
