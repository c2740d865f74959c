/** `readelf -d` of the wheel of OpenCV 5.0: what the full image has of it; libGL is installed by the file itself. */
const OPENCV = ['libglib2.0-dev', 'libsm6', 'libice6', 'libxext6', 'libx11-6', 'libxcb1'];

/** What a library of a project needs from the operating system, and no package manager of its language brings. */
export interface SystemNeed {
  /** Debian packages, named as in `runtime-libraries.ts`; a header package stands for the libraries that belong to it */
  readonly packages?: readonly string[];
  /** programs that it starts */
  readonly programs?: readonly string[];
  /** the need is void where this stands in the same file */
  readonly unless?: RegExp;
}

/**
 * By language and name. Only what the full images have and the slim ones have not is listed: whatever else a project
 * needs is installed in its Dockerfile already. Read with `ldd` in the full images, and in the libraries' sources.
 */
export const SYSTEM_NEEDS: Readonly<
  Record<'javascript' | 'python' | 'ruby' | 'rust', Readonly<Record<string, SystemNeed>>>
> = {
  javascript: {
    'simple-git': { programs: ['git'] },
    'git-clone': { programs: ['git'] },
    'download-git-repo': { programs: ['git'] },
    'git-raw-commits': { programs: ['git'] },
    'ps-node': { programs: ['ps'] },
    'ps-list': { programs: ['ps'] },
    'ps-tree': { programs: ['ps'] },
    'find-process': { programs: ['ps'] },
    'tree-kill': { programs: ['ps'] },
    concurrently: { programs: ['ps'] },
    gm: { programs: ['convert'] },
    imagemagick: { programs: ['convert'] },
    easyimage: { programs: ['convert'] },
    pdf2pic: { programs: ['convert'] },
    'python-shell': { programs: ['python3'] },
    'pg-native': { packages: ['libpq-dev'] },
    libpq: { packages: ['libpq-dev'] },
    '@prisma/client': { packages: ['openssl'] },
    prisma: { packages: ['openssl'] },
    kerberos: { packages: ['libkrb5-dev'] },
    mmmagic: { packages: ['libmagic-dev'] },
    'mongodb-memory-server': { packages: ['libcurl4-openssl-dev', 'libssl-dev'] },
    canvas: { packages: ['libfontconfig1-dev'] },
  },
  python: {
    psycopg2: { packages: ['libpq-dev'] },
    psycopg2cffi: { packages: ['libpq-dev'] },
    psycopg: { packages: ['libpq-dev'], unless: /psycopg\[[^\]]*binary|psycopg-binary/i },
    pygresql: { packages: ['libpq-dev'] },
    mysqlclient: { packages: ['libmariadb-dev'] },
    'mysql-python': { packages: ['libmariadb-dev'] },
    'python-magic': { packages: ['libmagic-dev'] },
    pycairo: { packages: ['libcairo2-dev'] },
    cairocffi: { packages: ['libcairo2-dev'] },
    cairosvg: { packages: ['libcairo2-dev'] },
    weasyprint: { packages: ['libpango1.0-dev', 'libharfbuzz-dev'] },
    wand: { packages: ['libmagickwand-dev'] },
    pycurl: { packages: ['libcurl4-openssl-dev'] },
    uwsgi: { packages: ['libxml2-dev', 'libssl-dev', 'libpcre2-8-0'] },
    pyicu: { packages: ['libicu-dev'] },
    lightgbm: { packages: ['libgomp1'] },
    'opencv-python': { packages: OPENCV },
    'opencv-contrib-python': { packages: OPENCV },
    'opencv-python-headless': { packages: ['libglib2.0-dev'] },
    pygobject: { packages: ['libglib2.0-dev'] },
    xmlsec: { packages: ['libxml2-dev'] },
    gssapi: { packages: ['libkrb5-dev'] },
    requests_kerberos: { packages: ['libkrb5-dev'] },
    pybluez: { packages: ['libbluetooth-dev'] },
    gitpython: { programs: ['git'] },
    mlflow: { programs: ['git'] },
    dvc: { programs: ['git'] },
    'pre-commit': { programs: ['git'] },
    ansible: { programs: ['ssh'] },
    'ansible-core': { programs: ['ssh'] },
  },
  ruby: {
    // these load the time zones of the system, unless a gem brings them
    rails: { packages: ['tzdata'], unless: /tzinfo-data/ },
    activesupport: { packages: ['tzdata'], unless: /tzinfo-data/ },
    tzinfo: { packages: ['tzdata'], unless: /tzinfo-data/ },
    pg: { packages: ['libpq-dev'] },
    mysql2: { packages: ['libmariadb-dev'] },
    rmagick: { packages: ['libmagickwand-dev'] },
    mini_magick: { programs: ['convert'] },
    curb: { packages: ['libcurl4-openssl-dev'] },
    typhoeus: { packages: ['libcurl4-openssl-dev'] },
    ethon: { packages: ['libcurl4-openssl-dev'] },
    'ruby-filemagic': { packages: ['libmagic-dev'] },
    charlock_holmes: { packages: ['libicu-dev'] },
    sqlite3: { packages: ['libsqlite3-dev'] },
    git: { programs: ['git'] },
    execjs: { programs: ['node'], unless: /\bmini_racer\b/ },
    uglifier: { programs: ['node'], unless: /\bmini_racer\b/ },
    'coffee-rails': { programs: ['node'], unless: /\bmini_racer\b/ },
    'autoprefixer-rails': { programs: ['node'], unless: /\bmini_racer\b/ },
    rugged: { packages: ['libssl-dev'] },
  },
  rust: {
    'openssl-sys': { packages: ['libssl-dev'], unless: /name = "openssl-src"/ },
    'pq-sys': { packages: ['libpq-dev'] },
    'mysqlclient-sys': { packages: ['libmariadb-dev'] },
    'libsqlite3-sys': { packages: ['libsqlite3-dev'] },
    'curl-sys': { packages: ['libcurl4-openssl-dev'] },
  },
};

/** Python packages that put files beside `site-packages`, which programs look up below the interpreter's prefix. */
export const PYTHON_DATA =
  /^\s*["']?(jupyter[\w-]*|notebook|ipykernel|nbconvert|voila|ipywidgets|bokeh|mkl|intel[\w-]*|tbb|onemkl[\w-]*|dpcpp[\w-]*)(?=["'\s=<>~![;,]|$)/im;

/** Files in which the names of a language's libraries stand. */
export const MANIFESTS: Readonly<Record<keyof typeof SYSTEM_NEEDS, RegExp>> = {
  javascript: /(^|\/)package\.json$/,
  python:
    /(^|\/)([\w.-]*requirements[\w.-]*\.(txt|in)|requirements\/[\w.-]+\.txt|pyproject\.toml|Pipfile|setup\.(py|cfg)|uv\.lock|poetry\.lock)$/,
  ruby: /(^|\/)(Gemfile|Gemfile\.lock|[\w.-]+\.gemspec)$/,
  rust: /(^|\/)Cargo\.(lock|toml)$/,
};
