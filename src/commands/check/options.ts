import type { Severity } from '../../model/finding.ts';
import type { Values } from '../../wizard/arguments.ts';

export interface CheckOptions {
  /** a directory or a Dockerfile, as the user wrote it */
  readonly path: string;
  /** relative to the directory; `null`: all that are there */
  readonly dockerfile: string | null;
  /** build context, relative to the directory; `null`: worked out from what the file copies */
  readonly context: string | null;
  /** file with settings; `null`: that of the directory, if there is one */
  readonly settings: string | null;
  /** ids of rules that are off for this run */
  readonly ignore: readonly string[];
  readonly failOn: Severity;
  readonly fix: boolean;
  readonly json: boolean;
  readonly sarif: boolean;
  /** version of this program, for the SARIF report */
  readonly version: string;
}

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];

/** The options of `check` from a command line whose values the options table has already checked. */
export function readCheckOptions(path: string, values: Values, version: string): CheckOptions {
  const text = (name: string): string | null => {
    const given = values[name];
    return typeof given === 'string' ? given : null;
  };
  const ignore = values['ignore'];
  return {
    path,
    dockerfile: text('dockerfile'),
    context: text('context'),
    settings: text('settings'),
    ignore: Array.isArray(ignore) ? ignore : [],
    failOn: SEVERITIES.find((severity) => severity === values['fail-on']) ?? 'warning',
    fix: values['fix'] === true,
    json: values['json'] === true,
    sarif: values['sarif'] === true,
    version,
  };
}
