import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Writes the pages of the notebooks, with what they put out, to docs/notebooks:
 *   node scripts/notebooks.mjs
 * What they put out is what lies in them: examples/notebooks/scripts/run.mjs runs them.
 */
const docs = dirname(dirname(fileURLToPath(import.meta.url)));
const from = join(docs, '../examples/notebooks');
const to = join(docs, 'notebooks');

rmSync(to, { recursive: true, force: true });
mkdirSync(to);
for (const file of readdirSync(from).filter((each) => each.endsWith('.ipynb'))) {
  writePage(file, JSON.parse(readFileSync(join(from, file), 'utf8')));
}

/** A text of a notebook, which may be written as a list of lines. */
function textOf(text) {
  return [text].flat().join('');
}

function writePage(file, { cells }) {
  const name = file.slice(0, -'.ipynb'.length);
  let pictures = 0;
  const parts = cells.map(({ cell_type, source, outputs }) => {
    const text = textOf(source);
    return cell_type === 'markdown'
      ? // Pages link to each other as files do.
        text.replaceAll('(../../docs/', '(../')
      : [`\`\`\`typescript\n${text}\n\`\`\``, ...joined(outputs).map(shown)].join('\n\n');
  });
  const [heading, ...text] = parts[0].split('\n\n');
  const source = `This page is ${file} of [examples/notebooks](../../examples/notebooks), as it was run; [how to run it](../notebooks.md).`;
  const page = [heading, ...text, source, ...parts.slice(1)].join('\n\n');
  writeFileSync(join(to, `${name}.md`), `${page}\n`);

  function shown({ output_type, text, data }) {
    if (output_type === 'stream') return code(textOf(text));
    const plain = textOf(data['text/plain']);
    if ('image/svg+xml' in data) {
      const picture = `${name}-${++pictures}.svg`;
      writeFileSync(join(to, picture), textOf(data['image/svg+xml']));
      return `![${plain.trim().replace(/^plot \(vega-lite\): /, '')}](${picture})`;
    }
    if (!('text/html' in data)) return code(plain);
    // In one line: an empty one would end the block.
    return `<div class="output" tabindex="0" v-pre>${textOf(data['text/html']).replace(/\s*\n\s*/g, ' ')}</div>`;
  }
}

/** Lines on the console come in one piece or in several: those that follow each other are one text. */
function joined(outputs) {
  const all = [];
  for (const output of outputs) {
    const last = all.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream') {
      all[all.length - 1] = { ...last, text: textOf(last.text) + textOf(output.text) };
    } else all.push(output);
  }
  return all;
}

function code(text) {
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
}
