/**
 * What the theme leaves to be said to a screen reader: the main part of the first page and of the page that is not there has no landmark,
 * and the arrow of a group in the sidebar is a button within a button.
 */
export function nameParts(): void {
  const content = document.getElementById('VPContent');
  if (content !== null && content.querySelector('main') === null)
    content.setAttribute('role', 'main');
  else content?.removeAttribute('role');
  for (const arrow of document.querySelectorAll('.item[role="button"] > .caret')) {
    arrow.removeAttribute('role');
    arrow.removeAttribute('tabindex');
    arrow.setAttribute('aria-hidden', 'true');
  }
}
