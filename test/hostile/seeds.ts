/** Small projects that are right, one for each way of saying something that the readers know: what is hostile is made from them. */
export type Files = Readonly<Record<string, string>>;

const NODE: Files = {
  'package.json': `{
  "name": "shop",
  "version": "1.2.3",
  "type": "module",
  "main": "dist/index.js",
  "packageManager": "npm@10.9.0",
  "scripts": { "build": "tsc -p .", "start": "node dist/index.js", "prepare": "husky" },
  "engines": { "node": ">=20 <25", "npm": ">=10" },
  "volta": { "node": "22.1.0" },
  "dependencies": { "express": "^4.19.0", "bcrypt": "^5.1.0" },
  "devDependencies": { "typescript": "^5.6.0" }
}
`,
  'package-lock.json': `{
  "name": "shop", "version": "1.2.3", "lockfileVersion": 3, "requires": true,
  "packages": {
    "": { "name": "shop", "version": "1.2.3", "dependencies": { "express": "^4.19.0", "bcrypt": "^5.1.0" }, "devDependencies": { "typescript": "^5.6.0" } },
    "node_modules/express": { "version": "4.19.2" },
    "node_modules/bcrypt": { "version": "5.1.1", "hasInstallScript": true },
    "node_modules/typescript": { "version": "5.6.3", "dev": true }
  }
}
`,
  'tsconfig.json':
    '{\n  // compiled to dist\n  "compilerOptions": { "outDir": "dist", "rootDir": "src", "module": "nodenext" },\n}\n',
  '.nvmrc': 'v22\n',
  '.npmrc': 'engine-strict=true\n//registry.example.com/:_authToken=${NPM_TOKEN}\n',
  '.env.example': 'PORT=3000\nDATABASE_URL=postgres://localhost/shop\n',
  'src/index.ts':
    "import express from 'express';\nconst app = express();\napp.get('/health', (_q, s) => s.send('ok'));\napp.listen(process.env.PORT || 3000);\n",
};

const PNPM: Files = {
  'package.json':
    '{ "name": "root", "private": true, "packageManager": "pnpm@9.12.0", "scripts": { "build": "pnpm -r build" } }\n',
  'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - "packages/**"\n',
  'pnpm-lock.yaml': `lockfileVersion: '9.0'
importers:
  apps/api:
    dependencies:
      fastify:
        specifier: ^5.0.0
        version: 5.1.0
packages:
  fastify@5.1.0:
    resolution: {integrity: sha512-x}
`,
  'apps/api/package.json':
    '{ "name": "@acme/api", "scripts": { "start": "node server.js" }, "dependencies": { "fastify": "^5.0.0", "@acme/lib": "workspace:*" } }\n',
  'apps/api/server.js': "require('fastify')().listen({ port: 8080, host: '0.0.0.0' });\n",
  'packages/lib/package.json': '{ "name": "@acme/lib", "main": "index.js" }\n',
  'packages/lib/index.js': 'module.exports = 1;\n',
};

const YARN_VITE: Files = {
  'package.json':
    '{ "name": "page", "scripts": { "build": "vite build", "start": "vite preview", "dev": "vite" }, "devDependencies": { "vite": "^6.0.0" } }\n',
  'yarn.lock':
    '# yarn lockfile v1\n\n\nvite@^6.0.0:\n  version "6.0.1"\n  resolved "https://registry.example.com/vite.tgz#x"\n',
  'vite.config.ts':
    "import { defineConfig } from 'vite';\nexport default defineConfig({ build: { outDir: 'out' }, base: '/app/' });\n",
  'index.html': '<div id="app"></div>\n',
  '.tool-versions': 'nodejs 22.1.0\nyarn 1.22.22\n',
};

const NEXT: Files = {
  'package.json':
    '{ "name": "site", "scripts": { "build": "next build", "start": "next start -p 3001" }, "dependencies": { "next": "15.0.0", "react": "19.0.0" } }\n',
  'next.config.js': "module.exports = { output: 'standalone', distDir: 'build' };\n",
  'bun.lock': '{ "lockfileVersion": 1, "workspaces": { "": { "name": "site" } }, "packages": {}, }\n',
  'app/page.tsx': 'export default () => null;\n',
};

const PIP: Files = {
  'requirements.txt':
    'flask==3.0.3\n-r requirements/base.txt\npsycopg2>=2.9 ; python_version < "3.14"  # driver\ngunicorn\n--index-url https://pypi.example.com/simple\n',
  'requirements/base.txt': 'redis[hiredis]~=5.0\n',
  'runtime.txt': 'python-3.12.4\n',
  '.python-version': '3.12\n',
  Procfile: 'web: gunicorn app:app --bind 0.0.0.0:8000\nrelease: flask db upgrade\n',
  'app.py':
    "from flask import Flask\napp = Flask(__name__)\n\n@app.get('/health')\ndef health():\n    return 'ok'\n\nif __name__ == '__main__':\n    app.run(port=5000)\n",
};

