import { instance } from '@viz-js/viz';
import type { MarkdownRenderer } from 'vitepress';

const graphviz = await instance();

/**
 * Draws the blocks of `mermaid` that are plain graphs of arrows (`graph BT`, `a --> b`) when the site is built, so that a
 * page needs no script for them. Anything else in such a block ends the build.
 */
export function drawGraphs(markdown: MarkdownRenderer): void {
  const code = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, at, options, env, self) => {
    const { info, content } = tokens[at];
    if (info.trim() !== 'mermaid') return code?.(tokens, at, options, env, self) ?? '';
    return `<figure class="graph" tabindex="0">${drawn(content)}</figure>\n`;
  };
}

/** The picture of a graph as SVG in the colours of the text around it. */
function drawn(text: string): string {
  const [head, ...lines] = text
    .trim()
    .split('\n')
    .map((line) => line.trim());
  const direction = /^graph (TB|BT|LR|RL)$/.exec(head)?.[1];
  if (direction === undefined)
    throw new Error(`a graph begins with "${head}": expected "graph BT"`);
  const arrows = lines.filter(Boolean).map((line) => {
    const arrow = /^([\w-]+) --> ([\w-]+)$/.exec(line);
    if (arrow === null) throw new Error(`a graph has the line "${line}": expected "a --> b"`);
    return { tail: arrow[1], head: arrow[2] };
  });
  const svg = graphviz.renderString(
    {
      graphAttributes: { rankdir: direction, bgcolor: 'transparent', ranksep: 0.6 },
      nodeAttributes: { shape: 'box', style: 'rounded', fontname: 'sans-serif', fontsize: 13 },
      edgeAttributes: { arrowsize: 0.7 },
      edges: arrows,
    },
    { format: 'svg' },
  );
  return svg
    .slice(svg.indexOf('<svg'))
    .replace(/<!--.*?-->\n?/gs, '')
    .replace(/<title>.*?<\/title>\n?/gs, '')
    .replaceAll('stroke="black"', 'stroke="currentColor"')
    .replaceAll('fill="black"', 'fill="currentColor"')
    .replace(
      '<svg ',
      '<svg role="img" aria-label="which package uses which; the table below says the same" ',
    )
    .replace(/(<text [^>]*?)(>)/g, '$1 fill="currentColor"$2')
    .replace(/\n\s*\n/g, '\n');
}
