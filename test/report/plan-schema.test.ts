import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import { jsonText, viewOf } from "../../src/report";
import type { Harness } from "../support/harness";
import { agencyArrives, hostile, hostileNames } from "./situations";

const schema = JSON.parse(readFileSync(join(__dirname, "../../docs/plan-schema.json"), "utf8")) as object;
const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false }).compile(schema);
const printed = async (site: Harness): Promise<string> => jsonText(viewOf(await site.plan(), "apply"));

describe("plan --format json", () => {
  it.each([
    ["an agency that arrives", agencyArrives],
    ["hostile names", hostile],
  ])("is of its published schema: %s", async (_, situation) => {
    validate(JSON.parse(await printed(situation())));
    expect(validate.errors ?? []).toEqual([]);
  });

  it("fails another validator where a field is missing, or is one too many", async () => {
    const { read: _read, ...rest } = JSON.parse(await printed(agencyArrives())) as Record<string, unknown>;
    expect(validate(rest)).toBe(false);
    expect(validate({ ...rest, read: _read })).toBe(true);
    expect(validate({ ...rest, read: _read, more: 1 })).toBe(false);
  });

  it("gives every name back as it is, and holds none that a terminal interprets", async () => {
    const text = await printed(hostile());
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/u);
    const groups = (JSON.parse(text) as { steps: { values: { group?: string } }[] }).steps.map(
      ({ values }) => values.group,
    );
    for (const name of hostileNames) expect(groups).toContain(name);
  });
});
