/** What the service says when it cannot answer, or that it could not be reached at all. */

export const KINDS = [
  "data",
  "workspace",
  "map",
  "usage",
  "not_found",
  "no_data",
  "conflict",
  "signin",
  "forbidden",
  "throttled",
  "network",
  "unexpected",
] as const;
export type ErrorKind = (typeof KINDS)[number];

export class ServiceError extends Error {
  readonly kind: ErrorKind;
  readonly hint: string;

  constructor(kind: ErrorKind, message: string, hint = "") {
    super(message);
    this.name = "ServiceError";
    this.kind = kind;
    this.hint = hint;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Reads the one error shape; anything else is still shown, never swallowed. */
export function readError(body: unknown, status: number): ServiceError {
  const error = isRecord(body) ? body.error : undefined;
  if (isRecord(error)) {
    const kind = KINDS.find((known) => known === error.kind) ?? "unexpected";
    return new ServiceError(kind, text(error.message), text(error.hint));
  }
  if (isRecord(body) && Array.isArray(body.detail)) {
    const parts = body.detail.map((item) => (isRecord(item) ? text(item.msg) : String(item)));
    return new ServiceError("usage", parts.join("; "));
  }
  const said = typeof body === "string" && body.trim() ? body.trim().slice(0, 300) : `HTTP ${status}`;
  return new ServiceError(status === 404 ? "not_found" : "unexpected", said);
}
