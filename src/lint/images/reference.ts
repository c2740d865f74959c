/** An image reference taken apart; Docker Hub's own prefixes are removed: `docker.io/library/node` is `node`. */
export interface ImageReference {
  readonly repository: string;
  /** `null`: the reference has none, which means `latest` */
  readonly tag: string | null;
  readonly digest: string | null;
}

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*';
const HOST = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\\d+)?|\\[[0-9a-fA-F:]+\\](?::\\d+)?)';
const REFERENCE = new RegExp(
  `^((?:${HOST}/)?${COMPONENT}(?:/${COMPONENT})*)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@([a-z0-9+._-]+:[0-9a-fA-F]{32,}))?$`,
);

/** Mirrors of Docker Hub's official images that keep their names below `library/`. */
const OFFICIAL_PREFIX = /^(?:[a-zA-Z0-9.:-]+\/)?(?:[a-z0-9._-]+\/)*library\//;

/** `null` for what no engine accepts as a reference. */
export function parseReference(text: string): ImageReference | null {
  const match = REFERENCE.exec(text);
  if (match === null) return null;
  const [, repository = '', tag, digest] = match;
  return {
    repository: repository.replace(OFFICIAL_PREFIX, '').replace(/^(?:index\.)?docker\.io\//, ''),
    tag: tag ?? null,
    digest: digest ?? null,
  };
}
