/**
 * A worker that has the content security policy of this page. A worker that is started by the address of its script has none but what the
 * server sends, which a static server does not; one that is started by a blob has that of whoever made the blob.
 */
export function confinedWorker(address: string): Worker {
  const absolute = new URL(address, globalThis.location.href.replace(/^blob:/, '')).href;
  const script = new Blob([`import ${JSON.stringify(absolute)};`], { type: 'text/javascript' });
  const url = URL.createObjectURL(script);
  const worker = new Worker(url, { type: 'module' });
  // Once it says something it has its script; one that never does has had it long before a minute is over.
  const forget = () => URL.revokeObjectURL(url);
  for (const kind of ['message', 'error']) worker.addEventListener(kind, forget, { once: true });
  setTimeout(forget, 60_000);
  return worker;
}
