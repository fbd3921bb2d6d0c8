import { defineConfig } from '@mikro-orm/postgresql';

export default defineConfig({
  dbName: 'shop',
  entities: ['dist/**/*.js'],
  entitiesTs: ['src/**/*.ts'],
});
