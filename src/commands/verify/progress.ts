import type { StepEvent } from '../../engine/progress.ts';
import type { CommandIo } from '../../model/command.ts';
import type { Boot } from '../../model/report.ts';
import { styleFor } from '../../ui/style.ts';
import { printable } from '../../ui/text.ts';
import { troubleWords } from '../../verify/sentences.ts';
import type { Phase, VerifyEvent } from '../../verify/verification.ts';

const PHASES: Readonly<Record<Phase, string>> = {
  build: 'Building',
  measure: 'Opening the layers',
  boot: 'Starting under constraints',
  probe: 'Asking, stopping, starting again',
  rebuild: 'Building again after a change of one source file',
  'ci-cache': 'Building on fresh builders',
  'clean-up': 'Cleaning up',
};

const CLEAR_LINE = '\r\u001b[2K';
const TICK_MILLISECONDS = 200;

/** What goes on, as lines; on a terminal the last one is alive and shows what is being waited for. */
export function createProgressLines(io: CommandIo) {
  const style = styleFor(io.colour);
  const began = performance.now();
  let running = '';
  const live = io.interactive ? setInterval(draw, TICK_MILLISECONDS) : null;

  function draw(): void {
    const elapsed = `${((performance.now() - began) / 1000).toFixed(0)} s`;
    io.info(`${CLEAR_LINE}${cut(`${elapsed.padStart(5)}  ${running}`, io.columns - 1)}`);
  }

  function line(text: string): void {
    io.info(`${live === null ? '' : CLEAR_LINE}${cut(text, io.columns)}\n`);
  }

  function onStep({ step, isDone }: StepEvent): void {
    if (step.kind !== 'instruction') return;
    const name = printable(step.stage === null ? step.name : `${step.stage}: ${step.name}`);
    running = name;
    if (!isDone) return;
    const time = step.cached ? 'cached' : `${step.seconds.toFixed(1)} s`;
    const row = cut(`${time.padStart(9)}  ${name}`, io.columns);
    line(step.cached ? style.dim(row) : row);
  }

  function onBoot(boot: Boot): void {
    const trouble = boot.trouble === null ? 'ready' : troubleWords(boot.trouble.kind, boot.trouble.args);
    const time = boot.readySeconds === null || !boot.ready ? '' : `${boot.readySeconds.toFixed(1)} s`;
    line(`${time.padStart(9)}  ${constraintWords(boot)}: ${printable(trouble)}`);
  }

  return {
    onEvent(event: VerifyEvent): void {
      if (event.kind === 'step') onStep(event.event);
      else if (event.kind === 'boot') onBoot(event.boot);
      else {
        running = PHASES[event.phase];
        line(style.strong(running));
      }
    },
    end(): void {
      if (live === null) return;
      clearInterval(live);
      io.info(CLEAR_LINE);
    },
  };
}

/** `arbitrary user, read-only, no capabilities, limited memory`. */
function constraintWords({ constraints, tmpfs }: Boot): string {
  const words = [
    ...(constraints.arbitraryUid ? ['arbitrary user'] : []),
    ...(constraints.readOnly ? [tmpfs.length === 0 ? 'read-only' : `read-only but ${tmpfs.join(', ')}`] : []),
    ...(constraints.noCapabilities ? ['no capabilities'] : []),
    ...(constraints.memoryLimit ? ['limited memory'] : []),
  ];
  return words.length === 0 ? 'no constraints' : words.join(', ');
}

/** The escape sequences of colours have no width. */
function cut(text: string, columns: number): string {
  const isPainted = text.includes('\u001b[');
  return isPainted || text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`;
}
