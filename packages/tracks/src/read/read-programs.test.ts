import { problem, read, rows, table, values } from './read.fixture.ts';

// Samples after the headers that the programs write.

describe('a table of a program', () => {
  it('ThunderSTORM, with a column of tracks: errors in nm', async () => {
    const text =
      '"id","frame","x [nm]","y [nm]","sigma [nm]","intensity [photon]","uncertainty_xy [nm]","track_id"\n' +
      '1,1,100.5,200.5,130.2,1500,12.5,1\n2,2,110.5,190.5,131,1400,13.5,1\n3,1,900,800,120,900,20,2\n';
    const tracks = await table(text, { errors: true, keep: ['sigma'] });
    expect(rows(tracks)).toEqual([
      [
        [1, 100.5, 200.5],
        [2, 110.5, 190.5],
      ],
      [[1, 900, 800]],
    ]);
    expect(tracks.positionUnit).toBe('nm');
    expect(values(tracks, 'x_err')).toEqual([12.5, 13.5, 20]);
    expect(values(tracks, 'y_err')).toEqual([12.5, 13.5, 20]);
    const micro = await table(text.replace('x [nm]', 'x [um]').replace('y [nm]', 'y [um]'), {
      errors: true,
    });
    expect(values(micro, 'x_err')).toEqual([0.0125, 0.0135, 0.02]);
    const pixels = await table(text.replace('x [nm]', 'x [px]').replace('y [nm]', 'y [px]'), {
      errors: true,
    });
    expect(pixels.pointColumns).toEqual({});
    expect(await problem(text.replace(',"track_id"', ',"other"'))).toContain(
      'no column of track ids is known: name it',
    );
  });

  it('swift: tracks, or by choice its segments of one motion', async () => {
    const text =
      'frame,x [nm],y [nm],precision [nm],track.id,seg.id\n0,1,2,9,1,1\n1,2,3,8,1,1\n2,4,4,7,1,2\n';
    const tracks = await table(text, { errors: true });
    expect(tracks.lengths()).toEqual(Int32Array.of(3));
    expect(values(tracks, 'y_err')).toEqual([9, 8, 7]);
    const segments = await table(text, { columns: { track: 'seg.id' } });
    expect(segments.lengths()).toEqual(Int32Array.of(2, 1));
  });

  it('Imaris: a title, a rule, a unit in the rows, time points from 1, spots in no track', async () => {
    const header = 'Position X,Position Y,Position Z,Unit,Category,Collection,Time,TrackID,ID,';
    const text =
      `\nPosition\n ==================== \n${header}\n` +
      '1.5,2,3,um,Spot,Position,1,1000000007,1,\n2.5,2,4,um,Spot,Position,3,1000000007,2,\n9,9,9,um,Spot,Position,1,,3,\n';
    const { tracks, report } = await read(text, 'Position.csv');
    expect(rows(tracks)).toEqual([
      [
        [1, 1.5, 2, 3],
        [3, 2.5, 2, 4],
      ],
    ]);
    expect(tracks).toMatchObject({ positionUnit: 'µm', timeUnit: 'frame', dt: 1 });
    expect(values(tracks, 'track')).toEqual([1000000007]);
    expect(report.spotsOutsideTracks).toBe(1);
  });

  it('MOSAIC: its table of results and its report', async () => {
    const results =
      ' ,Trajectory,Frame,x,y,z,m0,m1,m2,m3,m4,NPscore\n1,1,0,10.5,20.5,0,1.1,1,1,1,1,0\n2,1,2,11,21,0,1.2,1,1,1,1,0\n';
    const tracks = await table(results, { keep: ['m0'] });
    const expected = [
      [
        [0, 10.5, 20.5],
        [2, 11, 21],
      ],
    ];
    expect(rows(tracks)).toEqual(expected);
    expect(tracks.positionUnit).toBe('pixel');
    expect(values(tracks, 'm0')).toEqual([1.1, 1.2]);
    const report =
      '% Configuration:\n% \tKernel radius: 3\n%\tTrajectories:\n%% Trajectory 1\n0\t10.5 20.5 0.0 1.1 1 1 1 1 0\n' +
      '2\t11 21 0.0 1.2 1 1 1 1 0\n\n%% Trajectory 4\n5 1 2 0 1 1 1 1 1 0\n';
    const found = await read(report, 'Traj_film.txt', { keep: ['m0'] });
    expect(found.report.format).toBe('mosaic');
    expect(rows(found.tracks)).toEqual([...expected, [[5, 1, 2]]]);
    expect(values(found.tracks, 'track')).toEqual([1, 4]);
    expect(values(found.tracks, 'm0')).toEqual([1.1, 1.2, 1]);
    expect(await problem('%% Trajectory 1\n0 1 x\n', 'a.txt')).toBe(
      'a.txt, line 2, column y: is "x": expected a number',
    );
    expect(await problem('%% Trajectory 1\n0 1 2 3\n1 2\n', 'a.txt')).toContain(
      'a.txt, line 3: the row has 2 fields: expected 4',
    );
    expect(await problem('% nothing\n', 'a.txt')).toContain('there are no trajectories');
  });

  it('Icy: what its tracker supposed is a gap; and the challenge of 2012', async () => {
    const detection = (t: number, x: number, type = 1) =>
      `<detection classname="plugins.nchenouard.particletracking.DetectionSpotTrack" color="-6553856" t="${t}" type="${type}" x="${x}" y="2.5" z="0"/>`;
    const icy =
      '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<root><trackfile version="1"/>\n<trackgroup description="mhtTracks-Run1">' +
      `<track id="-17">${detection(0, 338.5)}${detection(1, 338, 2)}${detection(2, 337.5)}</track>` +
      `<track id="4">${detection(3, 1)}</track></trackgroup><linklist><link from="-17" to="4"/></linklist></root>`;
    const { tracks, report } = await read(icy, 'tracks.xml');
    expect(rows(tracks)).toEqual([
      [
        [0, 338.5, 2.5],
        [2, 337.5, 2.5],
      ],
      [[3, 1, 2.5]],
    ]);
    expect(values(tracks, 'track')).toEqual([-17, 4]);
    expect(tracks.positionUnit).toBe('pixel');
    expect(report).toMatchObject({ format: 'icy', supposed: 1, cuts: 1 });
    const contest =
      '<root><TrackContestISBI2012 SNR="2" density="low" scenario="VIRUS"><particle>' +
      '<detection t="0" x="1" y="2" z="3"/><detection t="1" x="1" y="2" z="4"/></particle></TrackContestISBI2012></root>';
    expect(rows((await read(contest, 'a.xml')).tracks)).toEqual([
      [
        [0, 1, 2, 3],
        [1, 1, 2, 4],
      ],
    ]);
    expect(await problem('<root><roi/></root>', 'a.xml')).toContain('expected tracks of Icy');
    expect(await problem('<root><trackfile/></root>', 'a.xml')).toContain('there are no tracks');
  });

  it.each([
    ['x_std,y_std', [1, 2], [3, 4]],
    ['x_err,y_err', [1, 2], [3, 4]],
    ['lpx,lpy', [1, 2], [3, 4]],
    ['uncertainty_x,uncertainty_y', [1, 2], [3, 4]],
    ['loc_precision,other', [1, 2], [1, 2]],
    ['ep,mass', [1, 2], [1, 2]],
  ])('with errors in %s', async (names, x, y) => {
    const tracks = await table(`frame,x,y,${names}\n0,1,1,1,3\n1,2,2,2,4\n`, { errors: true });
    expect(values(tracks, 'x_err')).toEqual(x);
    expect(values(tracks, 'y_err')).toEqual(y);
    // Where z moves, an error of x and y alone is none of the point.
    const space = `frame,x,y,z,${names}\n0,1,1,0,1,3\n1,2,2,1,2,4\n`;
    expect((await table(space, { errors: true })).pointColumns).toEqual({});
    const flat = space.replace('2,2,1,', '2,2,0,');
    expect(values(await table(flat, { errors: true }), 'x_err')).toEqual(x);
  });
});
