import { readScript } from '../dockerfile/shell.ts';
import { callOf, type Invocation } from './commands.ts';
import { textInContext } from './context.ts';
import { fileOrigin } from './origin.ts';
import { absolutePath } from './paths.ts';
import type { StageView, View } from './view.ts';

/** What rules read in a package.json. */
export interface PackageManifest {
  /** path in the build context */
  readonly path: string;
  readonly scripts: Readonly<Record<string, string>>;
  /** installed in production: dependencies, optional and peer ones */
  readonly dependencies: ReadonlySet<string>;
  readonly devDependencies: ReadonlySet<string>;
  readonly packageManager: string;
  readonly workspaces: readonly string[];
}

/** The package.json that a stage has in a folder, as far as it comes from the build context. */
export function stageManifest(view: View, stage: StageView, folder: string, before?: number): PackageManifest | null {
  const origin = fileOrigin(view, stage, absolutePath(folder, 'package.json'), before);
  return origin === null ? null : contextManifest(view, origin.contextPath);
}

/** `null` where there is none, or where it is no JSON object. */
export function contextManifest(view: View, path: string): PackageManifest | null {
  const text = view.context === null ? null : textInContext(view.context, path);
  const value = text === null ? null : parsed(text);
  if (!isRecord(value)) return null;
  const names = (key: string): string[] => Object.keys(isRecord(value[key]) ? value[key] : {});
  const workspaces = isRecord(value['workspaces']) ? value['workspaces']['packages'] : value['workspaces'];
  return {
    path,
    scripts: strings(value['scripts']),
    dependencies: new Set([...names('dependencies'), ...names('optionalDependencies'), ...names('peerDependencies')]),
    devDependencies: new Set(names('devDependencies')),
    packageManager: typeof value['packageManager'] === 'string' ? value['packageManager'] : '',
    workspaces: Array.isArray(workspaces) ? workspaces.filter((item) => typeof item === 'string') : [],
  };
}

const MANAGERS = /^(?:npm|yarn|pnpm|bun)$/;
const OWN_COMMANDS =
  /^(?:install|i|ci|add|remove|prune|exec|dlx|x|create|config|cache|global|set|why|audit|workspaces?|node|pm|rebuild|version|init|login|link|list|ls|outdated|info|view|pack|publish|fetch|store|deploy|import|up|update|upgrade|help|import|self-update|dedupe|rm|uninstall|un|env|root|bin|prefix)$/;

/** The package script that an invocation runs: `build` for `npm run build`; `null` for anything else. */
export function scriptName({ program, args, operands }: Invocation): string | null {
  if (!MANAGERS.test(program)) return null;
  const isElsewhere = args.some((arg) =>
    /^(?:--prefix|--cwd|--dir|-C|-w|--workspaces?|--filter|-F|-r|--recursive|--if-present)(?:=|$)/.test(arg),
  );
  const [first, second] = operands;
  if (isElsewhere || first === undefined) return null;
  if (first === 'run' || first === 'run-script') return second ?? null;
  if (['start', 'test', 'stop', 'restart'].includes(first)) return first;
  return program === 'npm' || program === 'bun' || OWN_COMMANDS.test(first) ? null : first;
}

/** The programs that a package script starts, scripts that it calls followed. */
export function scriptInvocations(manifest: PackageManifest, name: string, depth = 4): Invocation[] {
  const text = manifest.scripts[name];
  if (text === undefined || depth === 0) return [];
  const commands = readScript(text).units.flatMap((unit) => unit.commands);
  return commands.flatMap(callOf).flatMap((call): Invocation[] => {
    const inner = scriptName(call);
    return inner !== null && inner in manifest.scripts ? scriptInvocations(manifest, inner, depth - 1) : [call];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(value: unknown): Record<string, string> {
  const entries = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
