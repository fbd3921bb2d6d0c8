const frontends = ['sql', 'python', 'typescript'];

/** The two files of a new rule. The examples fail until they and the check are written. */
export function ruleTemplate(id: string): { ts: string; md: string } {
  const name = id.split('/')[1]!;
  const words = name.replaceAll('-', ' ');
  return {
    ts: `import { defineRule } from '../../src/rule.js';

export default defineRule({
  summary: 'One sentence about the ${words}.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: [${frontends.map((each) => `'${each}'`).join(', ')}],
  needs: ['file'],
  fix: 'none',
  sources: [],
  messages: {
    found: '{{name}}: what is wrong, what it does to the reader, what to write instead.',
  },
  options: {},
  *check({ facts }) {
    for (const table of facts.tables) {
      if (table.name.name.value === '') yield { message: 'found', at: table.name, data: { name: table.name.name.value } };
    }
  },
});
`,
    md: `Why it matters, what was measured, how to repair it.

## Incorrect

\`\`\`sql
CREATE TABLE invoice (id int); -- expect: ${name}
\`\`\`

\`\`\`python
class Invoice(Base):  # expect: ${name}
    __tablename__ = "invoice"
\`\`\`

\`\`\`typescript
@Entity() // expect: ${name}
export class Invoice {}
\`\`\`

## Correct

\`\`\`sql
CREATE TABLE invoice (id int PRIMARY KEY);
\`\`\`

\`\`\`python
class Invoice(Base):
    __tablename__ = "invoice"
\`\`\`

\`\`\`typescript
@Entity()
export class Invoice {}
\`\`\`
`,
  };
}
