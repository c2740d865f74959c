/** `root`, or its number, with or without a group. */
export function isRootUser(user: string): boolean {
  return /^(?:root|0)(?::|$)/.test(user);
}
