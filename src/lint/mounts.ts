import type { Instruction } from '../dockerfile/file.ts';

/** One `--mount` of a RUN, as it is written: variables are not replaced. */
export interface Mount {
  /** `bind` where none is named */
  readonly type: string;
  /** stage, image or named context; `null`: the build context */
  readonly from: string | null;
  readonly source: string | null;
  readonly target: string | null;
  readonly options: string;
}

export function mountsOf(instruction: Instruction): readonly Mount[] {
  return instruction.flags
    .filter((flag) => flag.name === 'mount')
    .map((flag) => {
      const options = flag.value ?? '';
      const option = (names: string): string | null =>
        new RegExp(`(?:^|,)(?:${names})=([^,]*)`).exec(options)?.[1] ?? null;
      return {
        type: option('type') ?? 'bind',
        from: option('from'),
        source: option('source|src'),
        target: option('target|dst|destination'),
        options,
      };
    });
}
