/** Builders of documents, forms and audio graphs with the methods of query builders. */
class Form {
  createTable(name: string, build: (table: Form) => void): this {
    build(this);
    return this.field(name);
  }
  string(name: string): this {
    return this.field(name);
  }
  field(name: string): this {
    return name === '' ? this : this;
  }
  define(name: string, parts: object): object {
    return { name, ...parts };
  }
  dropTable(name: string): this {
    return this.field(name);
  }
}

export function build(schema: Form): void {
  schema.createTable('users', (t) => {
    t.string('name');
  });
  schema.dropTable('users');
}

export const model = new Form().define('User', { name: { type: 'string', allowNull: false } });
export const migration = { up: (elevator: Form) => elevator.dropTable('floor'), down: (elevator: Form) => elevator };
