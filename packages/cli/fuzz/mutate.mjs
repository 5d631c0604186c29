import { gzipSync } from 'node:zlib';
import { randomElement } from '@diffusion/random';
import * as hostile from './hostile.mjs';

/** No case is larger than this: what takes long by its size alone says nothing. */
const LARGEST = 1 << 21;

/** Texts are strings of bytes here, so that what is no UTF-8 stays as it is. */
const utf8 = (text) => Buffer.from(text).toString('latin1');
const numbers = hostile.numbers.map(utf8);
const names = hostile.names.map(utf8);

/** Changes of bytes, whatever they mean. */
const anyBytes = {
  flip: (text, random) =>
    replaceAt(text, random, 1, (byte) => char(code(byte) ^ (1 << random.integerBelow(8)))),
  set: (text, random) =>
    replaceAt(text, random, 1, () =>
      randomElement(random, [
        '\0',
        '\xff',
        '\n',
        '\r',
        '"',
        '<',
        '{',
        ',',
        ';',
        '\x1f',
        '\xef\xbb\xbf',
      ]),
    ),
  burst: (text, random) =>
    replaceAt(text, random, 1 + random.integerBelow(16), (part) =>
      [...part].map(() => char(random.integerBelow(256))).join(''),
    ),
  cut: (text, random) => text.slice(0, random.integerBelow(text.length + 1)),
  behead: (text, random) => text.slice(random.integerBelow(text.length + 1)),
  remove: (text, random) => replaceAt(text, random, 1 + random.integerBelow(64), () => ''),
  double: (text, random) =>
    replaceAt(text, random, 1 + random.integerBelow(256), (part) => part + part),
  repeat: (text, random) =>
    replaceAt(text, random, 1 + random.integerBelow(40), (part) =>
      part.repeat(Math.min(10 ** (1 + random.integerBelow(5)), Math.floor(LARGEST / part.length))),
    ),
  twice: (text) => text + text,
  empty: () => '',
};

/** Changes of a text's tokens and lines. */
const anyText = {
  number: (text, random) => replaceMatch(text, random, /[-+]?\d+(\.\d+)?(e[-+]?\d+)?/gi, numbers),
  name: (text, random) => replaceMatch(text, random, /[A-Za-z_][\w-]*/g, names),
  insert: (text, random) =>
    replaceAt(text, random, 0, () => randomElement(random, [...names, ...numbers])),
  nest: (text, random) =>
    replaceAt(text, random, 0, () =>
      randomElement(
        random,
        ['[', '{"a":', '<a>', '(', '"'].map((open) => open.repeat(20_000)),
      ),
    ),
  swapLines: (text, random) =>
    lines(text, (list) => {
      const [a, b] = [random.integerBelow(list.length), random.integerBelow(list.length)];
      [list[a], list[b]] = [list[b], list[a]];
    }),
  dropLine: (text, random) =>
    lines(text, (list) => list.splice(random.integerBelow(list.length), 1)),
  repeatLine: (text, random) =>
    lines(text, (list) => {
      const at = random.integerBelow(list.length);
      const most = Math.floor(LARGEST / (list[at].length + 1));
      const times = Math.min(10 ** random.integerBelow(5), most);
      list.splice(at, 0, ...Array(times).fill(list[at]));
    }),
  blankLines: (text, random) => '\n'.repeat(10 ** random.integerBelow(6)) + text,
  carriageReturns: (text, random) =>
    text.replaceAll('\n', randomElement(random, ['\r\n', '\r', '\n\n', '\u0085'])),
  mark: (text) => `\xef\xbb\xbf${text}`,
  wide: (text, random) =>
    Buffer.from(text, 'utf16le')
      .toString('latin1')
      .replace(/^/, random.uniform() < 0.5 ? '\xff\xfe' : ''),
  separators: (text, random) =>
    text.replaceAll(',', randomElement(random, [';', '\t', ' ', ',,', '|'])),
  columns: (text, random) => text.replace(/\n/, `${',c'.repeat(10 ** random.integerBelow(6))}\n`),
};

/** Changes of a JSON document's tree. */
const ofJson = {
  value: (node, key, random) => (node[key] = randomElement(random, hostile.values)),
  forget: (node, key) => (Array.isArray(node) ? node.splice(key, 1) : delete node[key]),
  rename: (node, key, random) => {
    define(node, randomElement(random, hostile.names), node[key]);
    if (!Array.isArray(node)) delete node[key];
  },
  wrap: (node, key) => (node[key] = [node[key]]),
  inside: (node, key) => (node[key] = { [key]: node[key] }),
  again: (node, key) => Array.isArray(node) && node.push(node[key]),
  negative: (node, key) =>
    (node[key] = typeof node[key] === 'number' ? -node[key] : `-${node[key]}`),
};

