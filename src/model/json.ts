/** Everything that crosses a room's wall is plain data: `JSON.parse(JSON.stringify(x))` equals `x`. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };
