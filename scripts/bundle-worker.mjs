import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * Makes of a built worker script X-worker.js what pages load: X-page-worker.js, with all that it imports in one file, so
 * that any server can serve it as it lies there, and X-page-worker-text.js, the same as a string, for a page whose bundler
 * left the file out. X-page-worker-licences.txt has the notices of what others wrote of it.
 */
const [input] = process.argv.slice(2);
const file = input.replace(/-worker\.js$/, '-page-worker.js');
const bundle = await rolldown({ input, platform: 'browser', logLevel: 'silent' });
const { output } = await bundle.write({ file, format: 'esm', minify: true, codeSplitting: false });
await bundle.close();
const [{ code, moduleIds }] = output;
writeFileSync(file.replace(/\.js$/, '-text.js'), `export default ${JSON.stringify(code)};\n`);
writeFileSync(file.replace(/\.js$/, '-licences.txt'), notices(moduleIds));

/** The notices of the packages that modules are of: of ours what they say of others, of others their licences. */
function notices(modules) {
  const folders = new Set(modules.filter((id) => !id.startsWith('\0')).map(packageFolder));
  const texts = [...folders].sort().flatMap((folder) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const ours = manifest.name.startsWith('@diffusion/');
    const files = readdirSync(folder).filter((name) =>
      (ours ? /^notice/i : /^(licen[cs]e|notice)/i).test(name),
    );
    const found = files.map((name) => readFileSync(join(folder, name), 'utf8').trim());
    // Some have it at the end of their README.
    const readme = readdirSync(folder).find((name) => /^readme/i.test(name));
    if (found.length === 0 && readme && !ours) {
      const [, text] =
        /^#+ *licen[cs]e\b.*?\n(.*)$/ims.exec(readFileSync(join(folder, readme), 'utf8')) ?? [];
      if (text) found.push(text.trim());
    }
    const title = `${manifest.name} ${ours ? '' : manifest.version}`.trim();
    if (found.length > 0) return `${title}\n\n${found.join('\n\n')}\n`;
    return ours ? [] : `${title}: ${manifest.license} licence\n`;
  });
  return texts.join('\n---\n\n');
}

function packageFolder(file) {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    // `dist` of some packages has a package.json that names nothing.
    const path = join(folder, 'package.json');
    if (existsSync(path) && JSON.parse(readFileSync(path, 'utf8')).name) return folder;
    if (folder === dirname(folder)) throw new Error(`${file} belongs to no package`);
  }
}
