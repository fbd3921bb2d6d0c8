import type { ReadContext } from '../../front-end.js';
import type { Receiver } from '../drivers/driver.js';
import type { ClassRecord } from '../records.js';
import type { ModuleSettings } from '../settings/module-settings.js';
import type { TypePromise } from '../values/promises.js';
import type { RuntimeType } from '../values/types.js';
import type { Origin, Value } from '../values/values.js';

/** Where an exported name leads: to a declaration of the file, or on to another module. */
interface ExportTarget {
  name: string;
  module?: string;
}

/** What other files may need of a file. Plain JSON, kept in `FileFacts.symbols`. */
export interface FileSymbols {
  classes: ClassRecord[];
  exports: { [name: string]: ExportTarget };
  /** Modules of `export * from`. */
  stars: string[];
  /** Constants and enums, by their local name. */
  values: { [name: string]: Value };
  /** `static readonly` constants of classes, by the class's local name. */
  statics: { [name: string]: Value };
  /** What types promise of the values that have them, by their local name. */
  promises: { [name: string]: TypePromise };
  /** Run-time types of aliases, interfaces and enums, by their local name. */
  types: { [name: string]: RuntimeType };
  /** What exports are to database libraries, by their local name; `connect()` for what a function returns. */
  receivers?: { [name: string]: Receiver };
  /** What the libraries keep for the link step, by their names. */
  declared: { [library: string]: unknown };
  /** Of a settings file, which has nothing else. */
  settings?: ModuleSettings;
  /** Functions that migrations of other files may call: their text, and what it imports. */
  helpers?: { text: string; imports: Origin[] };
  /** Text that waits for constants, types and functions of other files: it is read again once they are known. */
  pending?: {
    text: string;
    context: ReadContext;
    values: Origin[];
    types: Origin[];
    functions: Origin[];
    receivers: Origin[];
  };
}

export const noSymbols: FileSymbols = {
  classes: [],
  exports: {},
  stars: [],
  values: {},
  statics: {},
  promises: {},
  types: {},
  declared: {},
};
