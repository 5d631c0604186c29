import { spawnSync } from 'node:child_process';

/** Runs a program with 24 MB of heap for strings and objects; typed arrays lie outside of it. */
function run(program: string): { out: string; status: number | null } {
  const child = spawnSync(
    process.execPath,
    ['--max-old-space-size=24', '--input-type=module', '--eval', program],
    { cwd: new URL('../..', import.meta.url).pathname, encoding: 'utf8' },
  );
  return { out: child.stdout + child.stderr.slice(0, 2000), status: child.status };
}

// 3 million rows: 88 MB of text in pieces, of which nobody holds more than one.
const SOURCE = `
  const points = 3_000_000;
  async function* rows() {
    const encoder = new TextEncoder();
    let block = 'track,frame,x,y,note\\n';
    for (let i = 0; i < points; i++) {
      const frame = i % 2 ? i - 1 : i + 1;
      block += \`1,\${frame},\${frame / 8},\${-frame / 4},note \${i % 5}\\n\`;
      if (block.length > 1 << 18 || i === points - 1) {
        yield encoder.encode(block);
        block = '';
      }
    }
  }
`;

describe('a long table', () => {
  it('is read with all of its columns in a heap of a quarter of its text', () => {
    const { out, status } = run(`
      import { readTracksFrom, summarizeTracks } from '@diffusion/tracks';
      ${SOURCE}
      const { tracks } = await readTracksFrom(rows(), 'long.csv', { keep: true });
      const summary = summarizeTracks(tracks);
      const heap = process.memoryUsage().heapUsed;
      console.log(summary.tracks, summary.points, summary.gaps, tracks.positions[2 * (points - 1)], heap < 24e6);
    `);
    expect(out).toBe('1 3000000 0 374999.875 true\n');
    expect(status).toBe(0);
  });

  it('would not fit there as strings', () => {
    const { out, status } = run(`
      ${SOURCE}
      const lines = [];
      for await (const chunk of rows()) {
        for (const line of new TextDecoder().decode(chunk).split('\\n')) lines.push(line);
      }
      console.log(lines.length);
    `);
    expect(status).not.toBe(0);
    expect(out).toContain('heap out of memory');
  });
});
