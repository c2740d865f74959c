import { applyEdits, type Edit } from '../dockerfile/pieces.ts';
import type { Finding } from '../model/finding.ts';

/** Applies the fixes of findings for `path`; every byte outside of them stays. */
export function applyFixes(text: string, findings: readonly Finding[], path: string): { text: string; count: number } {
  const edits: Edit[] = findings.flatMap((finding) => (finding.file === path && finding.fix ? [finding.fix] : []));
  return { text: applyEdits(text, edits), count: edits.length };
}
