import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { readLines } from '../../project/readers/lines.ts';

/**
 * One value of an `application.conf` by its full name: nested blocks and dotted keys. A later `${?PORT}`, which holds where
 * that variable is set, is put together with the value before it: `${PORT:8080}`.
 */
export function hoconSetting(project: Project, path: string, name: string): Fact | null {
  const blocks: string[] = [];
  let plain: Fact | null = null;
  let variable: Fact | null = null;
  for (const line of readLines(project, path) ?? []) {
    const text = line.text.replace(/(?:#|\/\/).*$/, '').trim();
    const opened = /^([\w.-]+)\s*[=:]?\s*\{$/.exec(text)?.[1];
    if (opened !== undefined) blocks.push(opened);
    else if (text === '}') blocks.pop();
    const [, key, value = ''] = /^([\w.-]+)\s*[=:]\s*([^{]+|\$\{\??\w+\})$/.exec(text) ?? [];
    if (key === undefined || [...blocks, key].join('.') !== name) continue;
    const optional = /^\$\{\?(\w+)\}$/.exec(value)?.[1];
    if (optional) variable = { value: optional, from: line.place };
    else plain = { value: value.trim().replaceAll(/^"|"$/g, ''), from: line.place };
  }
  if (!variable) return plain;
  if (!plain) return { value: `\${${variable.value}}`, from: variable.from, holds: variable.value };
  return { value: `\${${variable.value}:${plain.value}}`, from: plain.from, holds: plain.value };
}
