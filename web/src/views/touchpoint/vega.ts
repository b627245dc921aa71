import embed from "vega-embed";
import type { Language } from "../../draw";

export { embed };

const names = (
  language: Language,
  options: Intl.DateTimeFormatOptions,
  count: number,
  unit: "month" | "day",
): string[] =>
  Array.from({ length: count }, (_, i) => {
    const date = unit === "month" ? new Date(Date.UTC(2024, i, 15)) : new Date(Date.UTC(2024, 8, 1 + i));
    return new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(date).replace(/\.$/, "");
  });

/** Month and day names for Vega's axes, from the browser. */
export function timeLocale(language: Language) {
  return {
    dateTime: "%a %e %b %X %Y",
    date: "%d.%m.%Y",
    time: "%H:%M",
    periods: ["AM", "PM"] as [string, string],
    days: names(language, { weekday: "long" }, 7, "day") as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ],
    shortDays: names(language, { weekday: "short" }, 7, "day") as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ],
    months: names(language, { month: "long" }, 12, "month") as never,
    shortMonths: names(language, { month: "short" }, 12, "month") as never,
  };
}
