import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// Only the tests of components ask for a document; jsdom lacks what Mantine asks of it.
if (typeof window !== "undefined") {
  window.matchMedia = vi.fn().mockImplementation((query: string) => ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
  }));
  window.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  window.HTMLElement.prototype.scrollIntoView = () => {};
  Object.defineProperty(document, "fonts", { value: { addEventListener() {}, removeEventListener() {} } });
  afterEach(cleanup);
  // A component asks for its words while it is drawn: they are there before it.
  const { loadWords } = await import("./i18n");
  await Promise.all([loadWords("ru"), loadWords("en")]);
}
