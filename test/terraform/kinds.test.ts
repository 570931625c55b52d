import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { exampleStack, kindCases, type KindCase } from "../conformance/kind-case";
import { world } from "../conformance/world";
import type { Kind } from "../../src/resources";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(240_000);

type Stage = "create" | "update";
const managed = kindCases.find(([, kind]) => kind.family === "management")!;
const hidden = kindCases.find(([, kind]) => kind.family === "taxonomy")!;

/** Example keys that need something beside the example: where a key's value goes. */
const more: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  amplitude_api_key: { value_in_state: true },
};
/** A property is listed with its place only: it is taken over by its line, never imported. */
const importable = kindCases.filter(([, kind]) => kind !== hidden[1]);
/** What the example of one kind needs of another's. */
const needs: Readonly<Record<string, readonly string[]>> = {
  amplitude_organization_role: ["amplitude_user.it"],
};

function block(kind: Kind, stage: Stage, unprotected: boolean): Readonly<Record<string, unknown>> {
  const dependencies = needs[kind.type];
  return {
    ...exampleStack(kind, stage).resources[`${kind.type}.it`],
    ...more[kind.type],
    ...(unprotected && kind.attributes["deletion_protection"] !== undefined
      ? { deletion_protection: false }
      : {}),
    ...(dependencies === undefined ? {} : { depends_on: dependencies }),
  };
}

function stack(stage: Stage, { unprotected = false, imports = false } = {}): string {
  return JSON.stringify({
    resource: Object.fromEntries(
      kindCases.map(([type, kind]) => [type, { it: block(kind, stage, unprotected) }]),
    ),
    ...(imports
      ? { import: importable.map(([type, kind]) => ({ to: `${type}.it`, id: importId(kind) })) }
      : {}),
  });
}

const importId = (kind: Kind): string => {
  const values = block(kind, "create", false) as Readonly<Record<string, string | number | undefined>>;
  return kind.key.map((name) => encodeURIComponent(values[name] ?? "")).join("/");
};

const tampers = ([, , { tamper }]: readonly [string, Kind, KindCase]) => tamper;

acceptance("every kind", () => {
  let installation: Installation;
  let site: Workspace;

  beforeAll(async () => {
    installation = new Installation().build();
    const seed = world(managed[1]);
    const projectKeys = join(installation.folder, "project-keys.json");
    const pair = { api_key: "project-us-288501", secret_key: "project-secret-us-288501" };
    writeFileSync(projectKeys, JSON.stringify({ 288501: pair }), { mode: 0o600 });
    site = await Workspace.open({
      installation,
      attached: true,
      env: { AMPLITUDE_PROJECT_KEYS_FILE: projectKeys },
      seed: {
        ...seed,
        properties: world(hidden[1]).properties,
        people: seed.people?.filter(({ email }) => email !== "tyra@nova.agency"),
        // Its group comes while terraform waits for it.
        identityProvider: { ...seed.identityProvider!, every: 25 },
      },
    });
    site.write("");
  });
  afterAll(async () => {
    await site.close();
    installation.remove();
  });

  it("is created, and a plan finds nothing to do", async () => {
    site.file("stack.tf.json", stack("create"));
    const { text } = await site.apply();
    expect(text).toContain(`${kindCases.length} added, 0 changed, 0 destroyed`);
    await site.nothingToDo();
  });

  it("is updated in place, and a plan finds nothing to do", async () => {
    site.file("stack.tf.json", stack("update", { unprotected: true }));
    const { text } = await site.apply();
    const updates = kindCases.filter(
      ([, kind]) => kind.example.update !== undefined || kind.attributes["deletion_protection"] !== undefined,
    );
    expect(text).toContain(`0 added, ${updates.length} changed, 0 destroyed`);
    await site.nothingToDo();
  });

  it("drifts by hand: refresh-only shows it, an apply repairs it", async () => {
    for (const change of kindCases.map(tampers)) await site.ui(change);
    await site.changes("-refresh-only");
    await site.apply();
    await site.nothingToDo();
  });

  it("is made again when it is gone", async () => {
    // A person who is gone has no role to take away.
    for (const [type, , { takeAway }] of kindCases)
      if (takeAway !== undefined && needs[type] === undefined) await site.ui(takeAway);
    await site.control("POST", "idp/sync", {});
    await site.apply();
    await site.nothingToDo();
  });

  it("is imported by its key", async () => {
    await site.expect(0, "state", "rm", ...importable.map(([type]) => `${type}.it`));
    site.file("stack.tf.json", stack("update", { unprotected: true, imports: true }));
    const { text } = await site.apply();
    expect(text).toContain(`${importable.length} imported, 0 added`);
    await site.nothingToDo();
  });

  it("is destroyed, and leaves nothing that it made", async () => {
    const { text } = await site.expect(0, "destroy", "-auto-approve");
    expect(text).toContain(`${kindCases.length} destroyed`);
  });
});
