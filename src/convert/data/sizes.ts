/** Rough sizes in MB, uncompressed, for estimates only: measured on amd64 or read from the registries, 2026. */
export const BASE_SIZES: Readonly<
  Record<string, { readonly full: number; readonly slim: number; readonly alpine: number }>
> = {
  node: { full: 1100, slim: 240, alpine: 165 },
  python: { full: 1020, slim: 130, alpine: 55 },
  ruby: { full: 1000, slim: 220, alpine: 110 },
  golang: { full: 900, slim: 900, alpine: 290 },
  rust: { full: 1500, slim: 850, alpine: 850 },
  gcc: { full: 1400, slim: 1400, alpine: 1400 },
  maven: { full: 530, slim: 450, alpine: 380 },
  gradle: { full: 750, slim: 700, alpine: 600 },
  sbt: { full: 800, slim: 800, alpine: 700 },
  java: { full: 450, slim: 420, alpine: 330 },
  dotnet: { full: 850, slim: 850, alpine: 650 },
  debian: { full: 117, slim: 75, alpine: 8 },
};

/** A runtime of Java, an ASP.NET image. */
export const JRE_SIZE = { full: 270, slim: 220, alpine: 170 };
export const DOTNET_RUNTIME_SIZE = 220;

/** What stays behind in the build stage, by kind. */
export const LEFTOVER_SIZES: Readonly<Record<string, number>> = {
  'npm-cache': 40,
  'pip-cache': 30,
  'maven-cache': 120,
  'go-cache': 250,
  'cargo-cache': 600,
  'gem-cache': 20,
  'composer-cache': 20,
  tool: 20,
  objects: 10,
};

/** Packages that are left out of the final stage. */
export const PACKAGE_SIZES: Readonly<Record<string, number>> = {
  'build-essential': 250,
  'build-base': 180,
  gcc: 170,
  'g++': 230,
  clang: 500,
  cmake: 40,
  git: 90,
  nodejs: 180,
  npm: 100,
  maven: 350,
  golang: 400,
  'golang-go': 400,
  'default-jdk': 300,
  other: 8,
};
