import { describe, expect, it } from "vitest";
import {
  count,
  DASH,
  day,
  dayIn,
  decimal,
  duration,
  interval,
  isZone,
  moment,
  secondsBetween,
  share,
  shareInterval,
  signed,
  signedDuration,
  signedShare,
} from "./format";

const plain = (text: string | null) => text?.replace(/[\u00a0\u202f]/g, " ");

describe("duration", () => {
  it.each([
    [0, "0 с", "0 s"],
    [0.25, "250 мс", "250 ms"],
    [3.98, "4 с", "4 s"],
    [45, "45 с", "45 s"],
    [59.7, "1 мин", "1 min"],
    [180, "3 мин", "3 min"],
    [90, "1,5 мин", "1.5 min"],
    [1500, "25 мин", "25 min"],
    [7800, "2 ч 10 мин", "2 h 10 min"],
    [3599, "1 ч", "1 h"],
    [7199, "2 ч", "2 h"],
    [86399, "1 дн", "1 d"],
    [129600, "1,5 дн", "1.5 d"],
    [2592000, "30 дн", "30 d"],
    [-7800, "−2 ч 10 мин", "−2 h 10 min"],
  ])("%d seconds", (seconds, ru, en) => {
    expect(plain(duration(seconds, "ru"))).toBe(ru);
    expect(plain(duration(seconds, "en"))).toBe(en);
  });

  it("is a dash where nothing was measured", () => {
    expect(duration(null, "ru")).toBe("–");
    expect(duration(Number.NaN, "en")).toBe("–");
  });

  it("carries a sign as a gap", () => {
    expect(plain(signedDuration(240, "ru"))).toBe("+4 мин");
    expect(plain(signedDuration(-240, "ru"))).toBe("−4 мин");
    expect(plain(signedDuration(0, "en"))).toBe("0 s");
  });
});

describe("numbers", () => {
  it("groups thousands the way of the language", () => {
    expect(plain(count(26140, "ru"))).toBe("26 140");
    expect(count(26140, "en")).toBe("26,140");
    expect(plain(decimal(3.1449, "ru", 2))).toBe("3,14");
  });

  it("keeps small shares apart from nothing", () => {
    expect(plain(share(0, "en"))).toBe("0%");
    expect(plain(share(0.0042, "en"))).toBe("0.42%");
    expect(plain(share(0.042, "ru"))).toBe("4,2 %");
    expect(plain(share(0.42, "en"))).toBe("42%");
    expect(share(null, "en")).toBe("–");
  });

  it("does not call three in a hundred thousand nothing", () => {
    expect(plain(share(0.00003, "en"))).toBe("< 0.01%");
  });

  it("takes the digits that tell the ends of an interval apart", () => {
    expect(plain(shareInterval(0.23, 0.25, "en"))).toBe("23% … 25%");
    expect(plain(shareInterval(0.9691, 0.9713, "en"))).toBe("96.9% … 97.1%");
    expect(plain(shareInterval(0.97011, 0.97049, "ru"))).toBe("97,01 % … 97,05 %");
    expect(shareInterval(1, 1, "en")).toBe("100%");
    expect(shareInterval(null, 1, "en")).toBeNull();
  });

  it("writes a true minus, not a hyphen", () => {
    expect(signed(-41, "ru")).toBe("−41");
    expect(signed(-41, "en")).toBe("−41");
    expect(signed(28, "ru")).toBe("+28");
    expect(signed(0, "en")).toBe("0");
  });

  it("speaks of percentage points in a difference of shares", () => {
    expect(plain(signedShare(0.163, "ru"))).toBe("+16 п. п.");
    expect(plain(signedShare(-0.009, "en"))).toBe("−0.9 pp");
  });

  it("joins an interval, and says one number where both ends read the same", () => {
    const write = (value: number) => share(value, "en");
    expect(plain(interval(0.23, 0.25, write))).toBe("23% … 25%");
    expect(interval(0.231, 0.233, write)).toBe("23%");
    expect(interval(null, 0.2, write)).toBeNull();
  });
});

describe("dates", () => {
  it("shows a moment as the zone asked for shows it, wherever the program runs", () => {
    const late = "2026-06-30T22:30:12Z";
    expect(plain(moment(late, "ru", true, "Europe/Moscow"))).toBe("1 июл. 2026, 01:30");
    expect(moment(late, "en", true, "America/New_York")).toBe("30 Jun 2026, 18:30");
    expect(moment("2026-06-30T22:30:12+00:00", "en", false, "Asia/Kolkata")).toBe("1 Jul, 04:00");
    expect(day(late, "en", true, "Europe/Moscow")).toBe("1 Jul 2026");
    expect(dayIn(late, "Europe/Moscow")).toBe("2026-07-01");
    // Midnight is 00, before and after the clocks change.
    expect(moment("2026-01-01T21:00:00Z", "en", true, "Europe/Moscow")).toBe("2 Jan 2026, 00:00");
    expect(moment("2026-03-29T00:59:00Z", "en", true, "Europe/Berlin")).toBe("29 Mar 2026, 01:59");
    expect(moment("2026-03-29T01:00:00Z", "en", true, "Europe/Berlin")).toBe("29 Mar 2026, 03:00");
  });

  it("does not shift days, nor times of no zone", () => {
    expect(day("2026-01-01", "en", true, "America/New_York")).toBe("1 Jan 2026");
    expect(dayIn("2026-01-01", "Asia/Tokyo")).toBe("2026-01-01");
    expect(moment("2026-01-01T00:30:00", "en", true, "Asia/Tokyo")).toBe("1 Jan 2026, 00:30");
    expect([moment(null, "en"), day("long ago", "en")]).toEqual([DASH, "long ago"]);
  });

  it("falls back to UTC where the browser does not know a zone", () => {
    expect([isZone("Europe/Moscow"), isZone("Mars/Olympus")]).toEqual([true, false]);
    expect(moment("2026-01-01T21:00:00Z", "en", true, "Mars/Olympus")).toBe("1 Jan 2026, 21:00");
  });

  it("counts between offsets and knows what it cannot read", () => {
    expect(secondsBetween("2026-05-12T09:00:00+03:00", "2026-05-12T06:00:30Z")).toBe(30);
    expect(secondsBetween("yesterday", "2026-05-12T06:00:30Z")).toBeNull();
  });
});
