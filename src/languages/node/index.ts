import type { Language } from '../language.ts';
import { detect } from './detect.ts';
import { facts, type NodeFacts } from './facts.ts';
import { images } from './images.ts';
import { MESSAGES } from './messages.ts';
import { type NodeParts, plan } from './plan.ts';

export const node: Language<NodeFacts, NodeParts> = {
  id: 'node',
  name: 'Node.js',
  detect,
  facts,
  images,
  questions: () => [],
  plan,
  messages: MESSAGES,
};
