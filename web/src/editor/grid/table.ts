/** Cells as spreadsheets copy them: a tab between cells, quotation marks around what has several lines. */

export const writeTable = (lines: readonly (readonly string[])[]): string =>
  lines
    .map((line) =>
      line.map((cell) => (/["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t"),
    )
    .join("\n");

/** The cells of a copied table, or null where the text is none. */
export function readTable(text: string): string[][] | null {
  if (!text.includes("\t")) return null;
  const lines: string[][] = [[]];
  const cell = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*)/y;
  let at = 0;
  for (;;) {
    cell.lastIndex = at;
    const [whole, quoted, plain] = cell.exec(text) ?? [""];
    lines.at(-1)?.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    at += whole.length;
    if (at >= text.length) break;
    if (text[at] !== "\t") {
      if (text.startsWith("\r\n", at)) at += 1;
      // The line end that closes a table begins no further line.
      if (at + 1 >= text.length) break;
      lines.push([]);
    }
    at += 1;
  }
  return lines;
}
