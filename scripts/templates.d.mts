import type { Plugin } from 'vite';

export function precompileTemplates(directory: string): string;
export function templatesPlugin(directory: string): Plugin;
