/** Files behind a web server, and what an unknown path is. */
export interface ServedFiles {
  /** an unknown path is the program's own (`index.html`), a page that is missing (`404.html`), or a file that is missing */
  readonly fallback: 'single-page' | 'pages' | 'files';
  /** path below which they are served, with slashes around it: `/`, `/docs/` */
  readonly base: string;
}

/**
 * Configuration of nginx for a folder of built files. A single page answers for every path that is no file; of several pages
 * each is found without its ending; a missing script or style is never answered with a page. A script that its
 * build names by its content may be kept for ever; the name of a picture tells too little. Pages must be asked for again.
 */
export function webServerLines(site: ServedFiles, port: number): readonly string[] {
  const base = site.base;
  return [
    'server {',
    `    listen ${port};`,
    '    server_tokens off;',
    '    absolute_redirect off;',
    '    root /usr/share/nginx/html;',
    '    index index.html;',
    '    gzip on;',
    '    gzip_types text/css application/javascript application/json application/manifest+json image/svg+xml;',
    '',
    ...(base === '/' ? [] : ['    location = / {', `        return 302 ${base};`, '    }', '']),
    '    # a hash in the name: the content never changes',
    '    location ~ "[.-](?=[A-Za-z_-]*[0-9A-Z])[0-9A-Za-z_-]{8,}[.](?:js|css|woff2?)$" {',
    '        try_files $uri =404;',
    '        add_header Cache-Control "public, max-age=31536000, immutable";',
    '    }',
    '',
    '    # a missing script or style is not answered with a page',
    '    location ~ "[.](?:js|mjs|css|map|wasm|woff2?)$" {',
    '        try_files $uri =404;',
    '        add_header Cache-Control "no-cache";',
    '    }',
    '',
    '    location / {',
    site.fallback === 'single-page'
      ? `        try_files $uri $uri/ ${base}index.html;`
      : '        try_files $uri $uri.html $uri/ =404;',
    '        add_header Cache-Control "no-cache";',
    '    }',
    ...(site.fallback === 'pages' ? ['', `    error_page 404 ${base}404.html;`] : []),
    '}',
  ];
}
