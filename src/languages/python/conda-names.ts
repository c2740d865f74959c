/** Conda packages that are no Python distributions, or that pip brings along itself. */
export const NOT_FOR_PIP =
  /^(?:pip|setuptools|wheel|conda.*|mamba|_.*|lib.*|cuda.*|cudnn|mkl.*|openssl|ca-certificates|certifi|sqlite|tk|xz|zlib|bzip2|readline|ncurses|gcc.*|gxx.*|blas|openblas|intel-openmp|tbb|nodejs|ffmpeg|git|make|cmake|vc|vs2015_runtime|ld_impl.*|pytorch-cuda|pytorch-mutex|pthread.*|yaml|libffi|expat|freetype|jpeg|libpng|libtiff|zstd|lz4-c|icu|qt.*|glib|gdal|geos|proj|hdf5|jupyter.*|notebook|ipykernel)$/;

/** Where conda's name differs from the index's. */
export const CONDA_NAMES: Readonly<Record<string, string>> = {
  pytorch: 'torch',
  'pytorch-cpu': 'torch',
  pyyaml: 'PyYAML',
  'matplotlib-base': 'matplotlib',
  opencv: 'opencv-python-headless',
  'py-opencv': 'opencv-python-headless',
  'tensorflow-base': 'tensorflow',
  ruamel_yaml: 'ruamel.yaml',
  psycopg2: 'psycopg2-binary',
};
