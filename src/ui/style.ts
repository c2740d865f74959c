/** Colours by their meaning; without colour each gives the text as it is. */
export interface Style {
  dim(text: string): string;
  strong(text: string): string;
  added(text: string): string;
  removed(text: string): string;
  warning(text: string): string;
  name(text: string): string;
}

export function styleFor(colour: boolean): Style {
  const paint =
    (start: number, end: number) =>
    (text: string): string =>
      colour && text !== '' ? `\u001b[${start}m${text}\u001b[${end}m` : text;
  return {
    dim: paint(2, 22),
    strong: paint(1, 22),
    added: paint(32, 39),
    removed: paint(31, 39),
    warning: paint(33, 39),
    name: paint(36, 39),
  };
}
