import type { Language } from '../language.ts';
import { detect } from './detect.ts';
import { facts, type PythonFacts } from './facts.ts';
import { images } from './images.ts';
import { MESSAGES } from './notes.ts';
import { type PythonParts, plan } from './plan.ts';
import type { SiteParts } from './plan-site.ts';
import { questions } from './questions.ts';

export const python: Language<PythonFacts, PythonParts | SiteParts> = {
  id: 'python',
  name: 'Python',
  detect,
  facts,
  images,
  questions,
  plan,
  messages: MESSAGES,
};
