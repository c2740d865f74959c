import type { Dockerfile, Instruction } from '../dockerfile/file.ts';
import { mountsOf } from './mounts.ts';

/** Why the engine refuses an instruction, and the word that it stumbles over. */
export interface Refusal {
  readonly kind: 'flag' | 'unit' | 'mount' | 'port' | 'pair' | 'empty' | 'json' | 'check' | 'heredoc';
  readonly word: string;
}

/** Flags by instruction. Source: BuildKit frontend/dockerfile/instructions/parse.go, docker/dockerfile:1, 2026-11-28. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  FROM: ['platform'],
  RUN: ['mount', 'network', 'security', 'device'],
  COPY: ['from', 'chown', 'chmod', 'link', 'parents', 'exclude'],
  ADD: ['chown', 'chmod', 'link', 'keep-git-dir', 'checksum', 'exclude', 'unpack'],
  HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
};
const MOUNTS = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'];
const NEEDS_ARGUMENT = ['ARG', 'ENV', 'EXPOSE', 'FROM', 'LABEL', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'];
const DURATION = /^(?:0|(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+)$/;

/** What stops the build before its first step. A frontend of another kind may know more. */
export function refusalOf(file: Dockerfile, instruction: Instruction): Refusal | null {
  const syntax = file.directives.find(({ name }) => name === 'syntax')?.value ?? '';
  const isUsual = syntax === '' || /^(?:docker\.io\/)?docker\/dockerfile(?::[\d.]+)?$/.test(syntax);
  if (!isUsual || !instruction.known) return null;
  return (
    unknownFlag(instruction) ?? wrongMount(instruction) ?? wrongArguments(instruction) ?? openHeredoc(file, instruction)
  );
}

function unknownFlag({ keyword, flags }: Instruction): Refusal | null {
  const known = FLAGS[keyword];
  const wrong = known && flags.find(({ name }) => !known.includes(name));
  if (wrong) return { kind: 'flag', word: `--${wrong.name}` };
  if (keyword !== 'HEALTHCHECK') return null;
  const open = flags.find(({ name, value }) => name !== 'retries' && value !== null && !DURATION.test(value));
  return open && /^\d+$/.test(open.value ?? '') ? { kind: 'unit', word: `--${open.name}=${open.value}` } : null;
}

function wrongMount(instruction: Instruction): Refusal | null {
  const wrong = mountsOf(instruction).find(({ type }) => !MOUNTS.includes(type) && !type.includes('$'));
  return wrong === undefined ? null : { kind: 'mount', word: wrong.type };
}

function wrongArguments({ keyword, words, json, body }: Instruction): Refusal | null {
  const [first] = words;
  if (first === undefined) return NEEDS_ARGUMENT.includes(keyword) ? { kind: 'empty', word: keyword } : null;
  if (keyword === 'SHELL' && json === null) return { kind: 'json', word: keyword };
  if (keyword === 'HEALTHCHECK' && !/^(?:CMD|NONE)$/i.test(first.text)) return { kind: 'check', word: first.text };
  if (keyword === 'EXPOSE') return wrongPort(words.map(({ text }) => text));
  // Quotes and continued values have rules of their own.
  if ((keyword !== 'ENV' && keyword !== 'LABEL') || /["'\\`]/.test(body.text)) return null;
  if (!first.text.includes('=')) return words.length === 1 ? { kind: 'pair', word: first.text } : null;
  const bare = words.find(({ text }) => !text.includes('='));
  return bare === undefined ? null : { kind: 'pair', word: bare.text };
}

function wrongPort(words: readonly string[]): Refusal | null {
  const wrong = words.find((word) => {
    if (/[$"':]/.test(word)) return false;
    const ports = /^(\d+)(?:-(\d+))?(?:\/(?:tcp|udp|sctp))?$/i.exec(word);
    return ports === null || ports.slice(1).some((port) => port !== undefined && Number(port) > 65535);
  });
  return wrong === undefined ? null : { kind: 'port', word: wrong };
}

/** The end of the file ended it, not the line that carries its name. */
function openHeredoc({ text }: Dockerfile, { heredocs }: Instruction): Refusal | null {
  const open = heredocs.find(({ end }) => end === text.length);
  return open === undefined ? null : { kind: 'heredoc', word: open.name };
}
