"""Runs single revisions of a history, up or down, as lines on standard input ask: `up 0001`, `down 0001`."""
import sys
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationStep
from alembic.script import ScriptDirectory

config = Config()
config.set_main_option("script_location", str(Path(__file__).parent / "history"))
script = ScriptDirectory.from_config(config)

for line in sys.stdin:
    way, revision = line.split()
    step = MigrationStep.upgrade_from_script if way == "up" else MigrationStep.downgrade_from_script

    def steps(_current, _context):
        return [step(script.revision_map, script.get_revision(revision))]

    try:
        with EnvironmentContext(config, script, fn=steps):
            script.run_env()
        print("done", flush=True)
    except Exception as error:
        print(f"{type(error).__name__}: {error}".replace("\n", " "), flush=True)
