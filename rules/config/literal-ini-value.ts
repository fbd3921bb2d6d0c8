import { defineRule } from '../../src/rule.js';
import { environmentOf } from '../../src/queries/environments.js';
import type { Setting, SettingPiece } from '../../src/ir/index.js';

/** Settings that Alembic and SQLAlchemy read. */
const known =
  /^(?:sqlalchemy\..+|script_location|file_template|timezone|truncate_slug_length|revision_environment|sourceless|version_locations|(?:version_)?path_separator|prepend_sys_path|output_encoding|recursive_version_locations)$/;

/** The places of `file_template`, which Alembic fills later and configparser must leave alone. */
const token = /^%\((?:rev|slug|year|month|day|hour|minute|second|epoch)\)s$/;

/** Whether a piece does harm: the value is read by Alembic, and nothing else may give the piece a meaning. */
function isWrong(piece: SettingPiece, { name, section }: Setting, settings: readonly Setting[]): boolean {
  switch (piece.kind) {
    case 'percent':
      return true;
    case 'reference':
      return name === 'file_template' && token.test(piece.text);
    default: {
      // Alembic's own template has such a comment here; the setting is read for version_locations alone.
      const isRead = !/path_separator$/.test(name) || settings.some((each) => each.name === 'version_locations');
      return isRead && (section === 'post_write_hooks' || known.test(name));
    }
  }
}

export default defineRule({
  summary: 'A setting of alembic.ini holds text that is taken as it stands.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['config'],
  needs: ['project'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt'],
  messages: {
    variable:
      '"{{text}}" in {{name}} is no place that Alembic fills: an ini file knows no environment variables, and the value is taken as it stands. Set it in env.py: config.set_main_option("{{name}}", os.environ["…"].replace("%", "%%")).',
    comment:
      '"{{text}}" belongs to the value of {{name}}: an ini file has comments on lines of their own only. Put it on the line above.',
    percent:
      'A single "%" in {{name}} makes reading the section fail with an InterpolationSyntaxError. Write "%%" for a percent sign.',
    token:
      '"{{text}}" in {{name}} is filled before Alembic sees it, and fails with an InterpolationMissingOptionError as no such setting is there. Write "%{{text}}".',
    separate: 'Put the comment on the line above.',
    double: 'Double the percent sign.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    const settings = facts.settings ?? [];
    for (const setting of settings) {
      const isOverridden =
        setting.name === 'sqlalchemy.url' && environmentOf(project, facts)?.environment.overridesUrl === true;
      for (const piece of setting.pieces) {
        if (!isWrong(piece, setting, settings)) continue;
        const { kind } = piece;
        const data = { name: setting.name, text: piece.text };
        const severity = isOverridden ? { severity: 'info' as const } : {};
        if (kind === 'variable') yield { message: 'variable', at: piece, data, ...severity };
        else if (kind === 'comment') {
          const edits = authoring.separateComment(setting, piece);
          yield { message: 'comment', at: piece, data, ...severity, suggest: { message: 'separate', edits } };
        } else {
          const edits = authoring.escapePercent(piece);
          const message = kind === 'percent' ? 'percent' : 'token';
          yield { message, at: piece, data, ...severity, suggest: { message: 'double', edits } };
        }
      }
    }
  },
});
