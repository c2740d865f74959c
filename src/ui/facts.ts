import type { Fact, Messages, Note } from '../model/fact.ts';
import type { Json } from '../model/json.ts';
import type { ServiceFacts } from '../model/service.ts';
import { commandLine } from '../wizard/command-line.ts';
import type { Style } from './style.ts';
import { printable, wrap } from './text.ts';

/** The facts of a service and where each was found, one a row; the place goes below where it does not fit beside. */
export function factRows(summary: ServiceFacts['summary'], columns: number, style: Style): string {
  const rows = summary.map(({ label, fact }) => ({ label, value: factText(fact), place: printable(fact.from) }));
  const labels = Math.max(0, ...rows.map(({ label }) => label.length)) + 2;
  const values = Math.max(0, ...rows.map(({ value }) => value.length).filter((length) => length <= columns / 3)) + 2;
  return rows
    .flatMap(({ label, value, place }) => {
      const beside = `${label.padEnd(labels)}${value.padEnd(values - 2)}  `;
      if (beside.length + place.length <= columns) return [beside + style.dim(place)];
      const indent = ' '.repeat(Math.min(labels, 4));
      const [first = '', ...rest] = wrap(' '.repeat(labels) + value, columns, indent);
      return [label.padEnd(labels) + first.slice(labels), ...rest, indent + style.dim(place)];
    })
    .join('\n');
}

function factText({ value }: Fact<Json>): string {
  if (typeof value === 'string') return printable(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value) && value.every((word) => typeof word === 'string')) return printable(commandLine(value));
  return printable(JSON.stringify(value));
}

/** A note as a person reads it, with its places in brackets. */
export function noteSentence({ code, args, places }: Note, messages: Messages): string {
  const sentence = messages[code]?.(args) ?? code;
  return printable(places.length === 0 ? sentence : `${sentence} (${places.join(', ')})`);
}
