'use strict';

const { tracked } = require('./roles');

module.exports = function (sequelize, DataTypes) {
  const Post = sequelize.define(
    'Post',
    {
      title: { type: DataTypes.STRING, allowNull: false },
      slug: { type: DataTypes.STRING(80), unique: { name: 'slug_is_one', msg: 'taken' } },
      body: DataTypes.TEXT,
      views: { type: DataTypes.BIGINT, allowNull: false, defaultValue: 0 },
      authorId: { type: DataTypes.UUID, allowNull: false },
      visits: DataTypes.INTEGER.UNSIGNED,
      ...tracked(DataTypes),
    },
    { version: true, indexes: [] },
  );
  Post.associate = function (models) {
    Post.belongsTo(models.User, { foreignKey: 'authorId', as: 'author' });
    Post.belongsTo(models.User, { foreignKey: 'editorId', as: 'editor' });
    Post.belongsToMany(models.Tag, { through: 'post_tags' });
    Post.belongsTo(models.Post, { as: 'parentPost', constraints: false });
  };
  return Post;
};
