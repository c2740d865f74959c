import type { Base } from './base.ts';
import { readBase } from './base.ts';
import type { Reason } from './conversion.ts';

/** Base of the final stage. */
export interface RuntimeBase {
  /** what stands behind FROM */
  readonly base: Base;
  /** the name stays the same */
  readonly isSame: boolean;
  /** it has the language's runtime at the same place as the old one; `false`: a bare distribution */
  readonly hasRuntime: boolean;
  readonly why: Reason;
  /** what the user should know about the change of base */
  readonly warning: Reason | null;
}

export interface RuntimeWish {
  /** `jdk`: the program needs the compiler or tools of the JDK at run time */
  readonly java: 'jre' | 'jdk';
  /** the files name the place of the virtual machine, which differs from image to image */
  readonly isFixed: boolean;
  /** ASP.NET Core is used */
  readonly isWeb: boolean;
  /** the program is linked to libraries of the distribution, so the suite must be the same */
  readonly needsSuite: boolean;
}

const NEWEST_DEBIAN = 'trixie';
const NEWEST_ALPINE = '3.24';
const KEEP: Reason = { code: 'base-kept', args: {} };

/** The smallest image of the same family that runs what the build made; the old one where nothing smaller is known. */
export function runtimeBase(base: Base, wish: RuntimeWish): RuntimeBase {
  const reference = runtimeReference(base, wish);
  if (reference === null || reference === base.written) {
    return { base, isSame: true, hasRuntime: true, why: KEEP, warning: null };
  }
  const plain = reference.includes('$') ? (slimReference(base, base.reference) ?? reference) : reference;
  const next = readBase(reference, plain);
  const isCompiled = next.family?.id === 'debian';
  return {
    base: next,
    isSame: false,
    hasRuntime: !isCompiled,
    why: {
      code: isCompiled ? 'base-bare' : next.family?.id === 'java' ? 'base-jre' : 'base-slim',
      args: { image: reference },
    },
    warning: warningFor(base, next),
  };
}

/** The image that the user named. */
export function namedBase(old: Base, reference: string): RuntimeBase {
  const base = readBase(reference, reference);
  const isSame = reference === old.written;
  const hasRuntime = base.family !== null && base.family.id !== 'debian';
  return {
    base: isSame ? old : base,
    isSame,
    hasRuntime: hasRuntime || isSame,
    why: { code: isSame ? 'base-kept' : 'base-named', args: { image: reference } },
    warning: null,
  };
}

function runtimeReference(base: Base, wish: RuntimeWish): string | null {
  switch (base.family?.id) {
    case 'node':
    case 'python':
    case 'ruby':
      return slimReference(base, base.written);
    case 'golang':
    case 'rust':
    case 'gcc':
      return bareReference(base, wish);
    case 'maven':
    case 'gradle':
    case 'sbt':
    case 'java':
      return javaReference(base, wish);
    case 'dotnet':
      return `${base.repository.replace(/sdk$/, wish.isWeb ? 'aspnet' : 'runtime')}${base.tag === '' ? '' : `:${base.tag}`}`;
    default:
      return null;
  }
}

/** `node:20` → `node:20-slim`, `python:3.11-bookworm` → `python:3.11-slim-bookworm`; `written` may hold variables. */
function slimReference(base: Base, written: string): string | null {
  if (base.flavour !== 'full' || /onbuild|windows|nanoserver/.test(base.tag)) return null;
  const [name = ''] = written.split('@');
  if (base.tag === '' || base.tag === 'latest') return `${name.replace(/:latest$/, '')}:slim`;
  if (base.isSuiteWritten && base.family?.id !== 'node') {
    const suite = base.suite ?? '';
    const literal = name.includes('$') && !name.endsWith(suite) ? (base.reference.split('@')[0] ?? '') : name;
    const head = literal.slice(0, -suite.length);
    return /[:-]$/.test(head) ? `${head}slim-${suite}` : null;
  }
  return `${name.replace(/\$(\w+)$/, '${$1}')}-slim`;
}

