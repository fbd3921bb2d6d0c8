import { describe, expect, test } from 'vitest';
import { importing } from '../../src/frontends/python/authoring/imports.js';

const timezone = { module: 'datetime', name: 'timezone' };
const func = { module: 'sqlalchemy', name: 'func' };

/** The names as they are spelled, and the file after the edits. */
function after(source: string, ...wanted: { module: string; name: string }[]) {
  const given = importing(source, wanted);
  if (given === undefined) return undefined;
  const text = [...given.edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((out, { span, text: by }) => out.slice(0, span.start) + by + out.slice(span.end), source);
  return [given.names.join(' '), text];
}

describe('names that the file reaches already', () => {
  test.each([
    ['from datetime import timezone\n', timezone, 'timezone'],
    ['from datetime import datetime, timezone as tz\n', timezone, 'tz'],
    ['from datetime import (\n    datetime,  # now, timezone\n    timezone,\n)\n', timezone, 'timezone'],
    ['import datetime\n', timezone, 'datetime.timezone'],
    ['import os, datetime as dt\n', timezone, 'dt.timezone'],
    ['import sqlalchemy as sa\n', func, 'sa.func'],
    ['from sqlalchemy.sql import func\n', func, 'func'],
    ['from sqlmodel import SQLModel, func\n', func, 'func'],
    ['from sqlalchemy import *\n', func, 'func'],
    ['from app import db\nx = db.Column(db.Integer)\n', func, 'db.func'],
    ['from sqlalchemy import orm\n', { module: 'sqlalchemy.orm', name: 'mapped_column' }, 'orm.mapped_column'],
  ])('%j', (source, wanted, name) => {
    expect(after(source, wanted)).toEqual([name, source]);
  });
});

describe('names that it lacks', () => {
  test.each([
    ['from datetime import datetime\n\nclass A: pass\n', 'from datetime import datetime, timezone\n\nclass A: pass\n'],
    ['from datetime import datetime  # noqa\n', 'from datetime import datetime, timezone  # noqa\n'],
    [
      'from datetime import (\r\n    datetime,\r\n)\r\n',
      'from datetime import (\r\n    datetime,\r\n    timezone,\r\n)\r\n',
    ],
    ['from datetime import (date, datetime)\n', 'from datetime import (date, datetime, timezone)\n'],
    [
      'import os\nimport sys  # used\n\nx = 1\n',
      'import os\nimport sys  # used\nfrom datetime import timezone\n\nx = 1\n',
    ],
    ['"""Models.\nimport os\n"""\n\nx = 1\n', '"""Models.\nimport os\n"""\n\nfrom datetime import timezone\n\nx = 1\n'],
    ['#!/usr/bin/python\nx = 1\n', '#!/usr/bin/python\nfrom datetime import timezone\n\nx = 1\n'],
    [
      'from __future__ import annotations\nfrom a import (\n    b,\n)\n\n@c\nclass A: pass\nimport late\n',
      'from __future__ import annotations\nfrom a import (\n    b,\n)\nfrom datetime import timezone\n\n@c\nclass A: pass\nimport late\n',
    ],
  ])('%j', (source, expected) => {
    expect(after(source, timezone)).toEqual(['timezone', expected]);
  });

  test('several of one module and of another', () => {
    const wanted = [timezone, { module: 'datetime', name: 'datetime' }, func, timezone];
    expect(after('import os\n', ...wanted)).toEqual([
      'timezone datetime func timezone',
      'import os\nfrom datetime import timezone, datetime\nfrom sqlalchemy import func\n',
    ]);
    expect(after('from datetime import (\n    date,\n)\n', ...wanted.slice(0, 2))).toEqual([
      'timezone datetime',
      'from datetime import (\n    date,\n    timezone,\n    datetime,\n)\n',
    ]);
  });

  test('nothing where the name is taken', () => {
    expect(after('from django.utils import timezone\n', timezone)).toBeUndefined();
    expect(after('def func():\n    pass\n', func)).toBeUndefined();
    expect(after('func = print\n', func)).toBeUndefined();
  });
});
