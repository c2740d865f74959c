import type { Boot, Check, CheckId, CheckStatus, ConstraintName, RuntimeContract, Trouble } from '../model/report.ts';
import { type Lookup, toCheck } from './checks.ts';
import type { Hardening } from './hardening.ts';
import type { VerifyRequest } from './request.ts';

const CONSTRAINT_CHECKS: Readonly<Record<ConstraintName, CheckId>> = {
  arbitraryUid: 'arbitrary-uid',
  readOnly: 'read-only',
  noCapabilities: 'capabilities',
  memoryLimit: 'memory',
};

/** What the boots say: does it start at all, with which health check, as whom, and under which constraints. */
export function checkBoots(
  hardening: Hardening,
  contract: RuntimeContract,
  request: VerifyRequest,
  lookup: Lookup,
): Check[] {
  const health = checkHealthDeclared(contract, request, lookup);
  const plain = hardening.boots.at(-1);
  if (hardening.running === null) {
    const trouble = plain?.trouble ?? null;
    return [
      ...(trouble === null ? [] : [checkTrouble(trouble, plain, lookup)]),
      ...health,
      checkUser(contract, false, lookup),
    ];
  }
  const { boot } = hardening.running;
  const isRoot = isRootUser(contract);
  const args = { seconds: (boot.readySeconds ?? 0).toFixed(1), listening: boot.listening.join(', ') };
  return [
    toCheck('start', 'pass', { args }),
    ...health,
    checkUser(contract, isRoot && hardening.broken.includes('arbitraryUid'), lookup),
    ...(request.constrained ? (Object.keys(CONSTRAINT_CHECKS) as ConstraintName[]) : []).map((name) =>
      checkConstraint(name, hardening, contract, request, lookup),
    ),
  ];
}

/** The first trouble names the check: a health check that fails is not a container that does not start. */
function checkTrouble(trouble: Trouble, boot: Boot | undefined, lookup: Lookup): Check {
  const more = { reason: trouble.kind, args: trouble.args };
  if (trouble.kind === 'unhealthy') return toCheck('health', 'fail', { ...more, lines: lookup.last('HEALTHCHECK') });
  if (trouble.kind === 'http') return toCheck('http', 'fail', { args: trouble.args });
  if (trouble.kind === 'output') return toCheck('output', 'fail', { args: trouble.args });
  if (trouble.args['wasReady'] !== undefined)
    return toCheck('stays-up', 'fail', { ...more, lines: lookup.last('ENTRYPOINT', 'CMD') });
  const path = boot?.complaints[0];
  const lines = path === undefined ? linesOf(trouble, lookup) : lookup.path(path);
  return toCheck('start', 'fail', { ...more, lines, paths: boot?.complaints ?? [] });
}

function linesOf(trouble: Trouble, lookup: Lookup) {
  if (trouble.kind === 'other-port' || trouble.kind === 'silent') return lookup.last('EXPOSE');
  return lookup.last('ENTRYPOINT', 'CMD');
}

function checkHealthDeclared(contract: RuntimeContract, request: VerifyRequest, lookup: Lookup): Check[] {
  if (request.health === true && contract.health === null) return [toCheck('health', 'fail', { reason: 'missing' })];
  if (request.health === false && contract.health !== null) {
    return [toCheck('health', 'fail', { reason: 'unwanted', lines: lookup.last('HEALTHCHECK') })];
  }
  return [];
}

function checkUser(contract: RuntimeContract, needsRoot: boolean, lookup: Lookup): Check {
  if (!isRootUser(contract)) return toCheck('user', 'pass', { args: { user: contract.user } });
  const lines = lookup.last('USER');
  return toCheck('user', 'warn', {
    reason: needsRoot ? 'needs-root' : 'root',
    lines: lines.length > 0 ? lines : lookup.base(),
  });
}

function isRootUser(contract: RuntimeContract): boolean {
  return /^(?:|0|root)(?::|$)/.test(contract.user);
}

function checkConstraint(
  name: ConstraintName,
  hardening: Hardening,
  contract: RuntimeContract,
  request: VerifyRequest,
  lookup: Lookup,
): Check {
  const id = CONSTRAINT_CHECKS[name];
  const args: Record<string, string> = name === 'memoryLimit' ? { bytes: String(request.memory) } : {};
  const boot = hardening.running?.boot;
  if (name === 'readOnly' && boot !== undefined) return checkReadOnly(hardening, boot, request, lookup);
  if (!hardening.broken.includes(name)) return toCheck(id, 'pass', { args });
  if (name === 'arbitraryUid' && isRootUser(contract)) return toCheck(id, 'skip', { reason: 'root' });
  return toCheck(id, 'warn', { reason: 'broken', args, ...blame(firstFailure(hardening, name), [], lookup) });
}

/** It may need folders, not stand it at all, or run and complain at each write. */
function checkReadOnly(hardening: Hardening, boot: Boot, request: VerifyRequest, lookup: Lookup): Check {
  const written = hardening.written.map((path) => path.replace(/\/$/, ''));
  const complaints = hardening.boots.flatMap(({ complaints: paths }) => paths);
  if (hardening.tmpfs.length > 0) {
    const lines = lookup.path(hardening.tmpfs[0] ?? '');
    return toCheck('read-only', 'warn', {
      reason: 'tmpfs',
      args: { folders: hardening.tmpfs.join(', ') },
      lines,
      paths: written,
    });
  }
  if (hardening.broken.includes('readOnly')) {
    return toCheck('read-only', 'warn', {
      reason: 'broken',
      ...blame(firstFailure(hardening, 'readOnly'), [...written, ...complaints], lookup),
    });
  }
  if (boot.complaints.length > 0)
    return toCheck('read-only', 'warn', { reason: 'complains', ...blame(boot, [], lookup) });
  const args: Record<string, string> = request.tmpfs.length === 0 ? {} : { folders: request.tmpfs.join(', ') };
  return toCheck('read-only', 'pass', { args });
}

/** The boot whose failure shows the constraint best: the one with it and as few others as possible. */
function firstFailure(hardening: Hardening, name: ConstraintName): Boot | undefined {
  const weight = ({ constraints }: Boot) => Object.values(constraints).filter(Boolean).length;
  const failed = hardening.boots.filter(({ ready, constraints }) => !ready && constraints[name]);
  return failed.sort((one, other) => weight(one) - weight(other))[0];
}

function blame(boot: Boot | undefined, others: readonly string[], lookup: Lookup): Pick<Check, 'lines' | 'paths'> {
  const paths = [...new Set([...(boot?.complaints ?? []), ...others])];
  return { paths, lines: paths[0] === undefined ? [] : lookup.path(paths[0]) };
}

/** After the restart of the same container. */
export function checkRestart(trouble: Trouble | null, seconds: number | null): Check {
  const status: CheckStatus = trouble === null ? 'pass' : 'fail';
  return toCheck('restart', status, {
    reason: trouble?.kind ?? '',
    args: { ...(trouble?.args ?? {}), seconds: (seconds ?? 0).toFixed(1) },
  });
}
