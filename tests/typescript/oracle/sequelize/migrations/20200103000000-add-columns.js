const { DataTypes } = require('sequelize');

export async function up(api, lib) {
  const columns = {
    visits: { type: DataTypes.INTEGER, defaultValue: 0 },
    slug: { type: DataTypes.STRING, unique: true },
  };
  for (const [name, column] of [
    ['visits', columns.visits],
    ['slug', columns.slug],
  ]) {
    await api.addColumn('posts', name, column);
  }
  await Promise.all([
    api.addColumn('posts', 'state', {
      type: lib.ENUM('draft', 'public'),
      allowNull: false,
      defaultValue: 'draft',
      comment: 'Who sees it.',
    }),
    api.addColumn('posts', 'parent', {
      type: lib.BIGINT,
      references: { model: 'posts', key: 'id' },
      onDelete: 'RESTRICT',
    }),
  ]);
  await api.renameColumn('posts', 'body', 'content');
}

export async function down(api) {
  await api.renameColumn('posts', 'content', 'body');
  for (const name of ['parent', 'state', 'slug', 'visits']) await api.removeColumn('posts', name);
  await api.sequelize.query('DROP TYPE "enum_posts_state";');
}
