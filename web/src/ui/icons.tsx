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

export const CalendarIcon = (props: Sized) => (
  <Icon {...props}>
    <rect x="2" y="3" width="12" height="11" rx="2" />
    <path d="M2 6.5h12M5 1.5v3M11 1.5v3" />
  </Icon>
);
export const PeopleIcon = (props: Sized) => (
  <Icon {...props}>
    <circle cx="6" cy="5.5" r="2.5" />
    <path d="M1.5 14c0-2.8 2-4.5 4.5-4.500S10.5 11.2 10.5 14M11 3.200a2.4 2.4 0 0 1 0 4.600M12.5 9.800c1.3.7 2 2.2 2 4.2" />
  </Icon>
);
export const ChannelIcon = (props: Sized) => (
  <Icon {...props}>
    <circle cx="8" cy="3" r="1.6" />
    <circle cx="3" cy="12.5" r="1.6" />
    <circle cx="13" cy="12.5" r="1.6" />
    <path d="M8 4.600v3.400M8 8l-4 3.200M8 8l4 3.2" />
  </Icon>
);
export const MoonIcon = (props: Sized) => (
  <Icon {...props}>
    <path d="M13.5 9.500A5.8 5.8 0 0 1 6.5 2.500a5.8 5.8 0 1 0 7 7Z" />
  </Icon>
);
export const SunIcon = (props: Sized) => (
  <Icon {...props}>
    <circle cx="8" cy="8" r="2.8" />
    <path d="M8 1.500v1.300M8 13.200v1.300M1.5 8h1.300M13.2 8h1.300M3.4 3.400l.9.900M11.7 11.700l.9.900M12.6 3.400l-.9.900M4.3 11.700l-.9.9" />
  </Icon>
);
export const PrintIcon = (props: Sized) => (
  <Icon {...props}>
    <path d="M4.5 6V2h7v4M4.5 12H3a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1h-1.5" />
    <rect x="4.5" y="9.5" width="7" height="4.5" rx=".5" />
  </Icon>
);
export const ChevronIcon = ({ open, ...props }: Sized & { open: boolean }) => (
  <Icon {...props}>{open ? <path d="m4 6 4 4 4-4" /> : <path d="m6 4 4 4-4 4" />}</Icon>
);
export const CloseIcon = (props: Sized) => (
  <Icon {...props}>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
);
export const FlagIcon = ({ size = 14 }: Sized) => (
  <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" style={{ flex: "none" }}>
    <path d="M4 14.500V2" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" fill="none" />
    <path d="M4 2.300h8.500l-2 2.9 2 2.900H4Z" fill="currentColor" />
  </svg>
);
export const StarIcon = ({ size = 14 }: Sized) => (
  <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" style={{ flex: "none" }}>
    <path
      d="m8 1.3 2 4.3 4.7.6-3.5 3.2.9 4.700L8 11.800l-4.1 2.3.9-4.700L1.3 6.2 6 5.600Z"
      fill="currentColor"
    />
  </svg>
);
export const NoteIcon = (props: Sized) => (
  <Icon {...props}>
    <path d="M2.5 2.500h11v7l-4 4h-7ZM13.5 9.500h-4v4" />
  </Icon>
);
export const UpIcon = ({ size = 10 }: Sized) => (
  <svg width={size} height={size} viewBox="0 0 10 10" aria-hidden="true" style={{ flex: "none" }}>
    <path d="M5 1.5 9 8.500H1Z" fill="currentColor" />
  </svg>
);
export const TickIcon = ({ size = 11 }: Sized) => (
  <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" style={{ flex: "none" }}>
    <path d="m1.8 6.5 2.9 3 5.5-7" stroke="currentColor" strokeWidth="2" fill="none" strokeLinecap="round" />
  </svg>
);
export const Logo = ({ size = 28 }: Sized) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: "none" }}>
    <rect width="32" height="32" rx="7" fill="#0f5c57" />
    <path d="M7 25c0-6 7-5 9-9s-3-6 1-10" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
    <path
      d="M15 25c2-4 8-4 9-9"
      fill="none"
      stroke="#ffc46b"
      strokeWidth="2.6"
      strokeLinecap="round"
      strokeDasharray="0.1 4.6"
    />
    <circle cx="24" cy="12" r="2.6" fill="#ffc46b" />
  </svg>
);
