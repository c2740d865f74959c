declare module 'virtual:templates' {
  /** id → precompiled template (see scripts/templates.mjs) */
  const templates: Readonly<Record<string, import('handlebars').TemplateSpecification>>;
  export default templates;
}
