import { decode, groups } from './measure-tsql.mts';
import { read } from './src/frontends/sql/files.js';
import type { Statement } from './src/ir/index.js';
import { strip } from './check-tsql.mts';
const heads = new Set('SELECT INSERT UPDATE DELETE DECLARE IF EXEC EXECUTE PRINT COMMIT ROLLBACK RAISERROR RETURN CREATE ALTER DROP TRUNCATE MERGE WHILE BEGIN END ELSE FETCH GO BREAK GOTO USE WAITFOR CLOSE OPEN'.split(' '));
let n = 0, same = 0; const kinds: Record<string, number> = {};
for (const files of Object.values(groups)) for (const f of files) {
  if (/ssms-templates/.test(f)) continue;
  const text = decode(f), s = strip(text);
  const facts = read({ path: f, text } as never, { dialect: 'tsql', scope: 'application' } as never);
  const ops = new Map<number, string>();
  const all: Statement[] = [];
  const walk = (st: Statement) => { all.push(st); for (const o of st.operations) if ((o.kind === 'Update' || o.kind === 'Delete')) ops.set(o.span.start, o.where + ' ' + (o.table.name.value)); for (const c of st.children) walk(c); };
  for (const st of facts.statements) walk(st);
  const starts = new Map(all.map((st) => [st.span.start, st]));
  const re = /\b(UPDATE|DELETE)\b/gi; let m: RegExpExecArray | null;
  while ((m = re.exec(s))) {
    const at = m.index;
    const st = starts.get(at);
    const inWith = ops.has(at);
    if (!st && !inWith) continue; // positions are checked elsewhere
    if (/^UPDATE\s+STATISTICS/i.test(s.slice(at, at + 30))) continue;
    n++;
    // crude scan
    let depth = 0, cases = 0, where = false, top = false, set = 0, join = false, outer = false;
    const w = /\bGO\b|[();]|[A-Za-z_@#][\w@#$]*/gi; w.lastIndex = at + 6; let t: RegExpExecArray | null;
    let prevw = '';
    while ((t = w.exec(s))) {
      const x = t[0].toUpperCase();
      if (x === '(') depth++; else if (x === ')') { if (depth === 0) break; depth--; }
      else if (x === ';') break;
      else if (depth > 0) continue;
      else if (x === 'CASE') cases++;
      else if (x === 'END' && cases > 0) cases--;
      else if (cases > 0) continue;
      else if (x === 'SET' && ++set > (m[0].toUpperCase() === 'UPDATE' ? 1 : 0)) break;
      else if (heads.has(x) && s[t.index - 1] !== '.' && x !== 'SET') break;
      else if (x === 'WHERE') where = true;
      else if (x === 'TOP') top = true;
      else if (x === 'JOIN') join = true;
      prevw = x;
    }
    const crude = where ? 'present' : top ? 'top' : join ? 'join' : 'absent';
    const got = ops.get(at)?.split(' ')[0] ?? 'none';
    if (crude === got) same++;
    else { const key = `${crude} -> ${got}`; kinds[key] = (kinds[key] ?? 0) + 1; console.log(`${key} ${f.slice(11)}:${text.slice(0, at).split('\n').length} ${JSON.stringify(text.slice(at, at + 200).replace(/\s+/g, ' '))}`); }
  }
}
console.log(n, same, kinds);
