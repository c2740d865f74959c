import type { Fact } from '../../../model/fact.ts';
import { isAtLeast } from '../dependency.ts';
import { blocks, firstInScripts, type Script, withoutBraces } from './script.ts';

/** The last version of each line of Gradle that there are images of. Source: docker-library/official-images. */
const LAST: Readonly<Record<string, string>> = { '6': '6.9', '7': '7.6', '8': '8.14', '9': '9.4' };

/** The Gradle of a build image, and what in the project asks for it. */
interface ImageGradle {
  readonly version: string;
  readonly sign: Fact;
}

/**
 * For a project whose wrapper is not there or does not work: Gradle of the line that the wrapper names, otherwise of the
 * one that the scripts need. `null`: nothing speaks against the newest.
 */
export function imageGradle(named: Fact | null, scripts: readonly Script[], boot: Fact | null): ImageGradle | null {
  if (named) return lastOf(Number(/^\d+/.exec(named.value)?.[0] ?? 9), named);
  const needed = neededGradle(scripts, boot);
  return needed && lastOf(needed.major, needed.sign);
}

function lastOf(major: number, sign: Fact): ImageGradle {
  const line = Math.min(Math.max(major, 6), 9);
  return { version: LAST[String(line)] ?? String(line), sign };
}

const OLD_CONFIGURATION = /(?:^|[\n;{])\s*((?:test)?(?:[cC]ompile|[rR]untime))[ \t(]+["'(\w]/;

/** Settings of the project itself that must stand in `java { }`, `application { }` and `base { }` since Gradle 9. */
const OLD_PROPERTY =
  /(?:^|[\n;])\s*((?:source|target)Compatibility|mainClassName|archivesBaseName)\s*(?:=|[ \t]+["'\d])/;

/** What later versions of Gradle took away: the configurations of old in 7, properties and a repository in 9. */
function neededGradle(
  scripts: readonly Script[],
  boot: Fact | null,
): { readonly major: number; readonly sign: Fact } | null {
  const dependencies = scripts.map((script) => blocks(script, 'dependencies'));
  const six =
    firstInScripts(dependencies, OLD_CONFIGURATION) ?? firstInScripts(scripts, /\bapply\s+plugin:\s*["'](maven)["']/);
  if (six) return { major: 6, sign: six };
  const named = boot && { value: `Spring Boot ${boot.value}`, from: boot.from };
  if (named && !isAtLeast(boot.value, '2.5')) return { major: 6, sign: named };
  if (named && !isAtLeast(boot.value, '3.5')) return { major: 8, sign: named };
  const eight = firstInScripts(scripts.flatMap(statements), OLD_PROPERTY) ?? firstInScripts(scripts, /\b(jcenter)\(\)/);
  return eight && { major: 8, sign: eight };
}

/** What a script says to its own project, or to several at once, and not to a task or an extension. */
function statements(script: Script): readonly Script[] {
  return [script, blocks(script, 'allprojects'), blocks(script, 'subprojects')].map(withoutBraces);
}
