// The data model: tracks, their columns, images

export {
  type Column,
  type Columns,
  columnLength,
  columnValue,
  isTextColumn,
  type NumericArray,
  type TextColumn,
  takeRows,
  textColumn,
} from './column.ts';
export { type Frame, frameImages, type View, views } from './images/frame-images.ts';
export type { Picture } from './images/picture.ts';
export { selectImages } from './images/select-images.ts';
export { type Image, Images, type ImagesData, type ImagesInit } from './images.ts';
export { type Dim, type Track, Tracks, type TracksData, type TracksInit } from './tracks.ts';
export type { ColumnInit } from './typed-array.ts';

// Operations, which keep the columns

export { filterTracks } from './filter-tracks.ts';
export { framesOf } from './frames-of.ts';
export { joinFiles, type TracksOfFile } from './join-files.ts';
export { type JoinOptions, joinTracks } from './join-tracks.ts';
export { withPieceIds } from './piece-ids.ts';
export { selectTracks } from './select-tracks.ts';
export { sliceFrames } from './slice-frames.ts';
export { splitGaps } from './split-gaps.ts';
export { summarizeTracks, type TracksSummary } from './summarize-tracks.ts';

// Reading files

export type { ByteSource } from './read/bytes.ts';
export { type FolderSource, readTracksFromFolder } from './read/read-folder-from.ts';
export type { ColumnRole, FileReport, ReadOptions, TrackFormat } from './read/read-options.ts';
export { readTracksFrom } from './read/read-tracks-from.ts';
export { isStoreName, isTrackFile } from './read/track-endings.ts';

// Writing files

export {
  encodeTracks,
  formatOf,
  type WriteOptions,
  type WrittenFormat,
} from './write/encode-tracks.ts';

// A cell, a row and a table of CSV, as every file here has them

export { csvCell, csvRow } from './csv/csv-row.ts';
export { type CsvTable, csvTable } from './csv/csv-table.ts';

// What a model answers for tracks, and why it does not answer

export { ANDI_LABELS } from './names/andi-labels.ts';
export { answerText } from './predictions/answer-text.ts';
export { mostProbable } from './predictions/most-probable.ts';
export type { Prediction } from './predictions/prediction.ts';
export { makeReason, parseReason, type Reason, type ReasonKind } from './predictions/reason.ts';
export { SET_SEPARATOR, setName } from './predictions/set-name.ts';

// What is thrown

export { ReadError, StorageError, TracksError } from './errors.ts';
