import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Ended, expectOneLine, newFolder, removeFolder, runAll } from './command.fixture.ts';

const head = 'track,frame,x,y\n';
const rows = Array.from({ length: 5000 }, (_, i) => `1,${i},${i * 1.7},${i * 0.3}\n`).join('');
const zipped = gzipSync(head + rows);
const damaged = Uint8Array.from(zipped).fill(0x78, 500, 506);
const particles =
  '<?xml version="1.0"?>\n<Tracks nTracks="1" spaceUnits="um" frameInterval="1" timeUnits="s">\n<particle nSpots="2">\n';

/** Files that cannot be read, what is in them, and what is said of them: file, line and column where there are. */
const bad: [name: string, content: string | Uint8Array, message: string][] = [
  ['empty.csv', '', 'empty.csv: the file is empty'],
  ['header.csv', head, 'header.csv: there is no row below the header'],
  [
    'binary.csv',
    Uint8Array.from({ length: 5000 }, (_, i) => i),
    'binary.csv: the file holds binary data',
  ],
  [
    'image.csv',
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13),
    'image.csv: the file holds binary data',
  ],
  ['few.csv', `${head}1,0,1,2\n1,1,3\n`, 'few.csv, line 3: the row has 3 fields: expected 4'],
  ['many.csv', `${head}1,0,1,2\n1,1,3,4,5\n`, 'many.csv, line 3: the row has 5 fields: expected 4'],
  [
    'nan.csv',
    `${head}1,0,1,2\n1,1,NaN,4\n`,
    'nan.csv, line 3, column x: is "NaN": expected a number',
  ],
  [
    'inf.csv',
    `${head}1,0,1,2\n1,1,3,inf\n`,
    'inf.csv, line 3, column y: is "inf": expected a number',
  ],
  ['infinity.csv', `${head}1,0,1,-Infinity\n`, 'infinity.csv, line 2, column y: is "-Infinity"'],
  ['huge.csv', `${head}1,0,1e400,2\n`, 'huge.csv, line 2, column x: is "1e400": expected a number'],
  [
    'text.csv',
    `${head}1,0,1,2\n1,1,left,4\n`,
    'text.csv, line 3, column x: is "left": expected a number',
  ],
  [
    'cell.csv',
    `${head}1,0,1,2\n1,1,,4\n`,
    'cell.csv, line 3, column x: is empty: expected a number',
  ],
  [
    'frame.csv',
    `${head}1,a,1,2\n`,
    'frame.csv, line 2, column frame: is "a": expected a whole frame number',
  ],
  ['between.csv', `${head}1,0.5,1,2\n`, 'between.csv, line 2, column frame: is "0.5"'],
  ['late.csv', `${head}1,99999999999,1,2\n`, 'late.csv, line 2, column frame'],
  [
    'twice.csv',
    `${head}1,0,1,2\n1,0,3,4\n`,
    'twice.csv, line 3, column frame: track 1 has a second point in frame 0',
  ],
  [
    'names.csv',
    'id,t,foo,bar\n1,0,1,2\n',
    'names.csv, line 1: no column for x: expected x or POSITION_X',
  ],
  [
    'same.csv',
    'track,frame,x,x\n1,0,1,2\n',
    'same.csv, line 1, column x: two columns are called x',
  ],
  ['quote.csv', `${head}1,0,"1,2\n1,1,3,4\n`, 'quote.csv, line 2: a quoted field is not closed'],
  ['mixed/a.csv', 'track,frame,x\n1,0,1\n', ''],
  ['mixed/b.csv', `${head}1,0,1,2\n`, ''],
  [
    'half.xml',
    `${particles}<detection t="0" x="1" y="2" z="0"/>\n<detection t="1" x="1"`,
    'half.xml, line 5: the XML ends early',
  ],
  [
    'nan.xml',
    `${particles}<detection t="0" x="nope" y="2" z="0"/></particle></Tracks>`,
    'nan.xml, line 4, column x: is "nope"',
  ],
  ['page.xml', '<html/>', 'page.xml, line 1: the root is <html>'],
  ['plain.xml', 'hello', 'plain.xml: the file is not XML'],
  [
    'half.csv.gz',
    zipped.subarray(0, zipped.length / 2),
    'half.csv.gz: the gzip data ends early or is damaged',
  ],
  ['damaged.csv.gz', damaged, 'damaged.csv.gz: the gzip data ends early or is damaged'],
  ['plain.csv.gz', head, 'plain.csv.gz: the file is not gzip data'],
  [
    'half.json',
    '{"format":"diffusion-tracks","version":1,',
    'half.json, line 1: the JSON ends early',
  ],
  ['other.json', '{"a":1}', 'other.json: the JSON is no document of tracks'],
  ['half.npy', '\x93NUMPY', 'half.npy'],
  ['task1.txt', '2;1;2;3\n', 'task1.txt, line 1: the row has 3 coordinates'],
  ['task2.txt', '1;1;2;3\n2;1;2;3;4\n', 'task2.txt, line 2, column dim: is 2: expected 1'],
];

/** Arguments that say where to read, and what is said. */
const others: [args: string, message: string][] = [
  ['missing.csv', 'missing.csv: there is no such file or folder'],
  ['nothing', 'nothing: there are no files of tracks in this folder'],
  ['mixed', 'b.csv: dim is 2: expected 1 as in'],
  ['good.csv few.csv', 'few.csv, line 3: the row has 3 fields'],
  ['good.csv --columns x=there', 'good.csv, line 1, column there: there is no such column'],
  ['twice.csv', '--duplicates first or mean'],
  [
    'good.csv slow.csv',
    'slow.csv: an interval of 2 frames: expected no interval stated, as in good.csv; give --dt for all of them',
  ],
  [
    'good.csv nanometres.csv',
    'nanometres.csv: positions in nm: expected no unit of positions stated, as in good.csv; give --position-unit for all of them',
  ],
  ['names.csv', 'or its name in --columns;'],
];

describe('bad input', () => {
  let folder: string;
  let results: Ended[];
  const single = bad.filter(([, , message]) => message !== '');
  const named = [...single.map(([name, , message]) => [name, message] as const), ...others];

  beforeAll(async () => {
    folder = await newFolder();
    for (const name of ['mixed', 'nothing', 'out']) await mkdir(join(folder, name));
    for (const [name, content] of bad) await writeFile(join(folder, name), content);
    await writeFile(join(folder, 'good.csv'), `${head}1,0,1,2\n`);
    await writeFile(join(folder, 'slow.csv'), 'track,frame [2 frame],x,y\n1,0,1,2\n');
    await writeFile(join(folder, 'nanometres.csv'), 'track,frame,x [nm],y [nm]\n1,0,1,2\n');
    results = await runAll(
      named.flatMap(([args]) => [
        `inspect --json ${args}`,
        `features ${args} --output out/table.csv`,
      ]),
      folder,
    );
  }, 180_000);
  afterAll(() => removeFolder(folder));

  it.each(named.map(([args, message], k) => [args, message, k] as const))(
    '%s is refused in one line',
    (_, message, k) => {
      expectOneLine(results[2 * k], message);
      expectOneLine(results[2 * k + 1], message);
    },
  );

  it('leaves no file behind, whole, half or temporary', async () => {
    expect(await readdir(join(folder, 'out'))).toEqual([]);
  });
});