const UV: Files = {
  'pyproject.toml': `[project]
name = "api"
version = "0.1.0"
requires-python = ">=3.11,<3.14"
dependencies = ["fastapi[standard]>=0.115", "uvicorn"]

[project.scripts]
serve = "api.main:run"

[dependency-groups]
dev = ["pytest"]

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
`,
  'uv.lock':
    'version = 1\nrequires-python = ">=3.11, <3.14"\n\n[[package]]\nname = "fastapi"\nversion = "0.115.0"\nsource = { registry = "https://pypi.invalid/simple" }\n',
  'mise.toml': '[tools]\npython = "3.12"\nuv = { version = "0.5" }\n',
  'src/api/__init__.py': '',
  'src/api/main.py':
    "from fastapi import FastAPI\napp = FastAPI()\n\n@app.get('/healthz')\ndef health():\n    return {}\n",
};

const POETRY: Files = {
  'pyproject.toml': `[tool.poetry]
name = "worker"
version = "1.0"
packages = [{ include = "worker" }]

[tool.poetry.dependencies]
python = "^3.12"
celery = { version = "^5.4", extras = ["redis"] }

[build-system]
requires = ["poetry-core"]
build-backend = "poetry.core.masonry.api"
`,
  'poetry.lock':
    '[[package]]\nname = "celery"\nversion = "5.4.0"\n\n[metadata]\nlock-version = "2.0"\npython-versions = "^3.12"\ncontent-hash = "x"\n',
  'worker/__init__.py': '',
  'worker/app.py': "from celery import Celery\napp = Celery('worker')\n",
};

const DJANGO: Files = {
  Pipfile: '[packages]\ndjango = "*"\ngunicorn = "*"\n\n[requires]\npython_version = "3.12"\n',
  'Pipfile.lock':
    '{ "_meta": { "requires": { "python_version": "3.12" } }, "default": { "django": { "version": "==5.1" } }, "develop": {} }\n',
  'manage.py':
    "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\nfrom django.core.management import execute_from_command_line\n",
  'shop/__init__.py': '',
  'shop/settings.py': "STATIC_ROOT = 'static'\nWSGI_APPLICATION = 'shop.wsgi.application'\nALLOWED_HOSTS = []\n",
  'shop/wsgi.py': 'application = object()\n',
};

const MAVEN: Files = {
  'pom.xml': `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>3.4.0</version>
  </parent>
  <groupId>com.acme</groupId>
  <artifactId>shop</artifactId>
  <version>1.0.0-SNAPSHOT</version>
  <properties><java.version>21</java.version></properties>
  <dependencies>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-actuator</artifactId></dependency>
  </dependencies>
  <build>
    <finalName>shop-\${project.version}</finalName>
    <plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins>
  </build>
</project>
`,
  '.sdkmanrc': 'java=21.0.4-tem\n',
  '.mvn/wrapper/maven-wrapper.properties':
    'distributionUrl=https://maven-repository.invalid/maven2/org/apache/maven/apache-maven/3.9.9/apache-maven-3.9.9-bin.zip\n',
  'src/main/resources/application.yml':
    'server:\n  port: 8081\n  servlet:\n    context-path: /shop\nmanagement:\n  endpoints:\n    web:\n      base-path: /manage\n',
  'src/main/java/com/acme/Shop.java':
    'package com.acme;\n\n@org.springframework.boot.autoconfigure.SpringBootApplication\npublic class Shop {\n  public static void main(String[] args) {}\n}\n',
};

const REACTOR: Files = {
  'pom.xml':
    '<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>all</artifactId><version>1</version><packaging>pom</packaging><modules><module>core</module><module>app</module></modules><properties><maven.compiler.release>17</maven.compiler.release></properties></project>\n',
  'core/pom.xml':
    '<project><parent><groupId>a</groupId><artifactId>all</artifactId><version>1</version></parent><artifactId>core</artifactId></project>\n',
  'app/pom.xml':
    '<project><parent><groupId>a</groupId><artifactId>all</artifactId><version>1</version></parent><artifactId>app</artifactId><dependencies><dependency><groupId>a</groupId><artifactId>core</artifactId><version>1</version></dependency></dependencies><build><plugins><plugin><artifactId>maven-jar-plugin</artifactId><configuration><archive><manifest><mainClass>a.Main</mainClass></manifest></archive></configuration></plugin></plugins></build></project>\n',
  'app/src/main/java/a/Main.java': 'package a;\nclass Main { public static void main(String[] a) {} }\n',
};

const GRADLE: Files = {
  'settings.gradle.kts': 'rootProject.name = "shop"\ninclude("app")\n',
  'gradle.properties': 'version=1.0\n',
  'gradle/wrapper/gradle-wrapper.properties':
    'distributionUrl=https\\://services.gradle.org/distributions/gradle-8.10-bin.zip\n',
  'gradle/libs.versions.toml':
    '[versions]\nboot = "3.4.0"\n[plugins]\nboot = { id = "org.springframework.boot", version.ref = "boot" }\n',
  'app/build.gradle.kts':
    'plugins {\n  application\n  java\n}\njava { toolchain { languageVersion = JavaLanguageVersion.of(21) } }\napplication { mainClass = "com.acme.Main" }\n',
  'app/src/main/java/com/acme/Main.java':
    'package com.acme;\npublic class Main { public static void main(String[] a) {} }\n',
};

export const SEEDS: Readonly<Record<string, Files>> = {
  node: NODE,
  pnpm: PNPM,
  yarnVite: YARN_VITE,
  next: NEXT,
  pip: PIP,
  uv: UV,
  poetry: POETRY,
  django: DJANGO,
  maven: MAVEN,
  reactor: REACTOR,
  gradle: GRADLE,
};
