/** Facts about one family of base-image tags. Data only: `src/images/choose.ts` decides. */
export interface BaseImage {
  /** unique and stable, used in answers: `node/slim`, `node/full`, `distroless/nodejs` */
  readonly id: string;
  /** `node`, `gcr.io/distroless/nodejs{major}-debian13` */
  readonly repository: string;
  /** with this image's own order of suffixes: `{version}-{suite}-slim` (node) or `{version}-slim-{suite}` (python) */
  readonly tag: string;
  /** product in the lifecycle table: `node`, `python`, `java`; `null` for images that carry no language */
  readonly product: string | null;
  /** versions of the product that exist under this pattern; `null`: all in the lifecycle table */
  readonly versions: readonly string[] | null;
  readonly suite: string;
  readonly libc: 'glibc' | 'musl' | 'none';
  /** `build` has a package manager and compilers or can install them; `runtime` is fit for the final stage */
  readonly roles: readonly ('build' | 'runtime')[];
  /** flavour, for the screen: `full`, `slim`, `distroless`, `alpine` */
  readonly flavour: 'full' | 'slim' | 'distroless' | 'alpine';
  /** user that the final stage shall name, numeric; and its name in the image, if it has one */
  readonly uid: number;
  readonly gid: number;
  readonly user: string | null;
  readonly shell: boolean;
  readonly packageManager: 'apt' | 'apk' | null;
  /** absolute path of the interpreter or virtual machine: `/usr/local/bin/node`, `/nodejs/bin/node` */
  readonly program: string | null;
  /** the image's own entry point; a command alone is passed to it */
  readonly entrypoint: readonly string[];
  /** compressed size, amd64, in MB, where known */
  readonly megabytes: number | null;
  readonly architectures: readonly string[];
  /** where these facts were read, and when (ISO date) */
  readonly source: string;
  readonly checked: string;
}

/** Support window of one version of a product or suite. Dates are ISO; `end` is the end of security fixes. */
export interface Lifecycle {
  readonly version: string;
  readonly released: string;
  /** when it became a long-term version; `null`: it never does */
  readonly longTerm: string | null;
  readonly end: string;
}

/** A base image as it may stand behind FROM, with what the plan must know about it. */
export interface ImageChoice {
  readonly image: BaseImage;
  /** `node:24-trixie-slim` */
  readonly reference: string;
  /** the first choice of a list is the recommended one; the sentence says why one would take this one */
  readonly why: string;
  /** earliest end of security fixes of the product and the suite, ISO; `null`: unknown */
  readonly end: string | null;
}
