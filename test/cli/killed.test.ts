import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type RunningEmulator, type State } from "../../src/emulator";
import { parseReceipt, type Receipt } from "../../src/reconcile";
import { acmeSeed, at, environment, nova, stackFile } from "./acme";
import { Workplace, type Printed } from "./command-line";
import { intercept } from "./interception";

const RUN = "apply --yes --config stack.json --base base.json --evidence evidence";
/** No process has this number. */
const NOBODY = 2 ** 30;

const production = "${data.amplitude_project.production.id}";
const members = nova(["ana@nova.agency", "jo@nova.agency"], "Manager");
/** Invitations, a new group, members, roles, a project, a module, a leaver: every sort of request but keys, whose loss is another matter. */
const stack = stackFile({
  resource: {
    ...members,
    amplitude_group: {
      ...members["amplitude_group"],
      eng: at("acme/eng", { name: "eng", members: ["mia@acme.com", "ida@acme.com"] }),
      open: at("acme/open", { name: "open" }),
    },
    amplitude_user: { ben: at("acme/ben", { email: "ben@acme.com", given_name: "Ben" }) },
    amplitude_group_membership: {
      ben: at("acme/open/ben", { group_id: "${amplitude_group.open.id}", email: "ben@acme.com" }),
    },
    amplitude_project: {
      lab: at("acme/lab", { name: "Lab", environment: "staging", add_ons: ["experiment"] }),
    },
    amplitude_project_role_assignment: {
      ...members["amplitude_project_role_assignment"],
      eng: at("acme/eng/lab", {
        principal_type: "group",
        principal: "${amplitude_group.eng.id}",
        project_id: "${amplitude_project.lab.id}",
        role: "Member",
      }),
    },
    amplitude_module_grant: {
      mia: at("acme/mia", {
        principal_type: "user",
        principal: "mia@acme.com",
        project_id: production,
        module: "experiment_analyst",
      }),
    },
    amplitude_organization_role: { mia: at("acme/mia/role", { email: "mia@acme.com", role: "manager" }) },
    amplitude_leaver: { leo: at("acme/leo", { email: "leo@nova.agency", left_on: "2026-11-20" }) },
  },
});
const seed = {
  ...acmeSeed,
  projects: acmeSeed.projects?.map((project) => ({ ...project, addOns: ["experiment" as const] })),
  switches: { management: "served" as const },
};

interface Site {
  readonly place: Workplace;
  readonly running: RunningEmulator;
  readonly run: () => Promise<Printed>;
  readonly close: () => Promise<void>;
}

async function opened(): Promise<Site> {
  const place = new Workplace();
  place.write("stack.json", stack);
  const running = await startEmulator({ seed, clock: "virtual" });
  const env = { ...environment(running.url), AMPLITUDE_MANAGEMENT_URL: running.url };
  return {
    place,
    running,
    run: () => place.run(RUN, { env }),
    close: async () => {
      await running.close();
      place.remove();
    },
  };
}

const isWrite = ({ method, url }: Request): boolean => method !== "GET" && !/_emulator|audit-logs/.test(url);

function live({ people, groups, projects, assignments, modules }: State): string[] {
  const group = (id: string | number): string =>
    groups.find((each) => String(each.id) === String(id) || each.name === id)?.name ?? String(id);
  return [
    ...people.map(
      ({ email, givenName, organizationRole }) => `${email} ${givenName ?? ""} ${organizationRole}`,
    ),
    ...groups.map(({ name, members: all }) => `${name}: ${[...all].sort().join()}`),
    ...projects.map(({ name, environment: of, addOns }) => `${name} ${of} ${addOns.join()}`),
    ...assignments.map(({ principal, project, role }) => `${group(principal)} ${project} ${role}`),
    ...modules.map(({ principal, project, module }) => `${principal} ${project} ${module}`),
  ]
    .map((line) => line.replace(String(projects.find(({ name }) => name === "Lab")?.id), "LAB"))
    .sort();
}

const receipts = (place: Workplace): Receipt[] =>
  place
    .files()
    .filter((name) => name.startsWith("evidence/"))
    .map((name) => parseReceipt(place.read(name), name));

const doneIn = (receipt: Receipt | undefined): string[] =>
  (receipt?.steps ?? [])
    .filter(({ outcome, requests }) => outcome === "done" && requests.length > 0)
    .map(({ text }) => text);

describe("an apply is killed", () => {
  /** Steps of a run that nothing disturbs. */
  let order: string[];
  let undisturbed: string[];
  let requests: number;
  beforeAll(async () => {
    const { place, running, run, close } = await opened();
    expect((await run()).exitCode).toBe(0);
    order = doneIn(receipts(place)[0]);
    undisturbed = live(running.emulator.state());
    requests = running.emulator.requests.filter(
      ({ method, family }) => method !== "GET" && family !== "audit-log",
    ).length;
    await close();
  });

  /** Dies at a request that writes: nothing answers any more, and on disk is what was there in that moment. */
  async function killed(
    { place, running, run }: Site,
    nth: number,
    tookEffect: boolean,
  ): Promise<{ readonly died: boolean }> {
    const grave = mkdtempSync(join(tmpdir(), "amplitude-access-killed-"));
    let [count, died] = [0, false];
    const restore = intercept(running.emulator, async (request, answer) => {
      if (died) throw new TypeError("gone");
      if (!isWrite(request) || ++count < nth) return await answer(request);
      if (tookEffect) await answer(request);
      died = true;
      cpSync(place.directory, grave, { recursive: true });
      throw new TypeError("gone");
    });
    await run();
    restore();
    rmSync(place.directory, { recursive: true });
    cpSync(grave, place.directory, { recursive: true });
    rmSync(grave, { recursive: true });
    // The process that held it is no more.
    if (place.files().includes("base.json.lock")) place.write("base.json.lock", `${hostname()} ${NOBODY}`);
    return { died };
  }

  async function dies(site: Site, nth: number, tookEffect: boolean): Promise<void> {
    expect(await killed(site, nth, tookEffect)).toEqual({ died: true });
    const [cut] = receipts(site.place);
    const steps = doneIn(cut);
    // Every request that was answered is in it, in its order; the one in flight is not.
    expect([cut?.end, steps]).toEqual([undefined, order.slice(0, steps.length)]);
    expect(steps.length).toBeGreaterThanOrEqual(nth - 1);
    expect(steps.length).toBeLessThan(order.length);

    const { exitCode, out } = await site.run();
    expect(out).toContain("Read again: as planned.");
    expect(exitCode).toBe(0);
    expect(live(site.running.emulator.state())).toEqual(undisturbed);
    const invited = site.running.emulator
      .state()
      .audit.filter(({ action }) => /invite/i.test(action))
      .map(({ target }) => target.toLowerCase());
    expect(invited.length).toBe(new Set(invited).size);
    expect(
      receipts(site.place)
        .map(({ end }) => end?.exitCode ?? "killed")
        .sort(),
    ).toEqual([0, "killed"]);
    expect(site.place.files().filter((name) => /journal|lock|tmp/.test(name))).toEqual([]);
  }

  it.each([
    ["before", false],
    ["after", true],
  ])(
    "right %s any of its requests takes effect: what it wrote down is readable, and the next run does the rest",
    async (_, tookEffect) => {
      expect(requests).toBeGreaterThan(12);
      for (let nth = 1; nth <= requests; nth++) {
        const site = await opened();
        await dies(site, nth, tookEffect).finally(() => site.close());
      }
    },
    120_000,
  );
});
