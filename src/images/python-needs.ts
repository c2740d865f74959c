/** What a distribution needs of the operating system, by Debian's names and Alpine's. */
export interface SystemNeed {
  readonly build: readonly string[];
  readonly run: readonly string[];
  readonly apkBuild: readonly string[];
  readonly apkRun: readonly string[];
}

/**
 * By distribution. Debian's names are those that both trixie and bookworm know: where trixie added `t64` to a name, it also
 * provides the old one. Checked in containers of both with apt-get on 2026-11-23.
 */
export const NEEDS: Readonly<Record<string, SystemNeed>> = {
  psycopg2: need('libpq5', 'libpq-dev', 'libpq', 'postgresql-dev'),
  psycopg: need('libpq5', '', 'libpq'),
  'psycopg-c': need('libpq5', 'libpq-dev', 'libpq', 'postgresql-dev'),
  mysqlclient: need('libmariadb3', 'default-libmysqlclient-dev pkg-config', 'mariadb-connector-c', 'mariadb-dev'),
  'flask-mysqldb': need('libmariadb3', 'default-libmysqlclient-dev pkg-config', 'mariadb-connector-c', 'mariadb-dev'),
  rlpycairo: need('libcairo2', 'libcairo2-dev pkg-config', 'cairo', 'cairo-dev'),
  pycairo: need('libcairo2', 'libcairo2-dev pkg-config', 'cairo', 'cairo-dev'),
  xhtml2pdf: need('libcairo2', 'libcairo2-dev pkg-config', 'cairo', 'cairo-dev'),
  cairosvg: need('libcairo2', '', 'cairo'),
  cairocffi: need('libcairo2', '', 'cairo'),
  weasyprint: need('libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core', '', 'pango font-dejavu'),
  'django-weasyprint': need(
    'libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core',
    '',
    'pango font-dejavu',
  ),
  'opencv-python': need('libgl1 libglib2.0-0', '', 'mesa-gl glib'),
  'opencv-contrib-python': need('libgl1 libglib2.0-0', '', 'mesa-gl glib'),
  ultralytics: need('libgl1 libglib2.0-0', '', 'mesa-gl glib'),
  mediapipe: need('libgl1 libglib2.0-0', '', 'mesa-gl glib'),
  deepface: need('libgl1 libglib2.0-0', '', 'mesa-gl glib'),
  supervision: need('libgl1 libglib2.0-0', '', 'mesa-gl glib'),
  paddleocr: need('libgl1 libglib2.0-0 libgomp1', '', 'mesa-gl glib libgomp'),
  pyvista: need('libgl1 libxrender1', '', 'mesa-gl libxrender'),
  vtk: need('libgl1 libxrender1', '', 'mesa-gl libxrender'),
  rdkit: need('libxrender1 libxext6', '', 'libxrender libxext'),
  pyodbc: need('unixodbc', 'unixodbc-dev', 'unixodbc', 'unixodbc-dev'),
  aioodbc: need('unixodbc', 'unixodbc-dev', 'unixodbc', 'unixodbc-dev'),
  'python-magic': need('libmagic1', '', 'libmagic'),
  pdf2image: need('poppler-utils', '', 'poppler-utils'),
  pdftotext: need('libpoppler-cpp2', 'libpoppler-cpp-dev pkg-config', 'poppler-cpp', 'poppler-dev'),
  pydub: need('ffmpeg', '', 'ffmpeg'),
  moviepy: need('ffmpeg', '', 'ffmpeg'),
  'ffmpeg-python': need('ffmpeg', '', 'ffmpeg'),
  ffmpy: need('ffmpeg', '', 'ffmpeg'),
  'openai-whisper': need('ffmpeg', '', 'ffmpeg'),
  playwright: need(
    'libasound2 libatk-bridge2.0-0 libatk1.0-0 libatspi2.0-0 libcairo2 libcups2 libdbus-1-3 libdrm2 libgbm1 libglib2.0-0 libnspr4 libnss3 libpango-1.0-0 libx11-6 libxcb1 libxcomposite1 libxdamage1 libxext6 libxfixes3 libxkbcommon0 libxrandr2 fonts-liberation',
    '',
    '',
  ),
  pytesseract: need('tesseract-ocr', '', 'tesseract-ocr'),
  ocrmypdf: need('tesseract-ocr ghostscript', '', 'tesseract-ocr ghostscript'),
  'camelot-py': need('ghostscript', '', 'ghostscript'),
  xmlsec: need('libxmlsec1 libxmlsec1-openssl', 'libxmlsec1-dev pkg-config', 'xmlsec', 'xmlsec-dev'),
  'python3-saml': need('libxmlsec1 libxmlsec1-openssl', 'libxmlsec1-dev pkg-config', 'xmlsec', 'xmlsec-dev'),
  pyaudio: need('libportaudio2', 'portaudio19-dev', 'portaudio', 'portaudio-dev'),
  sounddevice: need('libportaudio2', '', 'portaudio'),
  soundfile: need('libsndfile1', '', 'libsndfile'),
  librosa: need('libsndfile1', '', 'libsndfile'),
  pysaml2: need('xmlsec1', '', 'xmlsec'),
  djangosaml2: need('xmlsec1', '', 'xmlsec'),
  pylibmc: need('libmemcached11', 'libmemcached-dev zlib1g-dev', 'libmemcached-libs', 'libmemcached-dev'),
  'yt-dlp': need('ffmpeg', '', 'ffmpeg'),
  'flask-simpleldap': need('libldap-common', 'libldap-dev libsasl2-dev', 'libldap', 'openldap-dev cyrus-sasl-dev'),
  'python-ldap': need('libldap-common', 'libldap-dev libsasl2-dev', 'libldap', 'openldap-dev cyrus-sasl-dev'),
  'django-auth-ldap': need('libldap-common', 'libldap-dev libsasl2-dev', 'libldap', 'openldap-dev cyrus-sasl-dev'),
  pycurl: need('libcurl4', 'libcurl4-openssl-dev libssl-dev', 'libcurl', 'curl-dev'),
  graphviz: need('graphviz', '', 'graphviz'),
  pydot: need('graphviz', '', 'graphviz'),
  pygraphviz: need('graphviz', 'libgraphviz-dev pkg-config', 'graphviz', 'graphviz-dev'),
  pyzbar: need('libzbar0', '', 'zbar'),
  wand: need('imagemagick', '', 'imagemagick'),
  pyenchant: need('libenchant-2-2', '', 'enchant2'),
  lightgbm: need('libgomp1', '', 'libgomp'),
  dlib: need('libopenblas0 liblapack3', 'cmake libopenblas-dev liblapack-dev', 'openblas', 'cmake openblas-dev'),
  'face-recognition': need(
    'libopenblas0 liblapack3',
    'cmake libopenblas-dev liblapack-dev',
    'openblas',
    'cmake openblas-dev',
  ),
  gdal: need('gdal-bin', 'libgdal-dev', 'gdal', 'gdal-dev'),
  pyspark: need('default-jre-headless', '', 'openjdk21-jre-headless'),
  'tabula-py': need('default-jre-headless', '', 'openjdk21-jre-headless'),
  konlpy: need('default-jre-headless', '', 'openjdk21-jre-headless'),
  gitpython: need('git', '', 'git'),
  pypandoc: need('pandoc', '', 'pandoc-cli'),
  pyttsx3: need('espeak-ng libespeak1', '', 'espeak-ng'),
  uwsgi: need('libxml2 libpcre2-8-0', '', 'libxml2 pcre2', 'linux-headers pcre2-dev'),
  gssapi: need('libgssapi-krb5-2', 'libkrb5-dev', 'krb5-libs', 'krb5-dev'),
};

