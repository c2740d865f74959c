import type { Fact } from '../../../model/fact.ts';
import { javaMajor } from '../versions.ts';
import { firstInScripts, type Script } from './script.ts';
import { fillIn, type Values } from './values.ts';

/** How scripts say for which Java they compile, the strongest first: a toolchain is the JDK itself. */
const FORMS: readonly RegExp[] = [
  /JavaLanguageVersion\.of\(\s*["']?(\$?\{?[\w.]+\}?(?:\(\))?(?:\.toInt\(\))?)["']?/,
  /\bjvmToolchain\s*\(?\s*(?:\{[^}]*?of\()?\s*([\w.]+(?:\(\))?(?:\.toInt\(\))?)/,
  /\boptions\.release(?:\.set\(|\s*=)\s*([\w.]+)/,
  /\btargetCompatibility\s*(?:=|\.set\(|\s)\s*(?:JavaVersion\.toVersion\(\s*)?["']?((?:JavaVersion\.)?[\w.]+)/,
  /\bsourceCompatibility\s*(?:=|\.set\(|\s)\s*(?:JavaVersion\.toVersion\(\s*)?["']?((?:JavaVersion\.)?[\w.]+)/,
  /\bjvmTarget\s*(?:=|\.set\()\s*["']?((?:JvmTarget\.)?[\w.]+)/,
];

export function scriptLevel(scripts: readonly Script[], values: Values): Fact | null {
  for (const form of FORMS) {
    const found = firstInScripts(scripts, form);
    if (!found) continue;
    const literal = levelOf(found);
    if (literal) return literal;
    const named = fillIn(found, values) ?? values(found.value);
    const fact = named === found ? values(found.value.replace(/\.(?:get\(\)|toInt\(\))/g, '')) : named;
    const level = fact && levelOf(fact);
    if (level) return level;
  }
  return null;
}

/** `VERSION_1_8`, `JVM_17`, `17` */
function levelOf(fact: Fact): Fact | null {
  const bare = fact.value.replace(/^(?:JavaVersion\.VERSION_|JvmTarget\.JVM_|JavaVersion\.|VERSION_)/, '');
  if (!/^\d/.test(bare)) return null;
  const value = javaMajor(bare);
  return value ? { value, from: fact.from, holds: fact.holds ?? fact.value } : null;
}
