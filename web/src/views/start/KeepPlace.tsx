import { Component, type ReactNode } from "react";

/**
 * Keeps what has the focus where it is in the window when things above it come, go or grow: a row in which a person
 * has just chosen something must not jump away from under the hand.
 */
export class KeepPlace extends Component<{ children: ReactNode }> {
  override getSnapshotBeforeUpdate(): { at: Element; top: number } | null {
    const at = document.activeElement;
    return at?.closest("[data-keeps-place]") ? { at, top: at.getBoundingClientRect().top } : null;
  }

  override componentDidUpdate(
    _props: unknown,
    _state: unknown,
    before: { at: Element; top: number } | null,
  ): void {
    if (!before?.at.isConnected) return;
    const moved = before.at.getBoundingClientRect().top - before.top;
    if (Math.abs(moved) > 1) window.scrollBy({ top: moved, behavior: "instant" });
  }

  override render(): ReactNode {
    return this.props.children;
  }
}
