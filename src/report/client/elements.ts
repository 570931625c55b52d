import { number } from "../count";

/** An element of the page by its id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no ${id}.`);
  return found;
}

/** A new element; text is text, never HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function shape<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** Buttons to leaf through `total` things, `size` at a time; hidden where one page holds them all. */
export function pages(
  nav: HTMLElement,
  total: number,
  size: number,
  at: number,
  go: (page: number) => void,
): void {
  const count = Math.max(1, Math.ceil(total / size));
  nav.hidden = count === 1;
  const button = (label: string, page: number): HTMLButtonElement => {
    const made = element("button", { type: "button" }, label);
    made.disabled = page < 0 || page >= count;
    made.addEventListener("click", () => go(page));
    return made;
  };
  const range = `${number(at * size + 1)} to ${number(Math.min(total, (at + 1) * size))} of ${number(total)}`;
  nav.replaceChildren(
    button("Previous", at - 1),
    element("span", { role: "status" }, range),
    button("Next", at + 1),
  );
}
