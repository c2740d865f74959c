import { below } from '../paths.ts';
import { at, type Rule } from '../rule.ts';
import { shippedStages } from '../view.ts';

/** Where web servers look unless they are told otherwise, by their image. */
const SERVED: Readonly<Record<string, { readonly root: string; readonly settings: string }>> = {
  nginx: { root: '/usr/share/nginx/html', settings: '/etc/nginx' },
  'nginx-unprivileged': { root: '/usr/share/nginx/html', settings: '/etc/nginx' },
  httpd: { root: '/usr/local/apache2/htdocs', settings: '/usr/local/apache2/conf' },
  caddy: { root: '/usr/share/caddy', settings: '/etc/caddy' },
};

/** Folders that hold a site where a configuration says so. */
const SITE = /\/(?:www|html?|htdocs|srv|app|site|public|dist|build|static)(?:\/|$)/;

export const webRootEmpty: Rule = {
  id: 'web-root-empty',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ image = '', root = '', target = '' }) =>
    `The files go to ${target}, and ${image} serves ${root}: it shows its welcome page.`,
  advice: ({ root = '' }) => `Copy them to ${root}, or bring a configuration that names their folder.`,
  find: (view) => {
    const stages = shippedStages(view);
    const steps = stages.flatMap(({ steps: own }) => own);
    const served = SERVED[view.final?.facts?.family.id ?? ''];
    const copies = steps.filter(({ copy }) => copy !== null);
    const last = copies.findLast(({ copy }) => copy?.from != null || SITE.test(copy?.target ?? ''));
    if (served === undefined || last?.copy?.target == null) return [];
    // What is run or set may lead there; so may a volume of the folder that is served.
    const isSteered = steps.some(
      ({ instruction }) =>
        /^(?:CMD|ENTRYPOINT|VOLUME)$/.test(instruction.keyword) ||
        (instruction.keyword === 'RUN' && /nginx|apache|httpd|caddy|\bln\b|\bmv\b|\bcp\b/.test(instruction.body.text)),
    );
    const isNear = copies.some(({ copy }) => {
      const target = copy?.target ?? '/';
      return [served.root, served.settings, '/docker-entrypoint.d'].some(
        (place) => below(place, target) !== null || below(target, place) !== null,
      );
    });
    if (isSteered || isNear) return [];
    const args = { image: view.final?.facts?.reference ?? '', root: served.root, target: last.copy.target };
    return [{ ...at(last.instruction), args }];
  },
};
