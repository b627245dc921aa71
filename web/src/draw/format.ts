/** Numbers and dates as people read them, in the language of the page. Undefined is a dash, never 0. */

export type Language = "ru" | "en";

export const DASH = "–";
const NNBSP = " ";
/** Below this a share is written as "less than". */
const LEAST_SHARE = 0.0001;
const NBSP = " ";

const localeOf = (language: Language): string => (language === "ru" ? "ru-RU" : "en-GB");

const cache = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let format = cache.get(key);
  if (!format) {
    format = new Intl.NumberFormat(localeOf(language), options);
    cache.set(key, format);
  }
  return format;
}

/** A hyphen is no minus: it is shorter and breaks lines. */
function write(value: number, language: Language, options: Intl.NumberFormatOptions): string {
  return numberFormat(language, options).format(value).replace(/-/g, "−");
}

type Maybe = number | null | undefined;

const isNumber = (value: Maybe): value is number => typeof value === "number" && Number.isFinite(value);

/** 26 140; fractions only where the number is small. */
export function count(value: Maybe, language: Language): string {
  if (!isNumber(value)) return DASH;
  return write(value, language, { maximumFractionDigits: 0 });
}

export function decimal(value: Maybe, language: Language, digits = 1): string {
  if (!isNumber(value)) return DASH;
  return write(value, language, { maximumFractionDigits: digits });
}

/** A share 0..1 as per cent; more digits where it is small, so that 0.4 % does not become 0 %. */
export function share(value: Maybe, language: Language): string {
  if (!isNumber(value)) return DASH;
  const size = Math.abs(value);
  if (size > 0 && size < LEAST_SHARE) return `< ${share(LEAST_SHARE, language)}`;
  const digits = size === 0 || size >= 0.1 ? 0 : size < 0.01 ? 2 : 1;
  return write(value, language, { style: "percent", maximumFractionDigits: digits });
}

/** An interval of a share, with as many digits as it takes to tell its ends apart. */
export function shareInterval(low: Maybe, high: Maybe, language: Language): string | null {
  if (!isNumber(low) || !isNumber(high)) return null;
  for (const digits of [0, 1, 2]) {
    const options = {
      style: "percent",
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    } as const;
    const [left, right] = [write(low, language, options), write(high, language, options)];
    if (left !== right) return `${left}${NNBSP}…${NNBSP}${right}`;
  }
  return share(low, language);
}

/** With a sign: the reader sees at once which way it goes. */
export function signed(value: Maybe, language: Language, digits = 0): string {
  if (!isNumber(value)) return DASH;
  return write(value, language, { maximumFractionDigits: digits, signDisplay: "exceptZero" });
}

export function signedShare(value: Maybe, language: Language): string {
  if (!isNumber(value)) return DASH;
  const points = value * 100;
  const digits = Math.abs(points) >= 10 ? 0 : 1;
  const unit = language === "ru" ? "п. п." : "pp";
  return signed(points, language, digits) + NBSP + unit;
}

const UNITS: Record<Language, { s: string; m: string; h: string; d: string; ms: string }> = {
  ru: { ms: "мс", s: "с", m: "мин", h: "ч", d: "дн" },
  en: { ms: "ms", s: "s", m: "min", h: "h", d: "d" },
};

/** 45 s, 3 min, 2 h 10 min, 1.5 d: two significant parts at most, like people say it. */
export function duration(seconds: Maybe, language: Language): string {
  if (!isNumber(seconds)) return DASH;
  const sign = seconds < 0 ? "−" : "";
  const size = Math.abs(seconds);
  const unit = UNITS[language];
  const part = (value: number, name: string, digits = 0) => decimal(value, language, digits) + NBSP + name;
  if (size === 0) return part(0, unit.s);
  if (size < 1) return sign + part(Math.max(1, Math.round(size * 1000)), unit.ms);
  if (size < 59.5) return sign + part(size, unit.s, size < 10 ? 1 : 0);
  const minutes = size / 60;
  if (minutes < 10) return sign + part(minutes, unit.m, 1);
  if (minutes < 59.5) return sign + part(minutes, unit.m);
  const hours = size / 3600;
  if (hours < 24) {
    let whole = Math.floor(hours);
    let rest = Math.round((hours - whole) * 60);
    if (whole >= 10) rest = Math.round(rest / 10) * 10;
    if (rest === 60) {
      whole += 1;
      rest = 0;
    }
    if (whole < 24) return sign + part(whole, unit.h) + (rest ? NBSP + part(rest, unit.m) : "");
  }
  const days = size / 86400;
  return sign + part(days, unit.d, days < 10 ? 1 : 0);
}

export function signedDuration(seconds: Maybe, language: Language): string {
  if (!isNumber(seconds)) return DASH;
  return (seconds > 0 ? "+" : "") + duration(seconds, language);
}

/** `low – high`; one number when both ends read the same; null where there is no interval. */
export function interval(low: Maybe, high: Maybe, write: (value: number) => string): string | null {
  if (!isNumber(low) || !isNumber(high)) return null;
  const [left, right] = [write(low), write(high)];
  return left === right ? left : `${left}${NNBSP}…${NNBSP}${right}`;
}

