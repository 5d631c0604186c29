import fc from 'fast-check';
import { ReadError } from '../errors.ts';
import { csvCell, csvRow } from './csv-row.ts';
import { csvTable } from './csv-table.ts';

describe('csvRow', () => {
  it('quotes what would be more than a cell, and leaves out numbers that are none', () => {
    expect(csvRow(['a', 'b,c', 'd"e', 'f\ng', -0.5, Number.NaN, Infinity])).toBe(
      'a,"b,c","d""e","f\ng",-0.5,,\n',
    );
    expect(['a;b', 'a\tb', ' a', 'a ', 'a b', ''].map(csvCell)).toEqual([
      '"a;b"',
      '"a\tb"',
      '" a"',
      '"a "',
      'a b',
      '',
    ]);
  });

  it('is read as the cells that were written', () => {
    const cell = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 1 }),
          fc.constantFrom(',', '"', ';', '\t', '\n', '\r', ' '),
        ),
      )
      .map((letters) => letters.join(''));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        const text = csvRow(['first', 'second']) + rows.map(csvRow).join('');
        const trimmed = rows.map((row) => row.map((each) => each.trim()));
        expect(csvTable(text, 't.csv').rows).toEqual(trimmed);
      }),
    );
  });
});

describe('csvTable', () => {
  it('says the line in which a row begins', () => {
    const { header, rows, lines } = csvTable('\uFEFFa;b\r\n"1\r\n2";x\r\n\r\n3; y \r\n', 't.csv');
    expect(header).toEqual(['a', 'b']);
    expect(rows).toEqual([
      ['1\r\n2', 'x'],
      ['3', 'y'],
    ]);
    expect(lines).toEqual([2, 5]);
  });

  it.each([
    ['', 't.csv: the file is empty'],
    ['a,b,a\n', 't.csv, line 1, column a: appears twice'],
    ['a,b\n1,2\n3\n', 't.csv, line 3: the row has 1 fields: expected 2'],
    ['a,b\n1,"2\n', 't.csv, line 2: a quoted field is not closed'],
  ])('says in one line what is wrong with %j', (text, message) => {
    expect(() => csvTable(text, 't.csv')).toThrow(ReadError);
    expect(() => csvTable(text, 't.csv')).toThrow(message);
  });
});
