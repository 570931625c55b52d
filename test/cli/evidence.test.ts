import { promises, statSync, symlinkSync } from "node:fs";
import { startEmulator, type RunningEmulator } from "../../src/emulator";
import { parseReceipt, type Receipt } from "../../src/reconcile";
import { acmeSeed, at, environment, nova, stackFile } from "./acme";
import { Workplace, type Printed } from "./command-line";
import { intercept, invites } from "./interception";

const RUN = "--config stack.json --base base.json";
const names = ["ben", "eva", "ida"];
const resource = {
  ...nova(["ana@nova.agency", "jo@nova.agency"], "Manager"),
  amplitude_user: Object.fromEntries(
    names.map((name) => [name, at(`acme/${name}/Resource`, { email: `${name}@acme.com` })]),
  ),
};

describe("an apply leaves evidence", () => {
  let place: Workplace;
  let running: RunningEmulator;
  beforeEach(async () => {
    place = new Workplace();
    place.write("stack.json", stackFile({ resource }));
    running = await startEmulator({ seed: acmeSeed, clock: "virtual" });
  });
  afterEach(async () => {
    await running.close();
    place.remove();
  });

  const run = async (line: string, stop?: { requested: boolean }): Promise<Printed> =>
    await place.run(`${line} ${RUN}`, {
      env: environment(running.url),
      ...(stop === undefined ? {} : { stop }),
    });
  const receipts = (): Receipt[] =>
    place
      .files()
      .filter((name) => name.startsWith("evidence/"))
      .map((name) => parseReceipt(place.read(name), name));
  const writes = (): number =>
    running.emulator.requests.filter(({ method, family }) => method !== "GET" && family !== "audit-log")
      .length;
  const outcomes = ({ steps }: Receipt): string[] =>
    steps.filter(({ requests }) => requests.length > 0).map(({ text, outcome }) => `${text}: ${outcome}`);

  it("by which a later apply without the state knows that it is lost, unless somebody says so", async () => {
    expect((await run("apply --yes --evidence evidence")).exitCode).toBe(0);
    const before = writes();
    const lost = `--evidence evidence ${RUN.replace("base.json", "other.json")}`;
    const go = async (line: string) => await place.run(line, { env: environment(running.url) });
    const refused = await go(`apply --yes ${lost}`);
    expect(refused.exitCode).toBe(3);
    expect(refused.err + refused.out).toMatch(/no state file.*has written to organization 36958 before/s);
    expect(writes()).toBe(before);
    expect((await go(`plan ${RUN.replace("base.json", "other.json")}`)).exitCode).toBe(0);
    expect((await go(`apply --first --yes ${lost}`)).exitCode).toBe(0);
  });

  it("with the plan, each step and its requests, both readings, and what is left", async () => {
    expect((await run("apply --yes --evidence evidence")).exitCode).toBe(0);
    const [receipt] = receipts();
    expect(receipt?.head).toMatchObject({
      organization: { orgId: "36958" },
      stacks: ["acme"],
      plan: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      opened: [],
    });
    expect(outcomes(receipt as Receipt).sort()).toEqual([
      "agency-nova gains jo@nova.agency (invited by it): done",
      "agency-nova loses leo@nova.agency: done",
      "agency-nova: Member → Manager on Client Production: done",
      "invite ben@acme.com: done",
      "invite eva@acme.com: done",
      "invite ida@acme.com: done",
    ]);
    expect(receipt?.steps.flatMap(({ requests }) => requests)).toHaveLength(writes());
    expect(receipt?.steps[0]?.requests[0]).toMatchObject({ request: "POST /scim/1/Users", status: 201 });
    expect(receipt?.end).toMatchObject({ exitCode: 0, left: [] });
    expect(receipt?.end?.after).not.toBe(receipt?.head.before);
    // A second run that has nothing to do leaves none.
    expect((await run("apply --yes --evidence evidence")).exitCode).toBe(0);
    expect(receipts()).toHaveLength(1);
  });

  it("a request for several that is refused stands with each of them, and with no other", async () => {
    const members = ["ana@nova.agency", "leo@nova.agency", "mia@acme.com", "tom@acme.com"];
    place.write("stack.json", stackFile({ resource: { ...resource, ...nova(members, "Manager") } }));
    intercept(running.emulator, async (request, answer) =>
      request.method === "PATCH" && (await request.clone().text()).includes("mia@acme.com")
        ? Response.json({ detail: "not mia" }, { status: 400 })
        : await answer(request),
    );
    expect((await run("apply --yes --evidence evidence")).exitCode).toBe(1);
    const [receipt] = receipts();
    const statuses = receipt?.steps.map(({ text, requests }) => [
      text,
      ...requests.map(({ status }) => status),
    ]);
    expect(statuses).toContainEqual(["agency-nova gains mia@acme.com", 400, 400]);
    expect(statuses).toContainEqual(["agency-nova gains tom@acme.com", 400, 200]);
    expect(statuses?.filter(([text]) => !String(text).includes("gains")).flat()).not.toContain(400);
  });

  it.each([1, 4])(
    "Amplitude is gone after %d writes: the receipt says as much as was done, and --resume does the rest",
    async (count) => {
      let left = count;
      const restore = intercept(running.emulator, async (request, answer) => {
        const isWrite = request.method !== "GET" && !/_emulator|audit-logs/.test(request.url);
        if (isWrite && left-- <= 0) throw new TypeError("gone");
        if (left < 0) throw new TypeError("gone");
        return await answer(request);
      });
      expect((await run("apply --yes --evidence evidence")).exitCode).toBe(1);
      const [cut] = receipts();
      expect(cut?.end).toBeUndefined();
      expect(outcomes(cut as Receipt).filter((text) => text.endsWith(": done"))).toHaveLength(count);
      restore();
      const resumed = await run("apply --resume --evidence evidence");
      expect(resumed.exitCode).toBe(0);
      expect(receipts()).toHaveLength(2);
      const invited = running.emulator.state().audit.filter(({ action }) => /invite/i.test(action));
      expect(new Set(invited.map(({ target }) => target)).size).toBe(invited.length);
      expect((await run("plan --detailed-exitcode")).exitCode).toBe(0);
    },
  );

  it("--resume runs nothing that the first run was not approved for", async () => {
    const stop = { requested: false };
    const restore = intercept(running.emulator, (request, answer) => {
      if (invites(request)) stop.requested = true;
      return answer(request);
    });
    expect((await run("apply --yes --evidence evidence", stop)).exitCode).toBe(1);
    restore();
    place.write(
      "stack.json",
      stackFile({
        resource: {
          ...resource,
          amplitude_user: { ...resource.amplitude_user, max: at("acme/max", { email: "max@acme.com" }) },
        },
      }),
    );
    const { exitCode, out } = await run("apply --resume --evidence evidence");
    expect(out).toMatch(/not run +invite max@acme\.com\n +nobody approved this step/);
    expect(out).toMatch(/done +invite ida@acme\.com/);
    expect(exitCode).toBe(4);
  });

  it("nothing to resume, and a receipt that was edited, are refused", async () => {
    expect((await run("apply --resume --evidence evidence")).err).toMatch(
      /^error: There is nothing to resume/,
    );
    expect((await run("apply --resume")).err).toMatch(/^error: --resume without --evidence/);
    expect((await run("apply --yes --evidence evidence")).exitCode).toBe(0);
    const [name = ""] = place.files().filter((file) => file.startsWith("evidence/"));
    // One that was killed with its first line has done nothing: it is in nobody's way.
    place.write("evidence/2027-killed.receipt.jsonl", '{"content":{"for');
    expect((await run("apply --resume --evidence evidence")).exitCode).toBe(0);
    place.write(name, place.read(name).replace("invite ben", "invite eve"));
    const { exitCode, err } = await run("apply --resume --evidence evidence");
    expect(err).toMatch(/^error: Cannot use the receipt .*Line \d+ does not match its digest/);
    expect(exitCode).toBe(1);
  });

  it.each([
    ["is a file", () => void place.write("evidence", "a file")],
    ["leads nowhere", () => symlinkSync(place.path("gone/further"), place.path("evidence"))],
  ])("a folder that %s: nothing is written to Amplitude", async (_, make) => {
    make();
    const { exitCode, err } = await run("apply --yes --evidence evidence");
    expect(err).toMatch(/^error: Cannot write .*evidence/m);
    expect(exitCode).toBe(1);
    expect(writes()).toBe(0);
    expect(place.files()).not.toContain("base.json.lock");
  });

  it("a disk that is full: nothing is written to Amplitude", async () => {
    // Every write to this device says that there is no space left.
    const handle = await promises.open("/dev/full", "w").catch(() => undefined);
    if (handle === undefined) return;
    const opened = jest.spyOn(
      Object.getPrototypeOf(handle) as { writeFile: () => Promise<void> },
      "writeFile",
    );
    opened.mockImplementation(async function (this: { fd: number }, text?: unknown) {
      if (String(text).includes("amplitude-access/receipt"))
        await promises.writeFile("/dev/full", String(text));
    });
    await handle.close();
    try {
      const { exitCode, err } = await run("apply --yes --evidence evidence");
      expect(err).toMatch(/^error: Cannot write .*evidence.*ENOSPC/m);
      expect(exitCode).toBe(1);
      expect(writes()).toBe(0);
    } finally {
      opened.mockRestore();
    }
  });

  it("a disk that fills up on the way: the run ends, what it did is kept, and the next one does the rest", async () => {
    const handle = await promises.open("/dev/full", "w").catch(() => undefined);
    if (handle === undefined) return;
    const files = Object.getPrototypeOf(handle) as { writeFile: (text: string) => Promise<void> };
    const write = Reflect.get(files, "writeFile");
    await handle.close();
    let lines = 0;
    const full = jest.spyOn(files, "writeFile").mockImplementation(async function (this: typeof files, text) {
      if (text.includes('"outcome":"done"') && ++lines > 2) await promises.writeFile("/dev/full", text);
      await write.call(this, text);
    });
    const ended = await run("apply --yes --evidence evidence").finally(() => full.mockRestore());
    expect(ended.err).toMatch(/^error: Cannot write .*evidence.*ENOSPC/m);
    expect(ended.exitCode).toBe(1);
    expect(writes()).toBe(3);
    const [cut] = receipts();
    expect(outcomes(cut as Receipt)).toHaveLength(2);
    expect((await run("apply --yes --evidence evidence")).exitCode).toBe(0);
    expect(writes()).toBe(6);
  });

  it("only its owner may read it", async () => {
    await run("apply --yes --evidence evidence");
    const [name = ""] = place.files().filter((file) => file.startsWith("evidence/"));
    expect(statSync(place.path(name)).mode & 0o777).toBe(0o600);
  });
});
