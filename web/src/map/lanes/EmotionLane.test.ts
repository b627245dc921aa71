import { describe, expect, it } from "vitest";
import type { TouchpointRow } from "../../api";
import type { Column } from "../model";
import { apartOf } from "../mood";
import { CURVE_HEIGHT, markShift, moodScale, moodTextAt } from "./EmotionLane";

const column = (emotion: number | null, mark: number | null): Column => ({
  index: 0,
  name: "Form",
  stage: 0,
  firstOfStage: true,
  row:
    emotion === null
      ? null
      : ({ emotion, emotion_low: emotion - 5, emotion_high: emotion + 5, emotion_n: 90 } as TouchpointRow),
  drawn: mark === null ? null : { touchpoint: "Form", emotion: mark },
  empty: false,
  written: [],
});

describe("what is written at the curve of emotions", () => {
  const marks = [null, -2, -1, 0, 1, 2];
  const moods = Array.from({ length: 41 }, (_, i) => i * 5 - 100);
  const all = moods.flatMap((emotion) => marks.map((mark) => column(emotion, mark)));
  const { height } = moodScale(all);

  it("stands on the outer side of the face where nothing else is there", () => {
    expect(moodTextAt(column(60, null), height)).toBeLessThan(height(60));
    expect(moodTextAt(column(-60, null), height)).toBeGreaterThan(height(-60));
  });

  it("never lies on the author's mark or its words, nor on the flag, nor out of the lane", () => {
    for (const one of all) {
      const text = moodTextAt(one, height);
      expect(text).toBeGreaterThan(8);
      expect(text + 8).toBeLessThanOrEqual(apartOf(one) === null ? CURVE_HEIGHT : CURVE_HEIGHT - 24);
      if (one.drawn?.emotion == null) continue;
      const mark = height(Number(one.drawn.emotion) * 50);
      expect(Math.abs(mark - text), `${one.row?.emotion} ${one.drawn.emotion}`).toBeGreaterThanOrEqual(16);
      expect(Math.abs(mark + markShift(mark, text) - text)).toBeGreaterThanOrEqual(16);
    }
  });
});
