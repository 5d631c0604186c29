/** Has the browser keep all files of the page, once it is there; a page that came unencrypted, or from a file, is not kept. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator) || !isSecureContext) return;
  const keep = () => {
    navigator.serviceWorker.register('./service-worker.js').catch(() => {});
  };
  if (document.readyState === 'complete') keep();
  else addEventListener('load', keep);
}
