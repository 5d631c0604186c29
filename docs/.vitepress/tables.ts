import type { MarkdownRenderer } from 'vitepress';

/**
 * Heads of tables that say nothing: a row of empty cells, which Markdown wants and nobody sees, is left out, and an empty cell
 * above the names of rows is a cell and no heading, which a screen reader would read out as nothing.
 */
export function leaveOutEmptyHeads(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('empty heads of tables', ({ tokens }) => {
    for (let i = 0; i < tokens.length; i++) {
      if (tokens[i].type !== 'thead_open') continue;
      const end = tokens.findIndex(({ type }, at) => at > i && type === 'thead_close');
      const cells = tokens.flatMap(({ type }, at) =>
        at > i && at < end && type === 'th_open' ? [at] : [],
      );
      const empty = cells.filter((at) => tokens[at + 1].content.trim() === '');
      if (empty.length === cells.length) tokens.splice(i, end - i + 1);
      else for (const at of empty) tokens[at].tag = tokens[at + 2].tag = 'td';
    }
  });
}
