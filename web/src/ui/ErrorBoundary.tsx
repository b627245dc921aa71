import { Component, type ReactNode } from "react";

interface Props {
  children: ReactNode;
  fallback: (error: Error, again: () => void) => ReactNode;
}

/** A fault in one part of the page does not take the rest with it. */
export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    return error ? this.props.fallback(error, () => this.setState({ error: null })) : this.props.children;
  }
}
