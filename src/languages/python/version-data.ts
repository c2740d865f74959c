/**
 * For packages that are compiled or bound to an interpreter: the releases that install on each Python on Linux, as PEP 440
 * ranges, any of which will do. A release that is older would be compiled from its source, or fail. Read from the package
 * index on 2026-11-23 as the lowest release with a wheel for that Python (manylinux, x86_64); the rows that end in `known`
 * come from the release notes of the packages.
 */
export const FIRST_RELEASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aiohttp: first('3.7.3', '3.8.0', '3.8.3', '3.9.0', '3.10.6', '3.13.0'),
  aiokafka: first('0.7.0', '0.8.0', '0.8.0', '0.9.0', '0.12.0', '0.13.0'),
  asyncpg: first('0.22.0', '0.24.0', '0.27.0', '0.29.0', '0.30.0', '0.31.0'),
  blis: first('0.7.2', '0.7.5', '0.7.9', '0.7.11', '1.0.2', '1.3.2'),
  brotli: first('1.0.9', '1.0.9', '1.0.9', '1.1.0', '1.1.0', '1.2.0'),
  cffi: first('1.14.3', '1.15.0', '1.15.1', '1.16.0', '1.17.0', '2.0.0'),
  'confluent-kafka': first('1.6.0', '1.9.0', '2.0.2', '2.3.0', '2.6.0', '2.12.1'),
  cymem: first('2.0.4', '2.0.6', '2.0.7', '2.0.8', '2.0.10', '2.0.12'),
  'discord-py': first('1.5.0', '1.7.3', '2.0.0', '2.3.2', '2.5.0', '2.6.0'),
  django: first('2.2', '2.2', '3.0', '4.0', '4.2', '5.2'),
  eventlet: first('0.30.0', '0.33.0', '0.33.2', '0.34.0', '0.37.0', '0.40.0'),
  fastparquet: first('0.6.0', '0.8.0', '2022.12.0', '2023.10.0', '2024.11.0', '2025.12.0'),
  frozenlist: first('1.1.0', '1.2.0', '1.3.3', '1.4.1', '1.4.1', '1.4.1'),
  gevent: first('20.6.1', '21.12.0', '22.10.1', '23.7.0', '24.10.1', '25.8.1'),
  greenlet: first('0.4.17', '1.1.0', '1.1.3', '3.0.0', '3.1.0', '3.2.3'),
  grpcio: first('1.33.1', '1.41.0', '1.49.1', '1.59.0', '1.66.2', '1.75.1'),
  'grpcio-tools': first('1.33.1', '1.41.0', '1.49.1', '1.59.0', '1.66.2', '1.75.1'),
  h5py: first('3.0.0', '3.6.0', '3.8.0', '3.10.0', '3.12.1', '3.15.0'),
  httptools: first('0.1.2', '0.3.0', '0.5.0', '0.6.1', '0.6.2', '0.7.1'),
  jinja2: first('2.10', '2.11', '2.11', '2.11', '2.11', '3.0'),
  jiter: first('0.1.0', '0.1.0', '0.1.0', '0.1.0', '0.6.0', '0.10.0'),
  kiwisolver: first('1.3.1', '1.3.2', '1.4.4', '1.4.5', '1.4.7', '1.4.9'),
  levenshtein: first('0.12.0', '0.16.0', '0.20.3', '0.22.0', '0.26.0', '0.27.3'),
  lxml: first('4.5.2', '4.6.3', '4.9.1', '4.9.3', '5.3.0', '6.0.1'),
  markupsafe: first('1.1.1', '2.0.1', '2.1.2', '2.1.3', '3.0.0', '3.0.3'),
  matplotlib: first('3.3.3', '3.5.0', '3.6.0', '3.7.3', '3.9.2', '3.10.5'),
  msgpack: first('1.0.1', '1.0.3', '1.0.5', '1.0.6', '1.1.0', '1.1.2'),
  multidict: first('5.0.0', '5.2.0', '6.0.3', '6.0.5', '6.0.5', '6.0.5'),
  murmurhash: first('1.0.3', '1.0.6', '1.0.9', '1.0.10', '1.0.11', '1.0.14'),
  numba: first('0.53.0', '0.55.0', '0.57.0', '0.59.0', '0.61.0', '0.63.0'),
  numpy: first('1.19.3', '1.21.2', '1.23.2', '1.26.0', '2.1.0', '2.3.2'),
  onnx: first('1.9.0', '1.12.0', '1.13.0', '1.16.0', '1.18.0', '1.20.0'),
  orjson: first('3.4.0', '3.4.7', '3.7.7', '3.9.3', '3.10.7', '3.11.4'),
  pandas: first('1.1.3', '1.3.3', '1.5.0', '2.1.1', '2.2.3', '2.3.3'),
  pillow: first('8.0.0', '8.3.2', '9.2.0', '10.0.0', '10.4.0', '11.3.0'),
  preshed: first('3.0.3', '3.0.6', '3.0.8', '3.0.9', '3.0.10', '3.0.11'),
  psutil: first('5.8.0', '5.9.0', '5.9.4', '5.9.4', '5.9.4', '5.9.4'),
  'psycopg-binary': first('3.0', '3.0', '3.1.4', '3.1.12', '3.2.2', '3.2.10'),
  'psycopg2-binary': first('2.8.6', '2.9.1', '2.9.5', '2.9.9', '2.9.10', '2.9.11'),
  pyarrow: first('3.0.0', '6.0.0', '10.0.1', '14.0.0', '18.0.0', '22.0.0'),
  pydantic: { ...first('1.7', '1.8', '1.9', '1.10.13', '2.8', '2.12'), '3.13': '>=1.10.19,<2||>=2.8' },
  'pydantic-core': first('0.1.0', '0.1.0', '0.7.0', '2.6.0', '2.20.0', '2.35.0'),
  pymongo: first('3.11.1', '3.12.1', '3.13.0', '4.5.0', '4.9', '4.15.2'),
  pymssql: first('2.1.5', '2.2.4', '2.2.6', '2.2.10', '2.3.1', '2.3.8'),
  pymupdf: first('1.18.0', '1.18.17', '1.21.0', '1.23.5', '1.24.11', '1.24.11'),
  pyodbc: first('4.0.34', '4.0.34', '4.0.35', '5.0.0', '5.2.0', '5.3.0'),
  pyyaml: first('5.4', '6.0', '6.0', '6.0.1', '6.0.2', '6.0.3'),
  regex: first('2020.9.27', '2021.8.21', '2022.9.11', '2023.10.3', '2024.9.11', '2025.7.29'),
  rapidfuzz: first('0.10.0', '1.8.0', '2.5.0', '2.15.2', '3.9.6', '3.14.1'),
  reportlab: first('3.5.54', '3.6.2', '3.6.12', '4.0.0', '4.0.0', '4.0.0'),
  'ruamel-yaml-clib': first('0.2.2', '0.2.6', '0.2.7', '0.2.8', '0.2.11', '0.2.15'),
  safetensors: first('0.2.6', '0.2.6', '0.2.6', '0.4.0', '0.4.2', '0.5.0'),
  'scikit-image': first('0.18.0', '0.19.0', '0.20.0', '0.22.0', '0.25.0', '0.26.0'),
  'scikit-learn': first('0.24.0', '1.0.2', '1.1.3', '1.3.1', '1.5.2', '1.7.2'),
  scipy: first('1.5.4', '1.7.2', '1.9.2', '1.11.2', '1.14.1', '1.16.1'),
  sentencepiece: first('0.1.94', '0.1.96', '0.1.98', '0.2.0', '0.2.1', '0.2.1'),
  shapely: first('1.7.1', '1.8.0', '1.8.5', '2.0.2', '2.0.6', '2.1.2'),
  spacy: first('3.0.0', '3.2.0', '3.4.2', '3.7.0', '3.8.7', '3.8.10'),
  sqlalchemy: {
    ...first('1.3.20', '1.3.20', '1.3.20', '1.4.0', '1.4.0', '1.4.0'),
    '3.13': '>=1.4,<2||>=2.0.31',
    '3.14': '>=1.4.54,<2||>=2.0.41',
  },
  statsmodels: first('0.12.1', '0.13.1', '0.13.3', '0.14.0', '0.14.3', '0.14.5'),
  tensorflow: first('2.5.0', '2.8.0', '2.12.0', '2.16.1', '2.20.0', '2.22.0'),
  'tensorflow-cpu': first('2.5.0', '2.8.0', '2.12.0', '2.16.1', '2.20.0', '2.22.0'),
  thinc: first('7.4.2', '7.4.6', '8.1.5', '8.2.1', '8.3.6', '8.3.9'),
  tiktoken: first('0.1.1', '0.1.1', '0.1.1', '0.5.2', '0.8.0', '0.12.0'),
  tokenizers: first('0.9.4', '0.11.5', '0.13.2', '0.14.0', '0.15.1', '0.21.0'),
  torch: first('1.7.1', '1.11.0', '1.13.0', '2.2.0', '2.5.0', '2.9.0'),
  torchvision: first('0.8.2', '0.12.0', '0.15.1', '0.17.0', '0.21.0', '0.24.0'),
  ujson: first('4.0.0', '4.2.0', '5.5.0', '5.8.0', '5.10.0', '5.11.0'),
  uvloop: first('0.15.2', '0.16.0', '0.17.0', '0.18.0', '0.21.0', '0.22.1'),
  werkzeug: first('0.15', '0.15.6', '0.15.6', '0.15.6', '0.15.6', '2.3.8'),
  wrapt: first('1.13.2', '1.13.3', '1.14.1', '1.14.2', '1.14.2', '1.14.2'),
  yarl: first('1.6.1', '1.7.0', '1.8.2', '1.9.3', '1.9.3', '1.9.3'),
  'zope-interface': first('5.2.0', '5.5.0', '6.0', '6.1', '6.4', '8.1'),
};

