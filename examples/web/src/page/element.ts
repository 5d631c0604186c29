type Child = Node | string | number | null | undefined | false;
type Properties = Record<string, unknown>;

/**
 * An element with attributes, listeners (`onclick`) and children. Text is text, never HTML.
 *
 * @example
 * element('button', { type: 'button', onclick: () => stop() }, 'Stop')
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Properties = {},
  ...children: (Child | readonly Child[])[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  assign(made, properties);
  append(made, children);
  return made;
}

/** The same of SVG. */
export function drawn(
  name: string,
  properties: Properties = {},
  ...children: (Child | readonly Child[])[]
): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  assign(made, properties);
  append(made, children);
  return made;
}

/** Puts children in the place of those that are there. */
export function fill(parent: Element, ...children: (Child | readonly Child[])[]): void {
  parent.replaceChildren();
  append(parent, children);
}

function assign(made: Element, properties: Properties): void {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value as EventListener);
    else if (name in made && (name === 'value' || name === 'checked' || name === 'disabled')) {
      (made as unknown as Properties)[name] = value;
    } else made.setAttribute(name, value === true ? '' : String(value));
  }
}

function append(parent: Element, children: (Child | readonly Child[])[]): void {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
}
