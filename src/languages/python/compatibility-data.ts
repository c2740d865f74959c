/**
 * Releases that do not name an upper bound that they turned out to need: `package` in `releases` (`*`: any) fails when it is installed with the
 * newest release of the others. Only those are held back that the project does not name itself. From the packages' own issue
 * trackers and release notes, 2026-11-23.
 */
export const HELD_BACK: readonly {
  readonly package: string;
  readonly releases: string;
  readonly hold: readonly string[];
}[] = [
  { package: 'flask', releases: '<2.0', hold: ['werkzeug<2', 'jinja2<3.1', 'itsdangerous<2.1', 'markupsafe<2.1'] },
  { package: 'flask', releases: '>=2.0,<2.3', hold: ['werkzeug<3'] },
  { package: 'jinja2', releases: '<3.0', hold: ['markupsafe<2.1'] },
  { package: 'flask-sqlalchemy', releases: '<3.0', hold: ['sqlalchemy<2', 'flask<2.3', 'werkzeug<3'] },
  { package: 'flask-login', releases: '<0.6', hold: ['werkzeug<2.1', 'flask<2.2'] },
  { package: 'flask-login', releases: '<0.6.3', hold: ['werkzeug<3', 'flask<3'] },
  { package: 'flask-wtf', releases: '<1.2', hold: ['werkzeug<3', 'flask<3'] },
  {
    package: 'flask-uploads',
    releases: '*',
    hold: ['werkzeug<1', 'flask<2', 'jinja2<3', 'itsdangerous<2.1', 'markupsafe<2.1'],
  },
  {
    package: 'flask-restplus',
    releases: '*',
    hold: ['werkzeug<1', 'flask<2', 'jinja2<3', 'itsdangerous<2.1', 'markupsafe<2.1'],
  },
  {
    package: 'connexion',
    releases: '<2.14',
    hold: [
      'openapi-spec-validator<0.5',
      'openapi-schema-validator<0.2',
      'jsonschema<4',
      'werkzeug<2',
      'jinja2<3.1',
      'itsdangerous<2.1',
      'markupsafe<2.1',
    ],
  },
  { package: 'dash', releases: '<2.3.1', hold: ['flask<2.2', 'werkzeug<2.1'] },
  { package: 'flask-apispec', releases: '<0.7', hold: ['apispec<0.39'] },
  { package: 'openai', releases: '>=1,<1.55.3', hold: ['httpx<0.28'] },
  { package: 'anthropic', releases: '<0.40', hold: ['httpx<0.28'] },
  { package: 'groq', releases: '<0.13', hold: ['httpx<0.28'] },
  { package: 'uvicorn', releases: '<0.12', hold: ['uvloop<0.22'] },
  { package: 'passlib', releases: '*', hold: ['bcrypt<5'] },
  { package: 'pandas', releases: '<2.2.2', hold: ['numpy<2'] },
  { package: 'scikit-learn', releases: '<1.4.2', hold: ['numpy<2'] },
  { package: 'scipy', releases: '<1.13', hold: ['numpy<2'] },
  { package: 'spacy', releases: '<3.8', hold: ['numpy<2'] },
  { package: 'matplotlib', releases: '<3.8.4', hold: ['numpy<2'] },
  { package: 'torch', releases: '<2.3', hold: ['numpy<2'] },
  { package: 'opencv-python', releases: '<4.10', hold: ['numpy<2'] },
  { package: 'opencv-python-headless', releases: '<4.10', hold: ['numpy<2'] },
  { package: 'gradio', releases: '<3.40', hold: ['gradio-client<0.7', 'pydantic<2'] },
  { package: 'gradio', releases: '<5.12', hold: ['huggingface-hub<1', 'pydantic<2.11'] },
  { package: 'streamlit', releases: '<1.12', hold: ['altair<5', 'protobuf<4', 'click<8.1'] },
  { package: 'eventlet', releases: '<0.31', hold: ['dnspython<2'] },
  { package: 'celery', releases: '<5', hold: ['vine<5'] },
  { package: 'flask-jwt', releases: '*', hold: ['flask<2.3', 'werkzeug<3'] },
  {
    package: 'flask-script',
    releases: '*',
    hold: ['flask<2', 'werkzeug<2', 'jinja2<3.1', 'itsdangerous<2.1', 'markupsafe<2.1'],
  },
];

/**
 * Releases that import pkg_resources, or distutils, which Python gave up in 3.12: setuptools has both, is mostly not declared, and no
 * virtual environment brings it along any more.
 */
