import { merged, type Words } from "./words";

/** All areas in one piece of their own: loaded only where this language is read. */
export const words: Words = merged(
  import.meta.glob<Words>("./words/*.en.json", { eager: true, import: "default" }),
);
