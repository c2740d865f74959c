import type { ObjectFile } from '../../../src/project/object.ts';

/** A Dockerfile and the files around it. */
type Case = readonly [dockerfile: string, files?: Readonly<Record<string, ObjectFile>>];

/** For each rule: what it catches, and what looks alike and is right. */
export type Cases = Readonly<Record<string, { readonly catches: readonly Case[]; readonly allows: readonly Case[] }>>;

/** A Dockerfile from its lines. */
export function lines(...text: readonly string[]): string {
  return `${text.join('\n')}\n`;
}

export function packageJson(parts: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ name: 'app', version: '1.0.0', ...parts });
}
