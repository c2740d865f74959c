/** Tools that ask git for the version of a project, and the variable that tells them one where git is not there. */
const VARIABLES: readonly (readonly [tool: RegExp, variable: string])[] = [
  [/^(?:setuptools[-_]scm|hatch-vcs)\b/, 'SETUPTOOLS_SCM_PRETEND_VERSION'],
  [/^poetry-dynamic-versioning\b/, 'POETRY_DYNAMIC_VERSIONING_BYPASS'],
  [/^pbr\b/, 'PBR_VERSION'],
];

/** The variable for the tools that a build requires; `null` where none of them asks git. */
export function versionVariable(tools: readonly string[]): string | null {
  return VARIABLES.find(([tool]) => tools.some((one) => tool.test(one)))?.[1] ?? null;
}