/** Whether this browser knows a zone by its IANA name. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone);
  if (!clock) {
    const digits = "2-digit";
    const whole = { year: "numeric", month: digits, day: digits, hour: digits, minute: digits } as const;
    const timeZone = isZone(zone) ? zone : "UTC";
    clock = new Intl.DateTimeFormat("en-GB", { ...whole, hourCycle: "h23", timeZone });
    clocks.set(zone, clock);
  }
  return clock;
}

/** `2026-06-30T04:00`: what calendar and clock of the zone show. A day, or a time of no zone, is as it is. */
function shownIn(zone: string, iso: string): string {
  const at = /T.*(Z|[+-]\d{2}:?\d{2})$/.test(iso) ? Date.parse(iso) : Number.NaN;
  if (Number.isNaN(at)) return iso;
  const parts = new Map(
    clockIn(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const [year, month, date] = [parts.get("year")?.padStart(4, "0"), parts.get("month"), parts.get("day")];
  return `${year}-${month}-${date}T${parts.get("hour")}:${parts.get("minute")}`;
}

/** The day of a moment in a zone, `2026-06-30`: what filters by days are asked by. */
export const dayIn = (iso: string, zone: string): string => shownIn(zone, iso).slice(0, 10);

/** A day in words. What is a day already does not shift; of a moment it is the day in the zone. */
export function day(
  iso: string | null | undefined,
  language: Language,
  withYear = true,
  zone = "UTC",
): string {
  if (!iso) return DASH;
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(shownIn(zone, iso));
  if (!match) return iso;
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", timeZone: "UTC" };
  if (withYear) options.year = "numeric";
  return new Intl.DateTimeFormat(localeOf(language), options).format(date).replace(/ г\.$/, "");
}

/** Day and clock of a moment, as the zone shows them. */
export function moment(
  iso: string | null | undefined,
  language: Language,
  withYear = true,
  zone = "UTC",
): string {
  if (!iso) return DASH;
  const clock = /T(\d{2}:\d{2})/.exec(shownIn(zone, iso));
  const date = day(iso, language, withYear, zone);
  return clock ? `${date}, ${clock[1]}` : date;
}

/** Seconds between two ISO times; null where either cannot be read. */
export function secondsBetween(from: string, to: string): number | null {
  const gap = (Date.parse(to) - Date.parse(from)) / 1000;
  return Number.isFinite(gap) ? gap : null;
}

/** 26k, 1.2M: for places where the whole number does not fit; the whole one stays in the title. */
export function compact(value: Maybe, language: Language): string {
  if (!isNumber(value)) return DASH;
  if (Math.abs(value) < 10000) return count(value, language);
  return write(value, language, { notation: "compact", maximumFractionDigits: 1 });
}

/** A change of a share in points, with its sign: −13.4 pp. */
export function points(value: Maybe, language: Language): string {
  if (!isNumber(value)) return DASH;
  const unit = language === "ru" ? "п.\u00a0п." : "pp";
  return `${signed(value * 100, language, pointDigits(value))}\u00a0${unit}`;
}

/** `−15.5 … −11.3`: the interval of such a change; the unit stands beside the change itself. */
export function pointsInterval(low: Maybe, high: Maybe, language: Language): string | null {
  if (!isNumber(low) || !isNumber(high)) return null;
  const digits = Math.max(pointDigits(low), pointDigits(high));
  return interval(low, high, (value) => signed(value * 100, language, digits));
}

const pointDigits = (value: number): number => (Math.abs(value) < 0.001 ? 2 : 1);

function writeMoney(value: number, currency: string, language: Language, named: boolean): string {
  const options: Intl.NumberFormatOptions = { notation: "compact", maximumSignificantDigits: 3 };
  if (!named) return write(value, language, options);
  if (/^[A-Z]{3}$/.test(currency))
    return write(value, language, {
      ...options,
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
    });
  return write(value, language, options) + (currency ? NBSP + currency : "");
}

/** 1.26M ₽, in the way of the language; what is no currency of ISO 4217 is written as it is. */
export function money(value: Maybe, currency: string, language: Language): string {
  return isNumber(value) ? writeMoney(value, currency, language, true) : DASH;
}

/** `434 … 599K ₽`: the currency once. */
export function moneyInterval(low: Maybe, high: Maybe, currency: string, language: Language): string | null {
  if (!isNumber(low) || !isNumber(high)) return null;
  const symbolLeads = language === "en" && /^[A-Z]{3}$/.test(currency);
  const left = writeMoney(low, currency, language, symbolLeads);
  const right = writeMoney(high, currency, language, !symbolLeads);
  return `${left}${NNBSP}…${NNBSP}${right}`;
}

/** A probability with its relation, as papers write it: = 0.04, < 0.001. */
export function probability(value: Maybe, language: Language): string {
  if (!isNumber(value)) return DASH;
  if (value < 0.001) return `<${NBSP}${decimal(0.001, language, 3)}`;
  return `=${NBSP}${decimal(value, language, value < 0.1 ? 3 : 2)}`;
}
