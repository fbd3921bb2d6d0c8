/** The configuration, or an argument of the run, can't be used. The message names each problem and its file. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';

  /**
   * @param problems one sentence each
   * @param file where they stand; absent for a configuration that was handed over as an object
   */
  constructor(
    readonly problems: readonly string[],
    readonly file?: string,
  ) {
    super(problems.map((problem) => (file === undefined ? problem : `${file}: ${problem}`)).join('\n'));
  }
}
