import type { Project } from '../model/project.ts';
import type { Language } from './language.ts';

/** What must be known about a language before its code is loaded. */
export interface LanguageCard {
  readonly id: string;
  readonly name: string;
  /** names and `*.ending`s of files without one of which the language has nothing to say about a project */
  readonly files: readonly string[];
  load(): Promise<Language>;
}

/** Every language, one entry each. Order has no meaning: evidence is ranked by its strength. */
export const LANGUAGES: readonly LanguageCard[] = [
  {
    id: 'java',
    name: 'Java',
    files: ['pom.xml', 'build.gradle', 'build.gradle.kts'],
    load: async () => (await import('./java/index.ts')).java,
  },
  {
    id: 'node',
    name: 'Node.js',
    files: ['package.json'],
    load: async () => (await import('./node/index.ts')).node,
  },
  {
    id: 'python',
    name: 'Python',
    files: [
      'requirements.txt',
      'pyproject.toml',
      'Pipfile',
      'setup.py',
      'environment.yml',
      'manage.py',
      'mkdocs.yml',
      '*.py',
    ],
    load: async () => (await import('./python/index.ts')).python,
  },
];

/** Loads the languages whose files the project holds, and the one of that id, if any. Code that is not needed is not read. */
export async function loadLanguages(project: Project, named?: string): Promise<readonly Language[]> {
  const wanted = LANGUAGES.filter((card) => card.id === named || speaksFor(card, project));
  return Promise.all(wanted.map((card) => card.load()));
}

function speaksFor({ files }: LanguageCard, project: Project): boolean {
  const endings = files.filter((file) => file.startsWith('*')).map((file) => file.slice(1));
  return project.find({ names: files, endings, limit: 1 }).length > 0;
}

/** The loaded language of that id. An unknown id is a mistake of ours: users choose from a list. */
export function languageOf(languages: readonly Language[], id: string): Language {
  const language = languages.find((one) => one.id === id);
  if (!language) throw new Error(`the language ${id} is not loaded`);
  return language;
}
