import { parseXml, XmlElement, XmlError, XmlText } from '@rgrove/parse-xml';
import type { Project } from '../../model/project.ts';
import { lineAt } from '../text.ts';
import { malformed, notTooDeep } from './document.ts';

/** An element of an XML file, with its line. Namespace prefixes are dropped. */
export interface Element {
  readonly name: string;
  readonly line: number;
  /** text directly inside, blanks around it dropped */
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
}

/** Reads an XML file's root element; `null` where there is no such file. Throws UserError `file-malformed`. */
export function readXml(project: Project, path: string): Element | null {
  const text = project.text(path);
  if (text === null) return null;
  try {
    const root = notTooDeep(
      path,
      'XML',
      () => parseXml(text, { includeOffsets: true, ignoreUndefinedEntities: true }).root,
    );
    if (root === null) throw malformed(path, 'XML', 1, 'there is no element in it');
    return toElement(root, text, 0);
  } catch (error) {
    if (error instanceof XmlError)
      throw malformed(
        path,
        'XML',
        error.line,
        error.message.split('\n')[0]?.replace(/ \(line .*$/, '') ?? 'unreadable',
      );
    throw error;
  }
}

/** Deeper than any real manifest, and far from the end of the call stack. */
const DEEPEST = 100;

function toElement(element: XmlElement, source: string, depth: number): Element {
  const nested = depth < DEEPEST ? element.children.filter((child) => child instanceof XmlElement) : [];
  const texts = element.children.filter((child) => child instanceof XmlText);
  // A value that stands alone inside its element has its own line; an element is where its start tag is.
  const inner =
    nested.length === 0 && texts[0] ? texts[0].start + (/^\s*/.exec(texts[0].text)?.[0].length ?? 0) : element.start;
  return {
    name: element.name.replace(/^.*:/, ''),
    line: lineAt(source, inner + 1),
    text: texts
      .map((child) => child.text)
      .join('')
      .trim(),
    attributes: element.attributes,
    children: nested.map((child) => toElement(child, source, depth + 1)),
  };
}

/** The first child of that name, then of that name in it, and so on. */
export function childAt(element: Element | null, ...names: readonly string[]): Element | null {
  let here = element;
  for (const name of names) here = here?.children.find((child) => child.name === name) ?? null;
  return here;
}

export function childrenAt(element: Element | null, ...names: readonly string[]): readonly Element[] {
  const last = names.at(-1);
  return childAt(element, ...names.slice(0, -1))?.children.filter((child) => child.name === last) ?? [];
}
