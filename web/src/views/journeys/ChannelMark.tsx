import { memo } from "react";
import { useWords } from "../../i18n";
import classes from "./journeys.module.css";

/** Signs by what the channel is called; the sign never stands without its word. */
const SIGNS = [
  ["app", /app|mobile|ios|android/i, "M5 1.5h6v13H5zM7.5 12.5h1"],
  [
    "web",
    /web|site|online|portal/i,
    "M8 1.500a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M1.5 8h13M8 1.500c-4 4-4 9 0 13c4-4 4-9 0-13",
  ],
  [
    "call",
    /call|phone|voice|ivr/i,
    "M3 2h3l1.500 3.500-2 1.500c1 2 2 3 4 4l1.500-2L14.500 10.500v3c-7 1.500-13-5-11.500-11.500",
  ],
  ["chat", /chat|messenger|bot|telegram|whatsapp/i, "M2 3h12v8H7l-3 3v-3H2z"],
  ["mail", /mail|letter/i, "M1.5 3.500h13v9h-13zM1.500 4l6.500 5 6.500-5"],
  ["sms", /sms|push|notif/i, "M2 3h12v8H2zM5 7h.01M8 7h.01M11 7h.01"],
  ["branch", /branch|office|store|shop|clinic|desk/i, "M2 6.500L8 2l6 4.500M3.500 6v8h9V6M6.500 14v-4h3v4"],
  [
    "courier",
    /courier|deliver|truck|van/i,
    "M1.500 4h8v7h-8zM9.500 6.500h3l2 2.500v2h-5M4 12.500h.01M12 12.500h.01",
  ],
] as const;
const OTHER = "M8 5.500a2.500 2.500 0 1 0 0 5a2.500 2.500 0 1 0 0-5";

function signOf(channel: string, wordsOf: (name: string) => string): string {
  const low = channel.toLocaleLowerCase();
  for (const [name, known, path] of SIGNS) {
    const own = wordsOf(name).split(" ");
    if (known.test(channel) || own.some((word) => low.includes(word))) return path;
  }
  return OTHER;
}

/** A channel: its sign and its name. */
export const ChannelMark = memo(function ChannelMark({ channel }: { channel: string }) {
  const { t } = useWords();
  const path = signOf(channel, (name) => t(`explore.channel_words.${name as "app"}`));
  return (
    <span className={classes.channel}>
      <svg
        width="12"
        height="12"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden="true"
      >
        <path d={path} strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <bdi>{channel}</bdi>
    </span>
  );
});
