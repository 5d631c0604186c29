import { parseReference } from './parse-reference.ts';

const parse = (text: string) => parseReference(text, 'r.txt');

describe('parseReference', () => {
  it('reads an AnDi file, rows counted from 0', () => {
    const found = parse('1.0;0.15\n1.0;2\r\n\n3.0;1.5;\n');
    expect(Array.from(found.andi ?? [])).toEqual([0.15, 2, 1.5]);
    expect(found.tracks).toEqual(['0', '1', '2']);
    expect(found.lines).toEqual([1, 2, 4]);
  });

  it('reads a CSV with labels, exponents and lengths, and the names of the sidecar of AnDi files', () => {
    const found = parse('track,label,alpha,length\n0,ND,,30\n1,FBM,0.5,40\n');
    expect(found.labels).toEqual(['ND', 'FBM']);
    expect(Array.from(found.alpha ?? [])).toEqual([Number.NaN, 0.5]);
    expect(Array.from(found.lengths ?? [])).toEqual([30, 40]);
    const meta = parse('row,length,model_label,model,alpha\n0,31,0,ATTM,0.15\n');
    expect(meta.tracks).toEqual(['0']);
    expect(meta.labels).toEqual(['ATTM']);
  });

  it('says what is wrong, and where', () => {
    expect(() => parse('1;40;0;0.5;1;0.8\n')).toThrow(
      'r.txt, line 1: the row has 6 fields: expected dim;value',
    );
    expect(() => parse('1;0.5\n1;x\n')).toThrow(
      'r.txt, line 2, column 2: is "x": expected a number',
    );
    expect(() => parse('1;0.5\n1;\n')).toThrow('line 2');
    expect(() => parse('track,x\n')).toThrow('there is no column label and none named alpha');
  });
});
