/** A table's entry of a name that a project chose: `constructor` and `__proto__` are names like any other, and find nothing. */
export function own<Entry>(table: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
