import { Sequelize } from 'sequelize-typescript';
import { Account } from './account';
import { Book, BookAuthor } from './book';
import { Loan } from './loan';
import { Branch, City } from './place';

export const sequelize = new Sequelize({
  dialect: 'postgres',
  logging: false,
  define: { freezeTableName: false },
  models: [City, Branch, Account, Book, BookAuthor, Loan],
});
