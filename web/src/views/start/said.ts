/** Sentences that the service says of files in English, in the words of the page. */

import { useCallback } from "react";
import { useWords } from "../../i18n";

/** What a sentence looks like and what it is called; names in it are kept as they are. */
const KNOWN: [RegExp, string][] = [
  [/^(?<column>.+) '(?<value>.*)' cannot be read as a time\.$/s, "time_unreadable"],
  [/^(?<column>.+) '(?<value>.*)' is an impossible date or time\.$/s, "time_impossible"],
  [/^(?<column>.+) '(?<value>.*)' lies outside the years (?<from>\d+)\.\.(?<to>\d+)\.$/s, "time_outside"],
  [/^(?<column>.+) '(?<value>.*)' is a time of day without a date\.$/s, "time_no_date"],
  [/^(?<column>.+) '(?<value>.*)' cannot be read as a time of day\.$/s, "clock_unreadable"],
  [/^(?<column>.+) '(?<value>.*)' is an impossible time of day\.$/s, "clock_impossible"],
  [/^(?<column>.+) '(?<value>.*)' is a time of day beside a date that has another one\.$/s, "clock_twice"],
  [
    /^Column '(?<column>.*)' was taken for the time of day of '(?<date>.*)'\. If that is wrong/s,
    "clock_taken",
  ],
  [/^No time: the column '(?<column>.*)' is empty\.$/s, "no_time"],
  [/^No activity: the column '(?<column>.*)' is empty\.$/s, "no_activity"],
  [/^No customer(?:_id)?: (?:the column )?(?<column>.*) (?:is|are) empty\.$/s, "no_customer"],
  [/^No kind: the column '(?<column>.*)' is empty\.$/s, "no_kind"],
  [/^No milestone: (?<column>.*) are all empty\.$/s, "no_milestone"],
  [/^(?<column>.+) '(?<value>.*)' is not a number\.$/s, "no_number"],
  [/^kind '(?<value>.*)' is none of (?<known>.*)\.$/s, "kind_unknown"],
  [/^actor '(?<value>.*)' is none of (?<known>.*)\.$/s, "actor_unknown"],
  [/^The score is outside (?<from>\S+)\.\.(?<to>\S+), the scale of (?<kind>.*)\.$/s, "score_outside"],
  [/^Neither score nor text\.$/, "nothing_said"],
  [/^A quote is opened and never closed\.$/, "quote_open"],
  [/^The row has (?<n>\d+) fields where the header has (?<all>\d+)\.$/, "fields"],
  [/^The line is no JSON: (?<value>.*)\.$/s, "no_json"],
  [/^(?<file>.+) is empty\.$/s, "empty_file"],
  [/^(?<file>.+) has no rows\.$/s, "no_rows"],
  [/^(?<file>.+) is not a text table as its name says: it is (?<what>.*)\.$/s, "not_a_table"],
  [/^(?<file>.+) is not XLSX as its name says: it is (?<what>.*)\.$/s, "not_a_workbook"],
  [/^(?<file>.+): files of the kind '(?<value>.*)' are not read\.$/s, "unknown_kind"],
  [/^(?<file>.+) is broken: its compressed data cannot be unpacked or breaks off\.$/s, "broken_packing"],
  [
    /^None of the (?<n>\d+) rows of (?<file>.+) can be read: scores are numbers, and '(?<column>.*)' has (?<words>.*)\.$/s,
    "scores_in_words",
  ],
  [/^Some rows have fewer fields than the header, line (?<line>\d+) the first/, "short_rows"],
  [/^None of the (?<n>\d+) rows of (?<file>.+) can be read; (?<rest>.*)$/s, "none_readable"],
  [/^Dates such as '(?<value>.*)' in column '(?<column>.*)' can be day\/month or month\/day/s, "ambiguous"],
  [/^There is no room for (?<file>.+): it has (?<size>\S+) MB, and (?<free>\S+) MB are free\.$/s, "no_room"],
  [/^No space left on device/, "disk_full"],
  [/^(?<file>.+) was loaded(?<known> as .+)? on (?<when>\S+), read in another manner/s, "loaded_otherwise"],
  [/^The same file is here already; other things are taken from its rows now\.$/, "read_otherwise"],
  [/^Column '(?<column>.*)' holds no numbers and was kept as an attribute, not taken for/s, "not_numbers"],
  [/^Column '(?<column>.*)' holds no times and was kept as an attribute, not taken for/s, "not_times"],
  [
    /^Numbers in column '(?<column>.*)' were taken for days of Excel: (?<value>\S+) is (?<moment>.*)\.$/s,
    "excel_days",
  ],
  [/^(?<n>[\d,]+) rows? lies? in the future, the latest at (?<day>\S+)\.$/, "in_future"],
  [
    /^(?<n>[\d,]+) rows lie in the future, the earliest at (?<first>\S+), the latest at (?<day>\S+)\.$/,
    "in_future_from",
  ],
  [/^(?<n>[\d,]+) rows? lies? before (?<year>\d+), the earliest at (?<day>\S+)\.$/, "long_ago"],
  [/^(?<file>.+) has a header and no rows: nothing was loaded from it\.$/s, "only_header"],
  [/^There is no load to take back/, "no_undo"],
  [/^The last load cannot be taken back any more/, "undo_gone"],
  [/^Another load is the last one by now/, "undo_another"],
  [/^The workbook has (?<n>\d+) sheets; '(?<value>.*)', the first, was read\.$/s, "first_sheet"],
  [/^Column (?<n>\d+) has no name and was not loaded\.$/, "nameless"],
  [
    /^The map binds one event to two touchpoints: '(?<one>.*)' and '(?<other>.*)' both bind/s,
    "two_touchpoints",
  ],
];

/** Those for which the page knows a mend of its own. */
const MENDED = [
  "ambiguous",
  "none_readable",
  "scores_in_words",
  "loaded_otherwise",
  "unknown_kind",
  "not_a_table",
  "not_a_workbook",
  "broken_packing",
  "no_room",
  "disk_full",
  "empty_file",
  "no_rows",
];

export interface Said {
  text: string;
  /** How to mend it, in words of the page; empty where it has none. */
  mend: string;
}

/** Says a sentence of the service in the person's language; one that is not known is shown as it came. */
export function useSaid(): (text: string) => Said {
  const { t } = useWords();
  return useCallback(
    (text) => {
      for (const [pattern, word] of KNOWN) {
        const match = pattern.exec(text);
        if (!match) continue;
        return {
          text: t(`start.said.${word}` as "start.said.no_time", { ...match.groups }),
          mend: MENDED.includes(word) ? t(`start.mend.${word}` as "start.mend.no_room") : "",
        };
      }
      return { text, mend: "" };
    },
    [t],
  );
}