/** Changes of numbers of four bytes, of which there are as many afterwards. */
const ofNumbers = {
  float: (text, random) => atNumber(text, random, () => randomElement(random, FLOATS)),
  sign: (text, random) =>
    atNumber(text, random, (part) => part.slice(0, 3) + char(code(part[3]) ^ 0x80)),
  exponent: (text, random) =>
    atNumber(text, random, (part) => part.slice(0, 3) + char(code(part[3]) ^ 0x40)),
  flip: anyBytes.flip,
  same: (text, random) => randomElement(random, FLOATS).repeat(Math.floor(text.length / 4)),
};

/** NaN, ∞, −∞, the largest, −0, the smallest, 1e30. */
const FLOATS = [NaN, Infinity, -Infinity, 3.4028235e38, -0, 1.4e-45, 1e30].map((value) =>
  Buffer.from(Float32Array.of(value).buffer).toString('latin1'),
);

function atNumber(text, random, make) {
  if (text.length < 4) return text;
  const at = 4 * random.integerBelow(Math.floor(text.length / 4));
  return text.slice(0, at) + make(text.slice(at, at + 4)) + text.slice(at + 4);
}

/**
 * Changes a file in one to four ways.
 *
 * @param bytes a Buffer.
 * @param kind 'text', 'json', 'numbers' or 'binary': what more than bytes can be changed.
 * @param others files to take a piece from.
 */
export function mutate(bytes, kind, random, others) {
  let text = bytes.toString('latin1');
  // One change is found out less early than many.
  const times = random.uniform() < 0.6 ? 1 : 2 + random.integerBelow(3);
  for (let k = 0; k < times; k++) {
    const chance = random.uniform();
    if (kind === 'json' && chance < 0.7) text = mutateJson(text, random);
    else if (kind === 'numbers' && chance < 0.8) text = change(ofNumbers, text, random);
    else if (chance < 0.06)
      text = splice(text, randomElement(random, others).toString('latin1'), random);
    else if (kind !== 'binary' && chance < 0.75) text = change(anyText, text, random);
    else text = change(anyBytes, text, random);
    text = text.slice(0, LARGEST);
  }
  return Buffer.from(text, 'latin1');
}

/** Changes gzip data, or what is in them. */
export function mutateGzip(bytes, plain, random, others) {
  const chance = random.uniform();
  if (chance < 0.5) return gzipSync(mutate(plain, 'text', random, others));
  if (chance < 0.8) return mutate(bytes, 'binary', random, others);
  if (chance < 0.85) return gzipSync(bytes);
  if (chance < 0.9) return Buffer.concat([bytes, bytes]);
  if (chance < 0.95) return Buffer.concat([bytes, Buffer.from('rubbish')]);
  // Unpacks to a thousand times its size.
  return gzipSync(
    Buffer.concat([plain, Buffer.alloc(1 << 25, randomElement(random, [0, 0x20, 0x0a, 0x31]))]),
  );
}

function change(mutators, text, random) {
  return mutators[randomElement(random, Object.keys(mutators))](text, random);
}

/** One change of a JSON document's tree; of the text where it is none any more. */
export function mutateJson(text, random) {
  let tree;
  try {
    tree = JSON.parse(Buffer.from(text, 'latin1').toString());
  } catch {
    return change(anyText, text, random);
  }
  if (typeof tree !== 'object' || tree === null) return change(anyText, text, random);
  const places = [];
  const walk = (node) => {
    for (const key of Object.keys(node)) {
      places.push([node, key]);
      if (typeof node[key] === 'object' && node[key] !== null) walk(node[key]);
    }
  };
  walk(tree);
  if (places.length === 0) return randomElement(random, ['null', '[]', '1', '"x"']);
  const [node, key] = randomElement(random, places);
  ofJson[randomElement(random, Object.keys(ofJson))](node, key, random);
  return utf8(JSON.stringify(tree));
}

/** An own property, whatever its name. */
const define = (node, name, value) =>
  Object.defineProperty(node, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });

function splice(text, other, random) {
  const [at, from] = [random.integerBelow(text.length + 1), random.integerBelow(other.length + 1)];
  const piece = other.slice(from, from + 1 + random.integerBelow(2000));
  return text.slice(0, at) + piece + (random.uniform() < 0.5 ? text.slice(at) : '');
}

function replaceAt(text, random, length, make) {
  const at = random.integerBelow(Math.max(1, text.length - length + 1));
  const part = text.slice(at, at + length);
  if (part === '' && length > 0) return text;
  return text.slice(0, at) + make(part) + text.slice(at + length);
}

function replaceMatch(text, random, pattern, list) {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const { index, 0: part } = randomElement(random, found);
  return text.slice(0, index) + randomElement(random, list) + text.slice(index + part.length);
}

function lines(text, edit) {
  const list = text.split('\n');
  edit(list);
  return list.join('\n');
}

const code = (byte) => byte.charCodeAt(0);
const char = (byte) => String.fromCharCode(byte);
