import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vite';

export function precompileTemplates(directory: string): string;
export function templatesPlugin(directory: string): { esbuild: EsbuildPlugin; vite: VitePlugin };
