/** The closed list of what can go wrong through no fault of ours. Printed once, in `cli.ts`, as one sentence and a next step. */
export type ErrorCode =
  | 'usage'
  | 'directory-missing'
  | 'nothing-recognised'
  | 'several-services'
  | 'answer-needed'
  | 'answer-invalid'
  | 'file-unreadable'
  | 'file-too-large'
  | 'file-malformed'
  | 'value-unsafe'
  | 'target-exists'
  | 'target-unwritable'
  | 'not-multistage'
  | 'conversion-refused'
  | 'dockerfile-missing'
  | 'engine-missing'
  | 'engine-failed'
  | 'cancelled';

/** A user's mistake or an unlucky machine: a sentence and what to do next, never a stack trace. */
export class UserError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string) {
    super(message);
    this.name = 'UserError';
    this.code = code;
    this.hint = hint;
  }
}
