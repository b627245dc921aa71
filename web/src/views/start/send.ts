/** Bytes of a file on their way to the service: in parts, so that a lost connection costs one part only. */

import { upload as askUpload, beginUpload, type Upload } from "../../api";
import { readError, ServiceError } from "../../data/errors";
import { answer } from "../../data/queries";

const PART_BYTES = 8 * 1024 * 1024;
const WAITS_MS = [500, 1500, 4000, 8000];

type Progress = (sent: number) => void;

/** One part; how much of it has gone is told while it goes. */
function put(address: string, part: Blob, onProgress: Progress, signal: AbortSignal): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener("abort", stop, { once: true });
    request.open("PUT", address);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      signal.removeEventListener("abort", stop);
      const body: unknown = parsed(request.responseText);
      if (request.status === 200) resolve(body as Upload);
      else reject(readError(body, request.status));
    };
    request.onerror = () => reject(new ServiceError("network", ""));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    request.send(part);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A place for the file at the service. */
export const begin = (file: File): Promise<Upload> =>
  answer(beginUpload({ body: { name: file.name, size: file.size } }));

/** Sends what has not come yet. A connection that stays lost ends it with an error of kind `network`. */
export async function send(
  file: File,
  begun: Upload,
  onProgress: Progress,
  signal: AbortSignal,
): Promise<Upload> {
  let upload = begun;
  let failures = 0;
  while (upload.state === "arriving") {
    const offset = upload.received;
    try {
      const address = `/api/uploads/${upload.id}/content?offset=${offset}`;
      const part = file.slice(offset, offset + PART_BYTES);
      upload = await put(address, part, (sent) => onProgress(Math.min(file.size, offset + sent)), signal);
      failures = 0;
    } catch (error) {
      if (!(error instanceof ServiceError) || error.kind !== "network") throw error;
      const wait = WAITS_MS[failures];
      if (wait === undefined) throw error;
      failures += 1;
      await sleep(wait);
      if (signal.aborted) throw error;
      // What has come of the part is known to the service alone.
      upload = await answer(askUpload({ path: { upload_id: upload.id } })).catch(() => upload);
    }
    onProgress(upload.received);
  }
  return upload;
}