function bareReference(base: Base, wish: RuntimeWish): string {
  if (base.flavour === 'alpine') {
    const written = /^alpine(3\.\d+)$/.exec(base.suite ?? '')?.[1];
    return `${base.prefix}alpine:${written ?? NEWEST_ALPINE}`;
  }
  // A newer C library runs what an older one was linked against; a suite that the tag leaves open moves with the tag.
  const suite = base.isSuiteWritten || wish.needsSuite ? base.suite : NEWEST_DEBIAN;
  return `${base.prefix}debian:${suite ?? NEWEST_DEBIAN}-slim`;
}

function javaReference(base: Base, wish: RuntimeWish): string | null {
  if (wish.isFixed) return null;
  const kind = wish.java;
  const version = base.version ?? movingJdk(base);
  if (version === null) return null;
  const alpine = base.flavour === 'alpine' ? '-alpine' : '';
  if (base.family?.id !== 'java') return builderReference(base, kind, version, alpine);
  if (kind === 'jdk') return null;
  if (base.repository === 'openjdk' || base.repository === 'java') return openjdkReference(base, version, alpine);
  if (base.repository === 'amazoncorretto') return null;
  if (/\bjre\b/.test(base.tag)) return null;
  if (/liberica-openjdk/.test(base.repository)) return base.written.replace('liberica-openjdk', 'liberica-openjre');
  if (/\bjdk\b/.test(base.written)) return base.written.replace(/\bjdk\b/, 'jre').split('@')[0] ?? null;
  if (base.written.includes('$'))
    return `${base.prefix}${base.repository}:${base.tag.replace(/^(\d[\d.]*)/, '$1-jre')}`;
  return base.tag === '' ? null : `${base.prefix}${base.repository}:${base.tag.replace(/^(\d[\d._]*)/, '$1-jre')}`;
}

/** Tags of Maven that move with the newest JDK; what an older one without a JDK in its name has is not known. */
function movingJdk(base: Base): string | null {
  return base.family?.id === 'maven' && /^(latest|3|3\.9)?$/.test(base.tag) ? '26' : null;
}

/** The image without Maven or Gradle: the runtime of the vendor whose JDK is in it. */
function builderReference(base: Base, kind: 'jre' | 'jdk', version: string, alpine: string): string {
  if (/corretto/.test(base.tag)) return `${base.prefix}amazoncorretto:${version}${alpine}`;
  if (base.family?.id === 'maven' && /(?:^|-)(?:open)?jdk-\d/.test(base.tag)) {
    return `${base.prefix}${openjdk(version, kind, alpine)}`;
  }
  const suite = alpine === '' ? `-${base.isSuiteWritten ? base.suite : 'noble'}` : alpine;
  return `${base.prefix}eclipse-temurin:${version}-${kind}${suite}`;
}

function openjdkReference(base: Base, version: string, alpine: string): string | null {
  if (/jre/.test(base.tag)) return null;
  const [feature = ''] = version.split('.');
  const suite = /(?:buster|bullseye|stretch)/.exec(base.tag)?.[0];
  const reference = openjdk(feature, 'jre', alpine);
  return `${base.prefix}${reference}${suite !== undefined && reference.startsWith('openjdk') ? `-${suite}` : ''}`;
}

/** Only 8 and 11 have a runtime image under the old name; both names are dead, the later versions exist as Temurin. */
function openjdk(version: string, kind: 'jre' | 'jdk', alpine: string): string {
  if (version === '8' || version === '11') return `openjdk:${version}-${kind}${alpine === '' ? '-slim' : alpine}`;
  return `eclipse-temurin:${version}-${kind}${alpine}`;
}

function warningFor(base: Base, next: Base): Reason | null {
  if (base.digest !== null) return { code: 'digest-dropped', args: { image: next.written } };
  if (/^(openjdk|java)$/.test(next.repository)) {
    return { code: 'base-dead', args: { image: next.repository, other: `eclipse-temurin:${base.version}-jre` } };
  }
  if (next.repository === 'eclipse-temurin' && /^(openjdk|java)$/.test(base.repository)) {
    return { code: 'base-vendor', args: { old: base.reference, image: next.written } };
  }
  return null;
}
