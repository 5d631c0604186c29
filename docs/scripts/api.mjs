// Writes the reference of every door of the packages to docs/api, in Markdown, from the types that a build has written:
//   node docs/scripts/api.mjs
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, LogLevel } from 'typedoc';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Every door that has types: its name and the file of its types. */
const doors = readdirSync(join(root, 'packages')).flatMap((name) => {
  const manifest = join(root, 'packages', name, 'package.json');
  if (!existsSync(manifest)) return [];
  const { name: packageName, exports = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
  return Object.entries(exports)
    .filter(([, { types }]) => types !== undefined)
    .map(([door, { types }]) => ({
      name: packageName + door.slice(1),
      page: name + door.slice(1).replaceAll('/', '-'),
      file: join(root, 'packages', name, types),
    }));
});
const missing = doors.find(({ file }) => !existsSync(file));
if (missing) {
  throw new Error(
    `${relative(root, missing.file)} is missing: expected a build (npx -y pnpm build)`,
  );
}

const app = await Application.bootstrapWithPlugins({
  entryPoints: doors.map(({ file }) => file),
  tsconfig: join(root, 'docs/scripts/tsconfig.json'),
  plugin: ['typedoc-plugin-markdown'],
  outputs: [{ name: 'markdown', path: join(root, 'docs/api') }],
  name: 'Reference',
  readme: 'none',
  disableGit: true,
  disableSources: true,
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  logLevel: LogLevel.Warn,
  validation: { notExported: false, invalidLink: false, notDocumented: false },
  kindSortOrder: ['Function', 'Class', 'Variable', 'Interface', 'TypeAlias'],
  groupOrder: ['Functions', 'Classes', 'Variables', '*'],
  // What the Markdown is made of: a page per door, in which nothing is taken for a tag.
  router: 'module',
  entryFileName: 'index',
  mergeReadme: false,
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  expandObjects: false,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  enumMembersFormat: 'table',
  useCustomAnchors: true,
  customAnchorsFormat: 'curlyBrace',
  useHTMLEncodedBrackets: true,
  sanitizeComments: true,
  pageTitleTemplates: { module: ({ name }) => doors.find(({ page }) => page === name).name },
});
const project = await app.convert();
if (project === undefined) throw new Error('the types of the packages cannot be read');
// A door is named by its page, not by the path of its file.
const pages = new Map(
  doors.map(({ file, page }) => [
    relative(join(root, 'packages'), file).replace(/(\/index)?\.d\.ts$/, ''),
    page,
  ]),
);
for (const child of project.children ?? []) {
  const page = pages.get(child.name);
  if (page === undefined) throw new Error(`${child.name} is no door of a package`);
  child.name = page;
}
await app.generateOutputs(project);
if (app.logger.hasErrors()) process.exit(1);
// What a door is for says the page of its package, which has the same heading and another title.
for (const { page, file } of doors) {
  const path = join(root, 'docs/api', `${page}.md`);
  const [name] = relative(join(root, 'packages'), file).split(/[\\/]/);
  const text = await readFile(path, 'utf8');
  const from = `What it is for, with examples: [@diffusion/${name}](../../packages/${name}/README.md).`;
  const title = `---\ntitle: "Reference of @diffusion/${name}${page.slice(name.length).replaceAll('-', '/')}"\n---\n\n`;
  await writeFile(path, title + text.replace(/^(# .*\n)/m, `$1\n${from}\n`));
}
await writeFile(
  join(root, 'docs/api/index.md'),
  `# Reference

Every exported name of every door of the packages, from the comments in their source. What a package is for, with examples, is in its
own page; here is what its functions take, give and throw.

${doors
  .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  .map(({ name, page }) => `- [\`${name}\`](${page}.md)`)
  .join('\n')}
`,
);
