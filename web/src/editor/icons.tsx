import type { ReactNode } from "react";

function Icon({ children, size = 16 }: { children: ReactNode; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: "none" }}
    >
      {children}
    </svg>
  );
}

interface Sized {
  size?: number;
}

export const DotsIcon = ({ size = 16 }: Sized) => (
  <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" style={{ flex: "none" }}>
    <g fill="currentColor">
      <circle cx="3.5" cy="8" r="1.3" />
      <circle cx="8" cy="8" r="1.3" />
      <circle cx="12.5" cy="8" r="1.3" />
    </g>
  </svg>
);
export const UndoIcon = (props: Sized) => (
  <Icon {...props}>
    <path d="M5.500 3 2.500 6l3 3M2.500 6h7a4 4 0 0 1 0 8H6" />
  </Icon>
);
export const RedoIcon = (props: Sized) => (
  <Icon {...props}>
    <path d="m10.500 3 3 3-3 3M13.500 6h-7a4 4 0 0 0 0 8H10" />
  </Icon>
);
export const PlusIcon = (props: Sized) => (
  <Icon {...props}>
    <path d="M8 3v10M3 8h10" />
  </Icon>
);
export const BubbleIcon = (props: Sized) => (
  <Icon {...props}>
    <path d="M2.500 3h11v8h-6l-3 2.500V11h-2Z" />
  </Icon>
);
export const ClockIcon = (props: Sized) => (
  <Icon {...props}>
    <circle cx="8" cy="8" r="5.800" />
    <path d="M8 4.800V8l2.300 1.500" />
  </Icon>
);
export const BookIcon = (props: Sized) => (
  <Icon {...props}>
    <path d="M8 4c-1.500-1-3.500-1.200-5.500-1v9.500c2-.2 4 0 5.500 1 1.500-1 3.500-1.200 5.500-1V3c-2-.2-4 0-5.500 1ZM8 4v9.500" />
  </Icon>
);
export const LinkIcon = (props: Sized) => (
  <Icon {...props}>
    <path d="M7 9a3 3 0 0 0 4.200 0l2-2A3 3 0 0 0 9 2.800l-.8.8M9 7a3 3 0 0 0-4.200 0l-2 2A3 3 0 0 0 7 13.200l.8-.8" />
  </Icon>
);
export const InsideIcon = (props: Sized) => (
  <Icon {...props}>
    <rect x="2" y="2.500" width="12" height="11" rx="1.500" />
    <path d="M6 10.500 10 6.500M6.800 6.500H10v3.200" />
  </Icon>
);