export function need(run: string, build = '', apkRun = '', apkBuild = ''): SystemNeed {
  const words = (text: string) => text.split(' ').filter((word) => word !== '');
  return { run: words(run), build: words(build), apkRun: words(apkRun), apkBuild: words(apkBuild) };
}

/** Of older releases, which load other libraries than the newest. */
export const OLDER_NEEDS: readonly (readonly [distribution: string, releases: string, need: SystemNeed])[] = [
  [
    'weasyprint',
    '<53',
    need(
      'libpango-1.0-0 libpangocairo-1.0-0 libcairo2 libgdk-pixbuf-2.0-0 shared-mime-info fonts-dejavu-core',
      '',
      'pango cairo gdk-pixbuf shared-mime-info font-dejavu',
    ),
  ],
];

/** By what the source calls, where a distribution alone does not tell. */
export const CALLED_NEEDS: readonly (readonly [distribution: string, code: RegExp, need: SystemNeed])[] = [
  ['selenium', /\bwebdriver\.Chrome\s*\(/, need('chromium chromium-driver', '', 'chromium chromium-chromedriver')],
];

/** What a package needs at run time where its release has no wheel for the Python version and is compiled. */
export const COMPILED_NEEDS: Readonly<Record<string, SystemNeed>> = {
  'psycopg2-binary': need('libpq5', 'libpq-dev', 'libpq', 'postgresql-dev'),
  pillow: need('libjpeg62-turbo', 'libjpeg-dev zlib1g-dev', 'libjpeg-turbo', 'jpeg-dev zlib-dev'),
  lxml: need('libxml2 libxslt1.1', 'libxml2-dev libxslt1-dev', 'libxml2 libxslt', 'libxml2-dev libxslt-dev'),
  pyyaml: need('libyaml-0-2', 'libyaml-dev', 'yaml', 'yaml-dev'),
  cffi: need('libffi8', 'libffi-dev', 'libffi', 'libffi-dev'),
};

/** What the full image has already; see docker-library/buildpack-deps. */
export const IN_FULL_IMAGE = new Set([
  'libpq-dev',
  'default-libmysqlclient-dev',
  'pkg-config',
  'libcurl4-openssl-dev',
  'libssl-dev',
  'libkrb5-dev',
  'git',
  'gcc',
  'g++',
  'libc6-dev',
  'libjpeg-dev',
  'zlib1g-dev',
  'libxml2-dev',
  'libxslt1-dev',
  'libyaml-dev',
  'libffi-dev',
  // what these bring along for running programs
  'libpq5',
  'libmariadb3',
  'libcurl4',
  'libgssapi-krb5-2',
  'libjpeg62-turbo',
  'libxml2',
  'libxslt1.1',
  'libyaml-0-2',
  'libffi8',
  'libglib2.0-0',
  'imagemagick',
]);

/** Tools and libraries that projects list for their own hosts (Aptfile, packages.txt, an earlier Dockerfile) and that programs call at run time. */
export const KNOWN_TO_RUN =
  /^(?:ffmpeg|git|ghostscript|imagemagick|poppler-utils|tesseract-ocr(?:-[a-z]{3,4}(?:-[a-z]+)?)?|graphviz|chromium|chromium-driver|default-jre-headless|libreoffice(?:-writer|-core|-calc)?|sox|espeak|espeak-ng|libsndfile1|fonts-[\w-]+|nmap|redis-tools|postgresql-client|default-mysql-client|unixodbc|libgl1|libglib2\.0-0|libsm6|libxext6|libxrender1|libgomp1|libmagic1|libpq5|libmariadb3|libcairo2|libzbar0|libportaudio2|pandoc|exiftool|mediainfo|antiword|unrtf|aria2|p7zip-full|rsync|openssh-client|libspatialindex6|libopus0|libsodium23|gettext|locales|tzdata|libjpeg62-turbo|libxml2|libxslt1\.1|libvips42|mkvtoolnix|optipng|pngquant|jpegoptim)$/;

/** Names that Debian gave up. */
export const RENAMED: Readonly<Record<string, string>> = {
  'libgl1-mesa-glx': 'libgl1',
  'libgl1-mesa-dri': 'libgl1',
  'default-jre': 'default-jre-headless',
  'openjdk-11-jre-headless': 'default-jre-headless',
  'openjdk-17-jre-headless': 'default-jre-headless',
  'openjdk-11-jdk': 'default-jre-headless',
  'openjdk-17-jdk': 'default-jre-headless',
  'chromium-browser': 'chromium',
  'chromium-chromedriver': 'chromium-driver',
  'mysql-client': 'default-mysql-client',
  'libsndfile1-dev': 'libsndfile1',
  'libmagic-dev': 'libmagic1',
  'libzbar-dev': 'libzbar0',
};
