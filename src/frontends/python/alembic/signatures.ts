/** Positional parameters of Alembic's operations in order. The batch variants lack the table. */
export const signatures: { [operation: string]: readonly string[] } = {
  add_column: ['table_name', 'column'],
  alter_column: ['table_name', 'column_name'],
  drop_column: ['table_name', 'column_name'],
  create_table: ['table_name'],
  drop_table: ['table_name'],
  rename_table: ['old_table_name', 'new_table_name'],
  create_index: ['index_name', 'table_name', 'columns'],
  drop_index: ['index_name', 'table_name'],
  create_unique_constraint: ['constraint_name', 'table_name', 'columns'],
  create_check_constraint: ['constraint_name', 'table_name', 'condition'],
  create_primary_key: ['constraint_name', 'table_name', 'columns'],
  create_foreign_key: ['constraint_name', 'source_table', 'referent_table', 'local_cols', 'remote_cols'],
  create_exclude_constraint: ['constraint_name', 'table_name'],
  drop_constraint: ['constraint_name', 'table_name', 'type_'],
  create_table_comment: ['table_name', 'comment'],
  drop_table_comment: ['table_name'],
  execute: ['sqltext'],
  bulk_insert: ['table', 'rows'],
};

/** Other keywords that older versions or habits use for a parameter. */
export const synonyms: { [parameter: string]: readonly string[] } = {
  constraint_name: ['name'],
  index_name: ['name'],
  table_name: ['name', 'tablename', 'table'],
  source_table: ['source'],
  referent_table: ['referent'],
  sqltext: ['sql'],
  type_: ['type'],
};

/** Calls on `op` that change nothing. */
export const harmless: ReadonlySet<string> = new Set(
  'batch_alter_table f get_bind get_context get_impl implementation_for inline_literal migration_context register_operation impl'.split(
    ' ',
  ),
);
