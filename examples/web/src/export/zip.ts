import { unzip, zip } from 'fflate';
import type { PathFile } from '../files/what-was-dropped.ts';

/** Several files as one, in workers. */
export const zipped = (files: Readonly<Record<string, Uint8Array>>): Promise<Blob> =>
  new Promise((resolve, reject) => {
    zip(files, { level: 6, consume: false }, (error, data) =>
      error
        ? reject(error)
        : resolve(new Blob([data as Uint8Array<ArrayBuffer>], { type: 'application/zip' })),
    );
  });

/** The files in one that was zipped. */
export async function unzipped(file: File): Promise<PathFile[]> {
  const data = new Uint8Array(await file.arrayBuffer());
  const parts = await new Promise<Record<string, Uint8Array>>((resolve, reject) => {
    unzip(data, (error, found) =>
      error
        ? reject(new Error(`${file.name}: is no zip file that can be read (${error.message})`))
        : resolve(found),
    );
  });
  const base = file.name.replace(/\.zip$/i, '');
  return Object.entries(parts)
    .filter(([name]) => !name.endsWith('/'))
    .map(([name, bytes]) => ({
      path: name.includes('/') ? name : `${base}/${name}`,
      file: new File([bytes as Uint8Array<ArrayBuffer>], name.split('/').at(-1)!),
    }));
}
