import { isStoreName, isTrackFile } from '@diffusion/tracks';
import type { GivenFile } from '../engine/engine-types.ts';

/** Files with their paths, also those of folders that were dropped or picked. */
export interface PathFile {
  readonly file: File;
  readonly path: string;
}

/** What a drop holds, folders with all that is in them. */
export async function filesOfDrop(transfer: DataTransfer): Promise<PathFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  if (entries.length === 0) return [...transfer.files].map((file) => ({ file, path: file.name }));
  return (await Promise.all(entries.map((entry) => filesOfEntry(entry, '')))).flat();
}

async function filesOfEntry(entry: FileSystemEntry, folder: string): Promise<PathFile[]> {
  const path = folder + entry.name;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ file, path }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) break;
    found.push(...part);
  }
  found.sort((a, b) => (a.name < b.name ? -1 : 1));
  return (await Promise.all(found.map((each) => filesOfEntry(each, `${path}/`)))).flat();
}

/** Files of an input, in the order of their names: a browser has those of a folder in any. */
export const filesOfInput = (files: FileList): PathFile[] =>
  [...files]
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    .sort((a, b) => inOrder.compare(a.path, b.path));

/** 2 comes before 10. */
const inOrder = new Intl.Collator('en', { numeric: true });

/** What files are for. */
export interface Sorted {
  readonly tracks: readonly GivenFile[];
  /** The files of a model. */
  readonly model?: readonly PathFile[];
  readonly predictions?: PathFile;
}

const OF_A_MODEL =
  /(^|\/)(model\.json|weights\.bin|card\.json|classifier\.json|config\.json|model\.safetensors)$/;

/** Tells tracks, a model and predictions apart; each file is of the condition that its folder names. */
export async function sorted(files: readonly PathFile[]): Promise<Sorted> {
  const zips = files.filter(({ path }) => /\.zip$/i.test(path) && !isTrackFile(path));
  if (zips.length > 0) {
    const { unzipped } = await import('../export/zip.ts');
    const others = files.filter((one) => !zips.includes(one));
    const inside = await Promise.all(zips.map(({ file }) => unzipped(file)));
    return sorted([...others, ...inside.flat()]);
  }
  const stores = storesOf(files);
  const inStores = new Set(stores.flatMap(({ store = [] }) => store));
  const plain = files.filter((one) => !inStores.has(one));
  const model = plain.filter(({ path }) => OF_A_MODEL.test(path));
  let predictions: PathFile | undefined;
  const tracks: GivenFile[] = [...stores];
  const paths = new Set<string>();
  const several = files.length > 1;
  for (const { file, path } of plain) {
    if (OF_A_MODEL.test(path)) continue;
    const name = path.split('/').at(-1)!;
    // In a folder, what is no file of tracks by its name lies there for other reasons.
    if (several && (name.startsWith('.') || !isTrackFile(name))) continue;
    if (await isPredictions(file)) {
      predictions = { file, path };
      continue;
    }
    let n = 1;
    while (paths.has(nth(path, n))) n++;
    paths.add(nth(path, n));
    tracks.push({ file, path: nth(path, n), condition: folderOf(path) });
  }
  return {
    tracks,
    ...(model.length > 0 && { model }),
    ...(predictions && { predictions }),
  };
}

/** The path of the second and any further file of one path, as browsers name downloads: `a (2).csv`. What is known of a file goes by its path. */
const nth = (path: string, n: number): string =>
  n < 2 ? path : path.replace(/((?:\.[^./]+)?(?:\.(?:gz|zip))?)$/i, ` (${n})$1`);

/** The name of the folder that something lies in. */
const folderOf = (path: string): string => path.split('/').at(-2) ?? '';

/** Zarr stores: folders whose files are one data set. */
function storesOf(files: readonly PathFile[]): GivenFile[] {
  const found = new Map<string, PathFile[]>();
  for (const one of files) {
    const names = one.path.split('/');
    const depth = names.slice(0, -1).findIndex(isStoreName);
    if (depth < 0) continue;
    const root = names.slice(0, depth + 1).join('/');
    found.set(root, [...(found.get(root) ?? []), one]);
  }
  return [...found].map(([path, store]) => ({
    // It has the size of its parts, and none of their bytes.
    file: new File(
      store.map(({ file }) => file),
      path,
    ),
    path,
    condition: folderOf(path),
    store,
  }));
}

/** Whether a table is one of predictions, by its header. */
async function isPredictions(file: File): Promise<boolean> {
  if (!/\.csv$/i.test(file.name)) return false;
  const [header] = (await file.slice(0, 4096).text()).split(/\r?\n/);
  const names = header.split(',');
  return (
    names.includes('track') &&
    names.includes('reason') &&
    (names.includes('label') || names.includes('alpha')) &&
    !names.includes('x')
  );
}
