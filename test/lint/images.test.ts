import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/images/catalogue.ts';
import { imageReference } from '../../src/images/choose.ts';
import { endsOf } from '../../src/lint/images/ends.ts';
import { imageFacts, imageHas } from '../../src/lint/images/facts.ts';
import { parseReference } from '../../src/lint/images/reference.ts';

describe('a reference', () => {
  it.each([
    ['node', 'node', null],
    ['docker.io/library/node:24', 'node', '24'],
    ['public.ecr.aws/docker/library/python:3.13', 'python', '3.13'],
    ['docker.io/oven/bun:1', 'oven/bun', '1'],
    ['registry.example.org:5000/team/node:24', 'registry.example.org:5000/team/node', '24'],
    ['a/b@sha256:0123456789abcdef0123456789abcdef', 'a/b', null],
  ])('%s is taken apart', (text, repository, tag) => {
    expect(parseReference(text)).toMatchObject({ repository, tag });
  });

  it.each(['', 'node:', 'Node', 'node:-slim', 'python:>=', 'a b', 'node:24@sha256:x'])('%j is none', (text) => {
    expect(parseReference(text)).toBeNull();
  });
});

describe('facts about an image', () => {
  it.each([
    [
      'node:24-trixie-slim',
      { version: '24', system: 'debian', suite: 'trixie', libc: 'glibc', shell: true, user: 'root' },
    ],
    ['node:22-alpine3.22', { version: '22', system: 'alpine', suite: 'alpine3.22', libc: 'musl' }],
    ['python:3.13', { version: '3.13', system: 'debian', suite: null }],
    ['eclipse-temurin:21-jre', { version: '21', system: 'ubuntu' }],
    ['eclipse-temurin:21-jre-alpine', { version: '21', system: 'alpine' }],
    ['maven:3.9-eclipse-temurin-17', { version: '17' }],
    ['maven:3.9-amazoncorretto-21', { version: '21', system: 'rpm' }],
    [
      'gcr.io/distroless/nodejs24-debian13:nonroot',
      { version: '24', system: 'none', shell: false, user: '65532', suite: 'trixie' },
    ],
    ['gcr.io/distroless/static-debian13', { libc: 'none', shell: false, user: 'root' }],
    ['debian:12-slim', { suite: 'bookworm' }],
    ['ubuntu:24.04', { suite: 'noble', users: expect.objectContaining({ ubuntu: 1000 }) }],
    ['mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled', { shell: false, suite: 'noble' }],
    ['scratch', { libc: 'none', shell: false }],
  ])('%s come from its name', (reference, facts) => {
    expect(imageFacts(reference)).toMatchObject(facts);
  });

  it.each([
    'our/node:24',
    'node:-x',
    'python:3.12-windowsservercore',
    'gcr.io/distroless/base:debug',
    'cgr.dev/chainguard/node',
  ])('%s has none', (reference) => {
    expect(imageFacts(reference)).toBeNull();
  });

  it.each<[string, string, boolean | null]>([
    ['node:24-trixie-slim', 'npm', true],
    ['node:24-trixie-slim', 'curl', false],
    ['node:24-trixie', 'curl', true],
    ['node:24', 'corepack', true],
    ['node:26', 'corepack', false],
    ['node:alpine', 'yarn', null],
    ['node:25', 'yarn', true],
    ['alpine:3.24', 'bash', false],
    ['alpine:3.24', 'wget', true],
    ['debian:trixie-slim', 'apk', false],
    ['debian:trixie-slim', 'something', null],
    ['eclipse-temurin:21-jre', 'curl', null],
    ['eclipse-temurin:21-jre', 'npm', false],
    ['amazoncorretto:21', 'curl', null],
    ['amazoncorretto:21', 'apt-get', false],
    ['gcr.io/distroless/nodejs24-debian13', 'node', false],
  ])('%s and %s: %s', (reference, tool, expected) => {
    const facts = imageFacts(reference);
    expect(facts).not.toBeNull();
    expect(imageHas(facts!, tool)).toBe(expected);
  });

  it('agree with the catalogue of images that are offered', () => {
    for (const image of CATALOGUE) {
      const version = image.versions?.[0] ?? '24';
      const facts = imageFacts(imageReference(image, version));
      if (facts === null) continue;
      expect([image.id, facts.libc, facts.shell]).toEqual([image.id, image.libc, image.shell]);
      if (facts.suite !== null) expect([image.id, facts.suite]).toEqual([image.id, image.suite]);
    }
  });
});

describe('the end of an image', () => {
  const ends = (reference: string) => endsOf(imageFacts(reference)!).map(({ name, end }) => `${name} ${end}`);

  it.each([
    ['node:18-bullseye', ['node 18 2025-04-30', 'bullseye 2024-08-14']],
    ['python:2.7', ['python 2.7 2020-09-30']],
    ['python:3', []],
    ['alpine:3.15', ['alpine3.15 2024-05-23']],
    ['golang:1.19', ['go 1.19 2024-02-06']],
    ['gcr.io/distroless/static-debian12', ['bookworm 2026-07-11']],
  ])('%s is that of its parts', (reference, expected) => {
    expect(ends(reference)).toEqual(expected);
  });
});
