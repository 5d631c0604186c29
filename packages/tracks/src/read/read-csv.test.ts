import { Tracks, textColumn } from '../index.ts';
import { problem, read, rows, table, values } from './read.fixture.ts';
import { readTracksFrom } from './read-tracks-from.ts';

const PLAIN = 'track,frame,x,y\n1,0,1.5,2\n1,1,3,4\n2,0,5,6\n';
const READ = [
  [
    [0, 1.5, 2],
    [1, 3, 4],
  ],
  [[0, 5, 6]],
];

const TRACKMATE = [
  'LABEL,ID,TRACK_ID,QUALITY,POSITION_X,POSITION_Y,POSITION_Z,POSITION_T,FRAME,MANUAL_SPOT_COLOR',
  'Label,Spot ID,Track ID,Quality,X,Y,Z,T,Frame,Manual spot color',
  'Label,Spot ID,Track ID,Quality,X,Y,Z,T,Frame,Spot color',
  ',,,(quality),(micron),(micron),(micron),(sec),,',
  'ID8,8,0,2.5,1.5,2,0.0,0.0,0,',
  'ID9,9,0,2.5,3,4,0.0,3.001677989959717,1,',
  'ID7,7,1,2.5,5,6,0.0,0.0,0,',
];

describe('tables', () => {
  it('come from trackpy, saspt, trajr, AnDi, plain, in any column order and letters', async () => {
    const trackpy =
      'y,x,mass,size,ecc,frame,particle\n2,1.5,9,1,0.1,0,1\n4,3,9,1,0.1,1,1\n6,5,9,1,0,0,2\n';
    expect(rows(await table(trackpy))).toEqual(READ);
    const saspt = 'y,x,I0,frame,loc_idx,trajectory\n2,1.5,9,0,0,1\n4,3,9,1,1,1\n6,5,9,0,2,2\n';
    expect(rows(await table(saspt))).toEqual(READ);
    expect((await table(saspt)).positionUnit).toBe('pixel');
    const trajr = 'Frame,Time,TrackId,x,y,ValueChanged\n0,0.16,1,1.5,2,TRUE\n1,0.18,1,3,4,TRUE\n';
    expect(rows(await table(trajr))).toEqual(READ.slice(0, 1));
    expect((await table(trajr)).dt).toBe(0.02);
    const andi = 'traj_idx,frame,x,y\n1.0,0.0,1.5,2\n1.0,1.0,3,4\n2.0,0.0,5,6\n';
    expect(rows(await table(andi))).toEqual(READ);
    expect(values(await table(andi), 'track')).toEqual([1, 2]);
    expect(rows(await table(PLAIN))).toEqual(READ);
    expect(rows(await table(PLAIN.replace('track,frame,x,y', 'Track,FRAME,X,Y')))).toEqual(READ);
    expect((await table(PLAIN)).data).toMatchObject({
      dim: 2,
      dt: 1,
      timeUnit: 'frame',
      positionUnit: '',
    });
  });

  it('are TrackMate spots with their three further header rows, and the units in them', async () => {
    const tracks = await table(TRACKMATE.join('\n'));
    expect(rows(tracks)).toEqual(READ);
    expect(tracks.data).toMatchObject({ dt: 3.001677989959717, timeUnit: 's', positionUnit: 'µm' });
    expect(values(tracks, 'track')).toEqual([0, 1]);
  });

  it('are TrackMate spots without them, in units that nobody says', async () => {
    const bare = TRACKMATE.filter((_, i) => i === 0 || i > 3).join('\n');
    const tracks = await table(bare);
    expect(rows(tracks)).toEqual(READ);
    expect(tracks.data).toMatchObject({ dt: 3.001677989959717, timeUnit: '', positionUnit: '' });
  });

  it('do not pass over a first row of TrackMate spots that is broken', async () => {
    const bare = TRACKMATE.filter((_, i) => i === 0 || i > 3).join('\n');
    expect(await problem(bare.replace(',1.5,', ',X,'))).toBe(
      'table.csv, line 2, column POSITION_X: is "X": expected a number',
    );
  });

  it('count TrackMate spots in no track, and leave them out', async () => {
    for (const none of ['', 'None']) {
      const spots = [...TRACKMATE, `ID6,6,${none},2.5,0,0,0.0,0.0,0,`];
      const { tracks, report } = await read(spots.join('\n'), 'a.csv');
      expect(rows(tracks)).toEqual(READ);
      expect(report.spotsOutsideTracks).toBe(1);
    }
    const outside = [...TRACKMATE.slice(0, 4), 'ID6,6,,2.5,0,0,0.0,0.0,0,'].join('\n');
    expect(await problem(outside)).toBe(
      'table.csv: no spot is in a track: expected at least one point of a track',
    );
    expect(await problem('track,frame,x\n,0,1\n')).toBe(
      'table.csv, line 2, column track: is empty: expected a track id',
    );
  });

  it('may have other separators, line ends, marks, quotes, decimal commas, empty lines', async () => {
    for (const text of [
      PLAIN.replaceAll(',', ';'),
      PLAIN.replaceAll(',', '\t'),
      PLAIN.replaceAll('\n', '\r\n'),
      PLAIN.replaceAll('\n', '\r'),
      `\uFEFF${PLAIN}`,
      PLAIN.trimEnd(),
      `\n\n${PLAIN}\n\n`,
      PLAIN.replaceAll('\n', '\n\n'),
      PLAIN.replaceAll(',', ';').replace('1.5', '1,5'),
      PLAIN.replaceAll(',', '\t').replace('1.5', '1,5'),
      PLAIN.replace('1.5', '"1,5"'),
      PLAIN.replace(/[^,\n]+/g, '"$&"'),
      PLAIN.replace(/[^,\n]+/g, '"$&"').replaceAll('\n', '\r\n'),
      PLAIN.replace('1.5', '15e-1').replace('2,0', '2,+0.0'),
      PLAIN.replace(/,/g, ' , '),
      PLAIN.replaceAll('\n', ',\n'),
    ]) {
      expect([text, rows(await table(text))]).toEqual([text, READ]);
    }
    const utf16 = Buffer.from(`\uFEFF${PLAIN.replaceAll(',', '\t')}`, 'utf16le');
    expect(rows((await read(utf16, 'excel.csv')).tracks)).toEqual(READ);
  });

  it('never change from a decimal comma to a decimal point', async () => {
    expect(await problem('track;frame;x\n1;0;1,5\n1;1;2.5\n')).toBe(
      'table.csv, line 3, column x: is "2.5": expected a number',
    );
    expect(await problem('track;frame;x\n1;0;1.5\n1;1;1,234\n')).toContain(
      'line 3, column x: is "1,234"',
    );
  });

  it('are read the same however the bytes are cut up', async () => {
    const text =
      '"track";frame;"x (µm)";y [µm];note\r\n1;0;1,5;2;"a ""b""\r\nc"\r\n1;1;3;4;é\r\n2;0;5;6;\r\n';
    const whole = await table(text, { keep: true });
    expect(values(whole, 'note')).toEqual(['a "b"\r\nc', 'é', '']);
    const bytes = new TextEncoder().encode(text);
    for (const size of [1, 2, 3, 7, 20]) {
      async function* pieces() {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      }
      const { tracks } = await readTracksFrom(pieces(), 'table.csv', { keep: true });
      expect(tracks.data).toEqual(whole.data);
    }
  });

  it('have points in any order: sorted by frame, tracks in order of appearance', async () => {
    const tracks = await table(
      'track,frame,x\nb,7,0.7\na,3,0.3\nb,-2,-0.2\na,1,0.1\nb,5,0.5\n',
      {},
    );
    expect(rows(tracks)).toEqual([
      [
        [-2, -0.2],
        [5, 0.5],
        [7, 0.7],
      ],
      [
        [1, 0.1],
        [3, 0.3],
      ],
    ]);
    expect(values(tracks, 'track')).toEqual(['b', 'a']);
  });

  it('sort long tracks as well, with every column', async () => {
    const frames = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5000);
    const text = frames.map((frame) => `${frame * 1000},${frame / 4},n${frame % 7}`).join('\n');
    const tracks = await table(`frame,x,note\n${text}`, { keep: true });
    expect([...tracks.positions]).toEqual(frames.map((_, i) => i / 4));
    expect(values(tracks, 'note')).toEqual(frames.map((_, i) => `n${i % 7}`));
    expect(tracks.frames![4999]).toBe(4_999_000);
  });

  it('keep gaps, and tracks of one point', async () => {
    const tracks = await table('track,frame,x\n1,4,0\n1,9,1\n2,3,5\n');
    expect(rows(tracks)).toEqual([
      [
        [4, 0],
        [9, 1],
      ],
      [[3, 5]],
    ]);
  });

  it('are 1D, 2D or 3D; a z that never changes is none', async () => {
    expect((await table('track,frame,x\n1,0,1\n')).dim).toBe(1);
    expect((await table('track,frame,x,y,z\n1,0,1,1,7\n1,1,2,1,7\n')).dim).toBe(2);
    const deep = await table('track,frame,x,y,z\n1,0,1,2,3\n1,1,2,1,7\n');
    expect(rows(deep)).toEqual([
      [
        [0, 1, 2, 3],
        [1, 2, 1, 7],
      ],
    ]);
  });

  it('say units and interval in the header', async () => {
    const tracks = await table('track,frame [0.05 sec],x [um],y_um\n1,0,1,1\n1,1,2,1\n');
    expect(tracks.data).toMatchObject({ dt: 0.05, timeUnit: 's', positionUnit: 'µm' });
    const timed = await table('track,frame,x (pixels),t [ms]\n1,2,1,60\n1,4,2,120\n');
    expect(timed.data).toMatchObject({ dt: 30, timeUnit: 'ms', positionUnit: 'pixel' });
    const latin = Buffer.from('track,frame,x [µm]\n1,0,1\n', 'latin1');
    expect((await read(latin, 'a.csv')).tracks.positionUnit).toBe('µm');
    expect(await problem('track,frame,x [um],y [nm]\n1,0,1,1\n')).toBe(
      "table.csv, line 1, column y [nm]: the unit is 'nm': expected 'µm' as in x [um]",
    );
  });

  it('without tracks and frames are one track, in which an empty line is a missing frame', async () => {
    const tracks = await table('pt1_cam1_X,pt1_cam1_Y\n1,2\n3,4\n\n\n5,6\n\n\n');
    expect(rows(tracks)).toEqual([
      [
        [0, 1, 2],
        [1, 3, 4],
        [4, 5, 6],
      ],
    ]);
    expect(values(tracks, 'track')).toEqual([0]);
    const two = await table('track,x\na,1\nb,2\n\na,3\n');
    expect(rows(two)).toEqual([
      [
        [0, 1],
        [1, 3],
      ],
      [[0, 2]],
    ]);
  });

  it('take frames from times where there are no frames', async () => {
    const text = 'track,t,x\n1,0.1,1\n1,0.2,2\n1,0.5,3\n2,0.3,4\n';
    const tracks = await table(text);
    expect(rows(tracks)).toEqual([
      [
        [0, 1],
        [1, 2],
        [4, 3],
      ],
      [[2, 4]],
    ]);
    expect(tracks.dt).toBe(0.1);
    expect(rows(await table(text, { dt: 0.05 }))[0].map(([frame]) => frame)).toEqual([0, 2, 8]);
    expect(await problem('track,t,x\n1,0.1,1\n1,0.2,2\n1,0.45,3\n')).toContain(
      'line 4, column t: is 0.45, 0.25 after the one before: expected a whole number of intervals of 0.1',
    );
  });

  it('with times that are not those of the frames are refused, unless dt is given', async () => {
    const text = 'track,frame,t,x\n1,0,0,1\n1,1,1,2\n1,2,9,3\n1,3,3,4\n';
    expect(await problem(text)).toBe(
      'table.csv, line 4, column t: is 9 in frame 2, after 1 in frame 1: expected about 2, at 1 per frame; ' +
        'give dt to leave this column aside',
    );
    expect((await table(text, { dt: 0.5 })).data).toMatchObject({ dt: 0.5, timeUnit: 's' });
    // Rounded times and a clock that jitters are no contradiction.
    const rounded = 'track,frame,t,x\n1,0,0.00,1\n1,1,0.01,2\n1,2,0.01,3\n1,3,0.02,4\n';
    expect((await table(rounded)).dt).toBeCloseTo(0.02 / 3, 12);
  });

  it('have the columns that one says, by name, or by number where there is no header', async () => {
    const text = 'cell,slice,cx,cy,x,y,z\n1,0,1.5,2,9,9,1\n1,1,3,4,9,9,2\n2,0,5,6,9,9,3\n';
    const columns = { track: 'cell', frame: 'slice', x: 'cx', y: 'cy', z: '' };
    expect(rows(await table(text, { columns }))).toEqual(READ);
    const bare = PLAIN.slice(PLAIN.indexOf('\n') + 1);
    const numbered = { track: '1', frame: '2', x: '3', y: '4' };
    expect(rows(await table(bare, { columns: numbered }))).toEqual(READ);
    expect(await problem(bare)).toContain('line 1: no column for x');
    expect(await problem(text, 'table.csv', { columns: { x: 'CX1' } })).toBe(
      'table.csv, line 1, column CX1: there is no such column for x: there are "cell", "slice", "cx", "cy", "x", "y", "z"',
    );
  });

  it('keep the errors of points where there is one for each axis, in the unit of the positions', async () => {
    const text = 'track,frame,x,y,Y_ERR,x_err\n1,0,1,2,0.2,0.1\n1,1,3,4,0.4,\n';
    const { pointColumns } = await table(text, { errors: true, pixelSize: 0.5 });
    expect(pointColumns).toEqual({
      x_err: Float64Array.of(0.05, Number.NaN),
      y_err: Float64Array.of(0.1, 0.2),
    });
    expect((await table(text)).pointColumns).toEqual({});
    const one = await table('track,frame,x,y,x_err\n1,0,1,2,0.1\n', { errors: true });
    expect(one.pointColumns).toEqual({});
  });

  it('keep further columns: all, some, or none', async () => {
    const text = 'track,frame,x,mass,name,empty\n1,1,2,0.5,b,\n1,0,1,,a,\n2,0,3,inf,b,\n';
    expect(Object.keys((await table(text)).pointColumns)).toEqual([]);
    const all = await table(text, { keep: true });
    expect(values(all, 'mass')).toEqual([NaN, 0.5, Infinity]);
    expect(values(all, 'name')).toEqual(['a', 'b', 'b']);
    expect(values(all, 'empty')).toEqual([NaN, NaN, NaN]);
    expect(Object.keys((await table(text, { keep: ['name'] })).pointColumns)).toEqual(['name']);
    expect(await problem(text, 'table.csv', { keep: ['nmae'] })).toBe(
      'table.csv, line 1, column nmae: there is no such column to keep: there are "track", "frame", "x", "mass", "name", "empty"',
    );
    const late = `track,frame,x,m\n${Array.from({ length: 5000 }, (_, i) => `1,${i},0,${i}`).join('\n')}`;
    expect(await problem(`${late}\n1,5000,0,abc`, 'table.csv', { keep: true })).toContain(
      'line 5002, column m: is "abc" after 5000 rows of numbers: expected a number',
    );
  });

  it('have columns with one value per track', async () => {
    const text = 'track,frame,x,label,track:alpha\nb,1,2,ND,0.5\na,0,1,CD,0.7\nb,0,1,ND,0.5\n';
    const tracks = await table(text, { perTrack: ['label'], keep: true });
    expect(values(tracks, 'label')).toEqual(['ND', 'CD']);
    expect(values(tracks, 'alpha')).toEqual([0.5, 0.7]);
    expect(Object.keys(tracks.trackColumns)).toEqual(['track', 'label', 'alpha']);
    expect(
      await problem(text.replace('b,0,1,ND', 'b,0,1,DM'), 'table.csv', { perTrack: ['label'] }),
    ).toBe('table.csv, line 2, column label: is ND after DM: expected one value per track');
  });

  it('say where a duplicate is, or drop or average it', async () => {
    const text = 'track,frame,x,m,n\n1,0,1,1,a\n2,5,5,5,b\n1,1,2,2,c\n2,5,9,7,d\n';
    expect(await problem(text)).toBe(
      'table.csv, line 5, column frame: track 2 has a second point in frame 5, after line 3: expected one point ' +
        'per frame and track, or duplicates first or mean',
    );
    const first = await read(text, 'a.csv', { duplicates: 'first', keep: true });
    expect(rows(first.tracks)[1]).toEqual([[5, 5]]);
    expect(first.report.duplicates).toBe(1);
    const mean = await table(text, { duplicates: 'mean', keep: true });
    expect(rows(mean)).toEqual([
      [
        [0, 1],
        [1, 2],
      ],
      [[5, 7]],
    ]);
    expect(values(mean, 'm')).toEqual([1, 2, 6]);
    expect(values(mean, 'n')).toEqual(['a', 'c', 'b']);
    expect(await problem('frame,x\n0,1\n0,2\n')).toContain(
      'no column of track ids is known: name it',
    );
  });

  it.each([
    ['', 'the file is empty'],
    ['track,frame,x,y\n', 'there is no row below the header'],
    [
      'track,frame,x,y\n1,0,1,2\n1,1,1\n',
      ', line 3: the row has 3 fields: expected 4, as in the header',
    ],
    ['track,frame,x,y\n1,0,1,2\n1,1,1,2,3\n', ', line 3: the row has 5 fields: expected 4'],
    ['track,frame,x,y\n1,0,NaN,2\n', ', line 2, column x: is "NaN": expected a number'],
    ['track,frame,x,y\n1,0,1,inf\n', ', line 2, column y: is "inf": expected a number'],
    ['track,frame,x,y\n1,0,1,-Infinity\n', ', line 2, column y: is "-Infinity"'],
    ['track,frame,x,y\n1,0,1,1e999\n', ', line 2, column y: is "1e999"'],
    ['track,frame,x,y\n1,0,1,2\n1,1,one,2\n', ', line 3, column x: is "one": expected a number'],
    ['track,frame,x,y\n1,0,,2\n', ', line 2, column x: is empty: expected a number'],
    ['track,frame,x,y\n1,0, ,2\n', ', line 2, column x: is empty: expected a number'],
    ['track,frame,x,y\n1,0,0x10,2\n', ', line 2, column x: is "0x10": expected a number'],
    [
      'track,frame,x,y\n1,0.5,1,2\n',
      ', line 2, column frame: is "0.5": expected a whole frame number',
    ],
    ['track,frame,x,y\n1,,1,2\n', ', line 2, column frame: is "": expected a whole frame number'],
    [
      'track,frame,x,y\n1,2147483648,1,2\n',
      ', line 2, column frame: is 2147483648: expected a frame number from -2147483648 to 2147483647',
    ],
    [
      'a,b\n1,2\n',
      ', line 1: no column for x: expected x or POSITION_X, or its name in columns; there are "a", "b"',
    ],
    ['track,frame,x,z\n1,2,3,4\n', ', line 1: no column for y: expected y'],
    ['track,frame,x,X\n1,2,3,4\n', ', line 1, column x: two columns are called x: expected one'],
    [
      'track,frame,x\n1,2,"3\n1,3,4\n',
      ', line 2: a quoted field is not closed: expected a closing "',
    ],
    ['track,frame,x\n1,2,"3"4\n1,3,"4"\n', ', line 2: a quoted field goes on after its closing "'],
    [
      'track,frame,t,x\n1,0,3,1\n1,1,2,1\n',
      ', line 2, column t: goes from one frame to the next by -1: expected a positive time',
    ],
    ['"track,frame,x\n1,0,1\n', ', line 1: a quoted field is not closed'],
    ['"x\r\ny",frame\n1,0\n', ', line 1: no column for x'],
    ['track,frame,x\n"1\n2",0,1\n1,1,b\n', ', line 4, column x: is "b"'],
  ])('say in one line what is wrong with %j', async (text, message) => {
    const found = await problem(text);
    expect(found.startsWith('table.csv')).toBe(true);
    expect(found).toContain(message);
  });

  it('that are binary are said to be', async () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48);
    expect(await problem(png)).toBe('table.csv: the file holds binary data: expected text');
    expect(await problem(png, 'table.csv', { format: 'csv' })).toContain('binary data');
  });

  it('are not searched to their end for a quote or a line end that is missing', async () => {
    async function* endless(start: string) {
      const encoder = new TextEncoder();
      yield encoder.encode(start);
      for (;;) yield encoder.encode('1,2,3,4,5,6,7,8\n'.repeat(1 << 16));
    }
    await expect(readTracksFrom(endless('track,frame,x\n1,0,"'), 'a.csv')).rejects.toThrow(
      /^a\.csv, line 2: a quoted field goes on for 1\d{7} characters: expected a closing "$/,
    );
    await expect(readTracksFrom(endless('"track,frame,x\n'), 'a.csv')).rejects.toThrow(
      /^a\.csv, line 1: the first line goes on for \d{7} characters: expected a header and a line end$/,
    );
  });

  it('take 2³¹ − 1 for a frame, and have their points in a Tracks', async () => {
    const tracks = await table('track,frame,x\n1,2147483647,1\n2,-2147483648,2\n1,0,2\n');
    expect(tracks).toBeInstanceOf(Tracks);
    expect([...tracks.frames!]).toEqual([0, 2147483647, -2147483648]);
  });

  it('have no track that spans more frames than there are numbers', async () => {
    expect(await problem('track,frame,x\n1,2147483647,1\n1,-1,2\n1,5,1\n')).toBe(
      'table.csv, line 2, column frame: is 2147483647, in a track that begins in frame -1: expected at most 2147483647 ' +
        'frames in between',
    );
  });

  it.each([
    ['Windows in the header alone', 'track,frame,x,label\r\n1,0,2,"a"\n1,1,3,"b"\n'],
    ['Windows in the rows alone', 'track,frame,x,label\n1,0,2,"a"\r\n1,1,3,b\r\n'],
  ])('reads quoted fields with mixed line ends: %s', async (_, text) => {
    const { tracks } = await readTracksFrom(new TextEncoder().encode(text), 'a.csv', {
      keep: true,
    });
    expect(tracks.pointColumns.label).toEqual(textColumn(['a', 'b']));
  });

  it('wants a column for each role', async () => {
    const bytes = new TextEncoder().encode('track,frame,x,y\n1,0,2,3\n');
    await expect(readTracksFrom(bytes, 'a.csv', { columns: { y: 'x' } })).rejects.toThrow(
      'a.csv, line 1, column x: is named for x and for y: expected a column for each',
    );
  });
});
