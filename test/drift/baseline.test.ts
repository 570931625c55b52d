import { acceptedNow, baselineText, parseBaseline, type Acceptance } from "../../src/drift";

const entry: Acceptance = {
  finding: "3f9a1c22d0b7e441",
  what: "mia@acme.com in agency-nova",
  reason: "month end",
  owner: "tom@acme.com",
  until: "2026-12-01",
};
const now = Date.parse("2026-11-24T02:00:00Z");
const at = (entries: readonly Acceptance[], more: Partial<Parameters<typeof acceptedNow>[1]> = {}) =>
  acceptedNow(entries, { found: new Set([entry.finding]), whole: true, now, ...more });

it("is read as it was written", () => {
  expect(parseBaseline(baselineText("7", [entry]), "baseline.json", "7")).toEqual([entry]);
});

it("accepts until the day has passed, and says so from then on", () => {
  expect(at([entry])).toEqual({ valid: new Map([[entry.finding, entry]]), notes: [] });
  const later = at([entry], { now: Date.parse("2026-12-02T00:00:00Z") });
  expect(later.valid.size).toBe(0);
  expect(later.notes).toEqual([
    "mia@acme.com in agency-nova: accepted by tom@acme.com until 2026-12-01, which has passed. It counts again.",
  ]);
});

it("says which entry is for nothing, unless only some was looked at", () => {
  const none = { found: new Set<string>() };
  expect(at([entry], none).notes).toEqual([
    "The baseline accepts 3f9a1c22d0b7e441 (mia@acme.com in agency-nova), and there is no such finding. Remove the entry.",
  ]);
  expect(at([entry], { ...none, whole: false }).notes).toEqual([]);
});

const written = (change: object) =>
  JSON.stringify({ ...(JSON.parse(baselineText("7", [entry])) as object), ...change });
it.each([
  ["no JSON", "{", /Cannot use the baseline baseline\.json\. It is not JSON: .* Nothing was accepted/],
  ["a newer format", written({ version: 2 }), /It is of version 2, and this program reads version 1/],
  ["something else", written({ format: "x" }), /format/],
  ["another organization", written({ organization: "8" }), /of organization 8, and this run is for 7/],
  ["a finding twice", written({ accepted: [entry, entry] }), /accepts the finding 3f9a1c22d0b7e441 twice/],
  ["no reason", written({ accepted: [{ ...entry, reason: " " }] }), /says nothing.*reason/],
  ["no owner", written({ accepted: [{ ...entry, owner: "Tom" }] }), /e-mail.*owner/],
  ["no end", written({ accepted: [{ ...entry, until: "soon" }] }), /"soon" is not a date.*until/],
  ["a field too many", written({ accepted: [{ ...entry, for: "ever" }] }), /Unrecognized key.*for/],
  ["no id", written({ accepted: [{ ...entry, finding: "D1" }] }), /not the id of a finding/],
])("refuses %s", (_name, text, message) => {
  expect(() => parseBaseline(text, "baseline.json", "7")).toThrow(message);
});
