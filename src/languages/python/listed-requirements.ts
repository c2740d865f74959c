import type { Note } from '../../model/fact.ts';
import type { Application } from './application.ts';
import type { Dependencies } from './dependencies.ts';
import { isForOtherSystems, normalName } from './requirement.ts';
import type { Source } from './sources.ts';
import { distributionOf, thirdPartyImports } from './third-party.ts';

/** What a program needs without importing it, by the code that asks for it. */
const UNSEEN: readonly (readonly [code: RegExp, distribution: string])[] = [
  [/\bRedisHuey\b/, 'redis'],
  [/\bJinja2Templates\b/, 'Jinja2'],
  [/\bfastapi\b[\s\S]*\b(?:UploadFile|(?:Form|File)\s*\()/, 'python-multipart'],
  [/\bEmailStr\b/, 'email-validator'],
  [/\bread_excel\s*\(|\.to_excel\s*\(/, 'openpyxl'],
  [/\bread_parquet\s*\(|\.to_parquet\s*\(/, 'pyarrow'],
];

function unseen(reached: readonly Source[]): readonly string[] {
  return UNSEEN.filter(([code]) => reached.some((source) => code.test(source.code))).map(([, name]) => name);
}

/** Names for the command line, where no manifest lists them in a form that an installer reads. */
export function listedRequirements(
  dependencies: Dependencies,
  reached: readonly Source[],
  application: Application | null,
): { readonly words: readonly string[]; readonly notes: readonly Note[] } {
  const declared = dependencies.requirements.filter((one) => !isForOtherSystems(one.marker));
  if (declared.length > 0) return { words: declared.map((one) => one.text), notes: [] };
  const words: string[] = [];
  const notes: Note[] = [];
  for (const fact of thirdPartyImports(reached)) {
    const distribution = distributionOf(fact.value);
    if (distribution) words.push(distribution);
    else notes.push({ code: 'import-unknown', severity: 'warning', places: [fact.from], args: { module: fact.value } });
  }
  for (const name of [...unseen(reached), ...(application?.needs ?? [])]) {
    if (!words.some((word) => normalName(word) === normalName(name))) words.push(name);
  }
  if (words.length > 0) {
    notes.push({ code: 'manifest-missing', severity: 'warning', places: [], args: { names: words.join(', ') } });
  }
  return { words, notes };
}
