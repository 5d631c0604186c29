import { PbfWriter } from 'pbf';

/** The version of ONNX's set of operators that the files are written in: that of ONNX 1.12, of 2022. */
const OPSET = 17;

/** The version of the file format that belongs to it. */
const IR_VERSION = 8;

/** Numbers of a file by a name: weights, or what an operator takes beside its inputs. */
export interface Initializer {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

/** What an operator is told: an integer, a number that is none, a word, or lists of them. */
export type Attribute =
  | number
  | string
  | { readonly float: number }
  | readonly number[]
  | readonly string[];

/** An operator, what it takes and what it gives, by name. */
export interface OnnxNode {
  readonly name: string;
  readonly type: string;
  /** '' for an optional one that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** What a network takes or gives: a number along an axis, or the name of one that may be any. */
export interface Port {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

/** A whole file. */
export interface OnnxModel {
  readonly name: string;
  readonly about: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly Initializer[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** `TensorProto.DataType` */
const FLOAT = 1;
const INT64 = 7;

/** `AttributeProto.AttributeType` */
const types = { float: 1, int: 2, string: 3, ints: 7, strings: 8 } as const;

/**
 * A model as the bytes of an `.onnx` file. The numbers are those of the fields in
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. `pbf` writes the wire format; a class per message, as other
 * libraries generate from that file (`onnx-proto` on an old protobufjs), would be a hundred times the code for the seven
 * messages here.
 */
export function modelBytes(model: OnnxModel): Uint8Array {
  const pbf = new PbfWriter();
  varint(pbf, 1, IR_VERSION);
  text(pbf, 2, '@diffusion/models');
  text(pbf, 6, model.about);
  pbf.writeMessage(7, graph, model);
  pbf.writeMessage(8, operatorSet, OPSET);
  for (const entry of Object.entries(model.metadata)) pbf.writeMessage(14, pair, entry);
  return pbf.finish();
}

function graph({ name, nodes, initializers, inputs, outputs }: OnnxModel, pbf: PbfWriter): void {
  for (const each of nodes) pbf.writeMessage(1, node, each);
  text(pbf, 2, name);
  for (const each of initializers) pbf.writeMessage(5, tensor, each);
  for (const each of inputs) pbf.writeMessage(11, port, each);
  for (const each of outputs) pbf.writeMessage(12, port, each);
}

function node({ name, type, inputs, outputs, attributes }: OnnxNode, pbf: PbfWriter): void {
  for (const each of inputs) text(pbf, 1, each);
  for (const each of outputs) text(pbf, 2, each);
  text(pbf, 3, name);
  text(pbf, 4, type);
  for (const each of Object.entries(attributes)) pbf.writeMessage(5, attribute, each);
}

function attribute([name, value]: [string, Attribute], pbf: PbfWriter): void {
  text(pbf, 1, name);
  if (typeof value === 'number') {
    varint(pbf, 3, value);
    varint(pbf, 20, types.int);
  } else if (typeof value === 'string') {
    text(pbf, 4, value);
    varint(pbf, 20, types.string);
  } else if ('float' in value) {
    pbf.writeTag(2, 5);
    pbf.writeFloat(value.float);
    varint(pbf, 20, types.float);
  } else if (typeof value[0] === 'string') {
    for (const each of value as readonly string[]) text(pbf, 9, each);
    varint(pbf, 20, types.strings);
  } else {
    for (const each of value as readonly number[]) varint(pbf, 8, each);
    varint(pbf, 20, types.ints);
  }
}

function tensor({ name, shape, values }: Initializer, pbf: PbfWriter): void {
  for (const size of shape) varint(pbf, 1, size);
  varint(pbf, 2, values.BYTES_PER_ELEMENT === 4 ? FLOAT : INT64);
  text(pbf, 8, name);
  // Little-endian, as is every machine that has a JavaScript engine and every array of it.
  pbf.writeTag(9, 2);
  pbf.writeBytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

function port({ name, shape }: Port, pbf: PbfWriter): void {
  text(pbf, 1, name);
  pbf.writeMessage(2, (sizes, type) => type.writeMessage(1, tensorType, sizes), shape);
}

function tensorType(shape: Port['shape'], pbf: PbfWriter): void {
  varint(pbf, 1, FLOAT);
  pbf.writeMessage(
    2,
    (sizes, inner) => {
      for (const size of sizes) inner.writeMessage(1, dimension, size);
    },
    shape,
  );
}

function dimension(size: number | string, pbf: PbfWriter): void {
  if (typeof size === 'number') varint(pbf, 1, size);
  else text(pbf, 2, size);
}

/** The operators of ONNX itself have the domain ''. */
function operatorSet(version: number, pbf: PbfWriter): void {
  text(pbf, 1, '');
  varint(pbf, 2, version);
}

function pair([key, value]: [string, string], pbf: PbfWriter): void {
  text(pbf, 1, key);
  text(pbf, 2, value);
}

function varint(pbf: PbfWriter, field: number, value: number): void {
  pbf.writeTag(field, 0);
  pbf.writeVarint(value);
}

function text(pbf: PbfWriter, field: number, value: string): void {
  pbf.writeTag(field, 2);
  pbf.writeString(value);
}