export const NEEDS_PKG_RESOURCES: Readonly<Record<string, string>> = {
  gunicorn: '<21',
  connexion: '<3',
  apscheduler: '<3.10.2',
  razorpay: '>=0',
  'djangorestframework-simplejwt': '<5.3',
  'drf-yasg': '<1.21.6',
  'django-rest-swagger': '>=0',
  pyfcm: '<2',
  'python-json-logger': '<0.1',
  'opentelemetry-instrumentation': '<0.50',
  librosa: '<0.10',
  pymilvus: '<2.5',
  'face-recognition-models': '>=0',
  'face-recognition': '>=0',
  nameko: '>=0',
  fs: '>=0',
  'pytorch-lightning': '<2.1',
  xlwings: '<0.30',
  pyarmor: '<8',
  'flask-apscheduler': '<1.13',
  'flask-bcrypt': '<0.7',
  thrift: '<0.1',
  pyramid: '<2.1',
  gradio: '<3.41',
  aioredis: '>=0',
  docker: '<5',
  redis: '>=4.0,<4.2',
  pyspark: '<3.5',
  webrtcvad: '>=0',
  pyfiglet: '<1',
  'firebase-admin': '<5',
  'tensorflow-hub': '<0.16',
};

/**
 * What newer releases do not have any more: who imports it means older ones. `names` are those that went away of a module that stayed.
 * From the packages' release notes, 2026-11-28.
 */
export const REMOVED: readonly {
  readonly module: RegExp;
  readonly names?: RegExp;
  readonly hold: readonly string[];
}[] = [
  { module: /^mcp\.server\.fastmcp\b/, hold: ['mcp<2'] },
  {
    module:
      /^langchain\.(?:chains|memory|retrievers|indexes|hub|prompts|schema|vectorstores|llms|document_loaders|text_splitter|callbacks|output_parsers|evaluation)\b/,
    hold: ['langchain<1'],
  },
  { module: /^langchain\.agents$/, names: /^(?:initialize_agent|AgentExecutor|AgentType)$/, hold: ['langchain<1'] },
  {
    module: /^llama_index$/,
    names: /^(?:VectorStoreIndex|SimpleDirectoryReader|ServiceContext|GPT\w+)$/,
    hold: ['llama-index<0.10'],
  },
  { module: /^pydantic$/, names: /^BaseSettings$/, hold: ['pydantic<2'] },
  { module: /^flask$/, names: /^(?:Markup|escape)$/, hold: ['flask<3', 'werkzeug<3'] },
  { module: /^flask$/, names: /^_(?:app|request)_ctx_stack$/, hold: ['flask<2.3', 'werkzeug<3'] },
  { module: /^flask\.json$/, names: /^JSONEncoder$/, hold: ['flask<2.3', 'werkzeug<3'] },
  {
    module: /^itsdangerous$/,
    names: /^(?:Timed)?JSONWebSignatureSerializer$/,
    hold: ['itsdangerous<2.1', 'flask<2.3', 'werkzeug<3'],
  },
  {
    module: /^werkzeug\.urls$/,
    names: /^url_(?:parse|quote|encode|decode|unquote|join)$/,
    hold: ['werkzeug<3', 'flask<3'],
  },
  {
    module: /^jinja2$/,
    names: /^(?:Markup|escape|contextfilter|contextfunction)$/,
    hold: ['jinja2<3.1', 'flask<2.3', 'werkzeug<3'],
  },
  { module: /^wtforms\.(?:fields\.html5|widgets\.html5|ext)\b/, hold: ['wtforms<3'] },
  { module: /^wtforms(?:\.fields)?$/, names: /^TextField$/, hold: ['wtforms<3'] },
  { module: /^django\.conf\.urls$/, names: /^url$/, hold: ['django<4'] },
  { module: /^django\.utils\.translation$/, names: /^u(?:n)?gettext(?:_lazy|_noop)?$/, hold: ['django<4'] },
  { module: /^django\.utils\.encoding$/, names: /^(?:smart|force)_text$/, hold: ['django<4'] },
  { module: /^django\.utils\.http$/, names: /^(?:urlquote(?:_plus)?|urlunquote|is_safe_url)$/, hold: ['django<4'] },
  { module: /^aiogram(?:\.utils)?$/, names: /^executor$/, hold: ['aiogram<3'] },
  { module: /^aiogram\.(?:utils\.executor|dispatcher\.filters\.state|contrib)\b/, hold: ['aiogram<3'] },
  { module: /^telegram\.ext$/, names: /^(?:Filters|Dispatcher)$/, hold: ['python-telegram-bot<20'] },
  { module: /^moviepy\.editor$/, hold: ['moviepy<2'] },
  { module: /^tweepy$/, names: /^StreamListener$/, hold: ['tweepy<4'] },
];

/** The last major series of setuptools that has pkg_resources; it was removed in 82. */
export const SETUPTOOLS = 'setuptools<81';