/** First releases for Python 3.9 to 3.14. Every older Python takes any release: what is pinned so low was made for it. */
function first(...releases: readonly [string, string, string, string, string, string]): Record<string, string> {
  return Object.fromEntries(releases.map((release, index) => [`3.${index + 9}`, `>=${release}`]));
}

/** Python → what the project's own code may no longer use from it on, as patterns over code without texts and comments; docs.python.org/3/whatsnew. */
export const REMOVED: readonly { readonly python: string; readonly what: string; readonly pattern: RegExp }[] = [
  {
    python: '3.10',
    what: 'collections',
    pattern:
      /\bfrom\s+collections\s+import\s[^\n]*\b(?:Mapping|MutableMapping|Iterable|Iterator|Callable|Sequence|MutableSequence|Hashable|Sized|Container|MutableSet)\b|\bcollections\.(?:Mapping|MutableMapping|Iterable|Callable|Sequence)\b/,
  },
  { python: '3.11', what: 'asyncio.coroutine', pattern: /@asyncio\.coroutine\b|\binspect\.getargspec\b/ },
  {
    python: '3.12',
    what: 'imp, asyncore, asynchat, smtpd',
    pattern: /^[ \t]*(?:import|from)[ \t]+(?:imp|asyncore|asynchat|smtpd)\b/m,
  },
  {
    python: '3.13',
    what: 'cgi, telnetlib, crypt, imghdr, pipes, audioop',
    pattern:
      /^[ \t]*(?:import|from)[ \t]+(?:cgi|cgitb|telnetlib|crypt|imghdr|sndhdr|pipes|audioop|nntplib|uu|xdrlib|mailcap)\b/m,
  },
  { python: '3.14', what: 'asyncio.get_event_loop', pattern: /^\w+\s*=\s*asyncio\.get_event_loop\(/m },
];
