/** The map, or the report, as a file: what is asked for, and how the file reaches the disk. */

import { exportMap, report } from "../../api";
import { readError, ServiceError } from "../../data/errors";
import { type Filters, inAddress } from "../../data/queries";

export const FORMATS = ["pdf", "png", "pptx", "xlsx", "csv", "html", "yaml"] as const;
export type Format = (typeof FORMATS)[number];
export const PAPERS = ["a4", "a3", "a2", "a1"] as const;
export type Paper = (typeof PAPERS)[number];

export interface Choice {
  format: Format;
  paper: Paper;
  orientation: "landscape" | "portrait";
  layout: "fit" | "pages";
  findings: boolean;
}

export const FIRST_CHOICE: Choice = {
  format: "pdf",
  paper: "a3",
  orientation: "landscape",
  layout: "fit",
  findings: true,
};

export const isDrawn = (format: Format): boolean => format === "pdf" || format === "png";
/** Formats that show findings; a table of cards and the document itself have none. */
export const tellsFindings = (format: Format): boolean => format !== "csv" && format !== "yaml";

/** What was kept in this browser, as far as it still means something. */
export function readChoice(text: string | undefined): Choice {
  try {
    const kept = JSON.parse(text ?? "{}") as Partial<Choice>;
    return {
      format: FORMATS.find((known) => known === kept.format) ?? FIRST_CHOICE.format,
      paper: PAPERS.find((known) => known === kept.paper) ?? FIRST_CHOICE.paper,
      orientation: kept.orientation === "portrait" ? "portrait" : "landscape",
      layout: kept.layout === "pages" ? "pages" : "fit",
      findings: kept.findings !== false,
    };
  } catch {
    return FIRST_CHOICE;
  }
}

/** The name of an answer's file: the one in any script, else the plain one (RFC 6266). */
export function fileName(header: string | null, fallback: string): string {
  const wide = /filename\*=UTF-8''([^;]+)/i.exec(header ?? "")?.[1];
  if (wide) {
    try {
      return decodeURIComponent(wide);
    } catch {
      // A name that cannot be read is no reason to lose the file.
    }
  }
  return /filename="([^"]+)"/i.exec(header ?? "")?.[1] ?? fallback;
}

export interface Shown {
  order: string[] | null;
  hidden: string[] | null;
}

interface Asked {
  choice: Choice;
  filters: Filters;
  shown: Shown;
  language: "ru" | "en";
  signal: AbortSignal;
}

interface Reply {
  data?: unknown;
  error?: unknown;
  response?: Response;
}

/** The file that an answer holds; its name is the answer's. */
async function fileOf(asking: Promise<Reply>, fallback: string, signal: AbortSignal): Promise<File> {
  const reply = await asking.catch((cause: unknown) => {
    if (signal.aborted) throw cause;
    throw new ServiceError("network", "");
  });
  if (signal.aborted) throw new DOMException("", "AbortError");
  if (!reply.response) throw new ServiceError("network", "");
  if (!reply.response.ok) throw readError(reply.error, reply.response.status);
  const header = reply.response.headers.get("content-disposition");
  return new File([reply.data as Blob], fileName(header, fallback));
}

/** The file itself; lanes are as they are on the screen. */
export function take({ choice, filters, shown, language, signal }: Asked): Promise<File> {
  const { format, paper, orientation, layout } = choice;
  const { map_id, ...query } = { map_id: filters.map ?? "live", ...inAddress(filters) };
  const drawn = isDrawn(format) ? { paper, orientation, ...(format === "pdf" ? { layout } : {}) } : {};
  const asking = exportMap({
    path: { map_id },
    query: {
      ...query,
      ...drawn,
      format,
      language,
      findings: tellsFindings(format) && choice.findings && !filters.scenario?.length ? "yes" : "no",
      ...(shown.order ? { lane: shown.order } : {}),
      ...(shown.hidden ? { hide: shown.hidden.length ? shown.hidden : ["-"] } : {}),
    },
    parseAs: "blob",
    signal,
  });
  return fileOf(asking, `map.${format}`, signal);
}

export const REPORTS = ["html", "pdf", "pptx"] as const;
export type ReportFormat = (typeof REPORTS)[number];

/** The report on what the filters keep; findings are never asked of one scenario. */
export function takeReport(
  format: ReportFormat,
  asked: Filters,
  language: "ru" | "en",
  signal: AbortSignal,
): Promise<File> {
  const { scenario: _way, map: _map, ...filters } = asked;
  const query = { ...inAddress(filters), format, language };
  return fileOf(report({ query, parseAs: "blob", signal }), `report.${format}`, signal);
}

/** Hands a file to the browser to keep. */
export function keep(file: File): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
