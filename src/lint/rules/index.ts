import type { Rule } from '../rule.ts';
import { addForCopy } from './add-for-copy.ts';
import { aptIncomplete } from './apt-incomplete.ts';
import { archivePacked } from './archive-packed.ts';
import { argOutOfScope } from './arg-out-of-scope.ts';
import { bashOnly } from './bash-only.ts';
import { cacheMountUnused } from './cache-mount-unused.ts';
import { certificatesMissing } from './certificates-missing.ts';
import { commandMissing } from './command-missing.ts';
import { commandRefused } from './command-refused.ts';
import { commentTaken } from './comment-taken.ts';
import { contextUnfiltered } from './context-unfiltered.ts';
import { copyFlattens } from './copy-flattens.ts';
import { copyPathMissing } from './copy-path-missing.ts';
import { copySourceIgnored } from './copy-source-ignored.ts';
import { copySourceMissing } from './copy-source-missing.ts';
import { debugLeft } from './debug-left.ts';
import { dependenciesMissing } from './dependencies-missing.ts';
import { devDependenciesShipped } from './dev-dependencies-shipped.ts';
import { devDependencyMissing } from './dev-dependency-missing.ts';
import { devServer } from './dev-server.ts';
import { endOfLifeRule } from './end-of-life.ts';
import { entrypointDoubled } from './entrypoint-doubled.ts';
import { execFormBroken } from './exec-form-broken.ts';
import { execFormShellSyntax } from './exec-form-shell-syntax.ts';
import { exposePort } from './expose-port.ts';
import { floatingTag } from './floating-tag.ts';
import { fromInvalid } from './from-invalid.ts';
import { goPackageMissing } from './go-package-missing.ts';
import { healthcheckBlind } from './healthcheck-blind.ts';
import { healthcheckPort } from './healthcheck-port.ts';
import { healthcheckToolMissing } from './healthcheck-tool-missing.ts';
import { ignoreMalformed } from './ignore-malformed.ts';
import { installFileMissing } from './install-file-missing.ts';
import { installScriptFails } from './install-script-fails.ts';
import { instructionDeprecated } from './instruction-deprecated.ts';
import { instructionInvalid } from './instruction-invalid.ts';
import { instructionOverridden } from './instruction-overridden.ts';
import { jarAmbiguous } from './jar-ambiguous.ts';
import { layerDoubled } from './layer-doubled.ts';
import { libcMismatch } from './libc-mismatch.ts';
import { listensOnLocalhost } from './listens-on-localhost.ts';
import { lockFileUnused } from './lock-file-unused.ts';
import { migrationInBuild } from './migration-in-build.ts';
import { nextStaticMissing } from './next-static-missing.ts';
import { packageCacheLeft } from './package-cache-left.ts';
import { packageGone } from './package-gone.ts';
import { packageManagerStart } from './package-manager-start.ts';
import { packageScriptMissing } from './package-script-missing.ts';
import { pathReplaced } from './path-replaced.ts';
import { pipManaged } from './pip-managed.ts';
import { pipeUnchecked } from './pipe-unchecked.ts';
import { platformFixed } from './platform-fixed.ts';
import { portPrivileged } from './port-privileged.ts';
import { processDetached } from './process-detached.ts';
import { pythonLibraryMissing } from './python-library-missing.ts';
import { removedTooLate } from './removed-too-late.ts';
import { rootHome } from './root-home.ts';
import { rootNeeded } from './root-needed.ts';
import { runPerPackage } from './run-per-package.ts';
import { runWithoutEffect } from './run-without-effect.ts';
import { runsAsRoot } from './runs-as-root.ts';
import { runtimeOption } from './runtime-option.ts';
import { scriptUnusable } from './script-unusable.ts';
import { scriptWithoutExec } from './script-without-exec.ts';
import { secretCopied } from './secret-copied.ts';
import { secretInInstruction } from './secret-in-instruction.ts';
import { serverFoldersRefused } from './server-folders-refused.ts';
import { shellFormCommand } from './shell-form-command.ts';
import { shellMissing } from './shell-missing.ts';
import { silenceIdle } from './silence-idle.ts';
import { silenceUnexplained } from './silence-unexplained.ts';
import { sourceBeforeDependencies } from './source-before-dependencies.ts';
import { stageUnknown } from './stage-unknown.ts';
import { startMissing } from './start-missing.ts';
import { sudoUsed } from './sudo-used.ts';
import { tlsUnchecked } from './tls-unchecked.ts';
import { toolMissing } from './tool-missing.ts';
import { toolchainShipped } from './toolchain-shipped.ts';
import { userCommand } from './user-command.ts';
import { userTaken } from './user-taken.ts';
import { userUnknown } from './user-unknown.ts';
import { variableTooLate } from './variable-too-late.ts';
import { venvBroken } from './venv-broken.ts';
import { versionTooOld } from './version-too-old.ts';
import { volumeNotWritable } from './volume-not-writable.ts';
import { webRootEmpty } from './web-root-empty.ts';
import { wholeTreeCopied } from './whole-tree-copied.ts';
import { workdirMissing } from './workdir-missing.ts';
import { workdirRelative } from './workdir-relative.ts';
import { workspaceManifestsMissing } from './workspace-manifests-missing.ts';
import { worldWritable } from './world-writable.ts';

/** Every rule. The order means nothing: findings are shown by line. */
export const RULES: readonly Rule[] = [
  addForCopy,
  aptIncomplete,
  archivePacked,
  argOutOfScope,
  bashOnly,
  cacheMountUnused,
  certificatesMissing,
  commandMissing,
  commandRefused,
  commentTaken,
  contextUnfiltered,
  copyFlattens,
  copyPathMissing,
  copySourceIgnored,
  copySourceMissing,
  debugLeft,
  dependenciesMissing,
  devDependenciesShipped,
  devDependencyMissing,
  devServer,
  endOfLifeRule,
  entrypointDoubled,
  execFormBroken,
  execFormShellSyntax,
  exposePort,
  floatingTag,
  fromInvalid,
  goPackageMissing,
  healthcheckBlind,
  healthcheckPort,
  healthcheckToolMissing,
  ignoreMalformed,
  installFileMissing,
  installScriptFails,
  instructionDeprecated,
  instructionInvalid,
  instructionOverridden,
  jarAmbiguous,
  layerDoubled,
  libcMismatch,
  listensOnLocalhost,
  lockFileUnused,
  migrationInBuild,
  nextStaticMissing,
  packageCacheLeft,
  packageGone,
  packageManagerStart,
  packageScriptMissing,
  pathReplaced,
  pipeUnchecked,
  pipManaged,
  platformFixed,
  portPrivileged,
  processDetached,
  pythonLibraryMissing,
  removedTooLate,
  rootHome,
  rootNeeded,
  runPerPackage,
  runsAsRoot,
  runtimeOption,
  runWithoutEffect,
  scriptUnusable,
  scriptWithoutExec,
  secretCopied,
  secretInInstruction,
  serverFoldersRefused,
  shellFormCommand,
  shellMissing,
  silenceIdle,
  silenceUnexplained,
  sourceBeforeDependencies,
  stageUnknown,
  startMissing,
  sudoUsed,
  tlsUnchecked,
  toolchainShipped,
  toolMissing,
  userCommand,
  userTaken,
  userUnknown,
  variableTooLate,
  venvBroken,
  versionTooOld,
  volumeNotWritable,
  webRootEmpty,
  wholeTreeCopied,
  workdirMissing,
  workdirRelative,
  workspaceManifestsMissing,
  worldWritable,
];
