import type { Language } from '../language.ts';
import { detect } from './detect.ts';
import { facts, type JavaFacts } from './facts.ts';
import { images } from './images.ts';
import { type JavaParts, plan } from './plan.ts';
import { MESSAGES } from './service-notes.ts';

export const java: Language<JavaFacts, JavaParts> = {
  id: 'java',
  name: 'Java',
  detect,
  facts,
  images,
  questions: () => [],
  plan,
  messages: MESSAGES,
};
