import { Tracks, textColumn } from '@diffusion/tracks';
import { tableFromIPC } from 'apache-arrow';
import { arrowBytes } from '../arrow.ts';
import { features } from '../features.ts';
import { csvChunks } from './csv-chunks.ts';
import { featureTable } from './feature-table.ts';
import { jsonChunks } from './json-chunks.ts';

const tracks = new Tracks({
  positions: Float64Array.of(0, 0, 3, 4, 1, 1),
  offsets: Uint32Array.of(0, 2, 3),
  dim: 2,
  trackColumns: {
    track: textColumn(['a,1', 'b"']),
    label: textColumn(['free', 'free']),
  },
});
const table = featureTable(tracks, features(tracks, { names: ['netDisplacement', 'numPoints'] }), {
  trackColumns: ['label'],
});

describe('tables of features', () => {
  it('as CSV, NaN as nothing', () => {
    expect([...csvChunks(table)].join('')).toBe(
      'track,label,netDisplacement,numPoints\n"a,1",free,5,2\n"b""",free,,1\n',
    );
  });

  it('as JSON, NaN as null', () => {
    expect(JSON.parse([...jsonChunks(table)].join(''))).toEqual([
      { track: 'a,1', label: 'free', netDisplacement: 5, numPoints: 2 },
      { track: 'b"', label: 'free', netDisplacement: null, numPoints: 1 },
    ]);
  });

  it('as Arrow, NaN as null', () => {
    const read = tableFromIPC(arrowBytes(table));
    expect(read.schema.fields.map(({ name }) => name)).toEqual([...table.keys()]);
    expect(read.toArray().map((row) => ({ ...row.toJSON() }))).toEqual([
      { track: 'a,1', label: 'free', netDisplacement: 5, numPoints: 2 },
      { track: 'b"', label: 'free', netDisplacement: null, numPoints: 1 },
    ]);
  });

  it('of many tracks come in chunks that make one document', () => {
    const count = 1000;
    const many = new Tracks({
      positions: new Float64Array(count),
      offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i),
      dim: 1,
    });
    const chunks = featureTable(many, features(many, { names: ['numPoints'] }));
    expect([...csvChunks(chunks)].join('').trimEnd().split('\n')).toHaveLength(count + 1);
    const rows = JSON.parse([...jsonChunks(chunks)].join('')) as { track: number }[];
    expect(rows.map(({ track }) => track)).toEqual(Array.from({ length: count }, (_, i) => i));
    const none = featureTable(
      new Tracks({ positions: new Float64Array(0), offsets: Uint32Array.of(0), dim: 1 }),
      { alpha: new Float64Array(0) },
    );
    expect(JSON.parse([...jsonChunks(none)].join(''))).toEqual([]);
    expect([...csvChunks(none)].join('')).toBe('track,alpha\n');
  });

  it('name a column that is not there or does not fit', () => {
    expect(() => featureTable(tracks, {}, { trackColumns: ['snr'] })).toThrow(
      "track column 'snr' does not exist: there are track, label",
    );
    expect(() => featureTable(tracks, { alpha: new Float64Array(3) })).toThrow(
      "column 'alpha' has 3 rows: expected one per track, 2",
    );
  });
});
