import { mouth } from "../draw";

/** A drawn face whose mouth follows the emotion; grey and without a mood where too few answered. */
export function Face({ emotion, enough, size = 22 }: { emotion: number; enough: boolean; size?: number }) {
  const side = !enough ? "few" : emotion >= 5 ? "good" : emotion <= -5 ? "bad" : "even";
  const fill = { few: "var(--tone-0)", good: "var(--good-2)", bad: "var(--bad-2)", even: "var(--tone-0)" }[
    side
  ];
  const ink = { few: "var(--ink-2)", good: "var(--good-ink)", bad: "var(--bad-ink)", even: "var(--ink-2)" }[
    side
  ];
  return (
    <svg
      width={size}
      height={size}
      viewBox="-12 -12 24 24"
      aria-hidden="true"
      style={{ flex: "none", display: "block" }}
    >
      <circle
        r="10.5"
        fill={fill}
        stroke={ink}
        strokeWidth="1.6"
        strokeDasharray={enough ? undefined : "2.5 2.5"}
      />
      <circle cx="-3.6" cy="-2.6" r="1.3" fill={ink} />
      <circle cx="3.6" cy="-2.6" r="1.3" fill={ink} />
      <path d={mouth(emotion, 13)} stroke={ink} strokeWidth="1.7" fill="none" strokeLinecap="round" />
    </svg>
  );
}
