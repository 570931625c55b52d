import type { Emulator, State } from "../../src/emulator";
import type { Harness } from "../support/harness";
import { addedBy, edges, synced, violations, type Bounds } from "./oracle";
import type { Trouble } from "./trouble";
import { providerOf } from "./seed";
import { IDP_GROUP, people, type World } from "./world";

/** What must not have happened, with everything that did. */
export class Violation extends Error {}

/** Stands between the runs and the emulator: makes trouble, and looks at what every write of ours leaves. */
export class Watch {
  readonly log: string[] = [];
  /** Whom writes of ours took out of the organization or a group, and whom they let in, in this run. */
  readonly removed = new Set<string>();
  readonly invited = new Set<string>();
  /** Who may lose something for a while: somebody approved it. */
  readonly gaps = new Set<string>();
  /** Timeouts and deaths. */
  struck = 0;
  dead = false;
  readonly #site: Harness;
  readonly #world: World;
  readonly #bounds: Bounds;
  readonly #answer: Emulator["fetch"];
  /** Whose access others have broken: the promise is not about them any more. */
  readonly #spoiled = new Set<string>();
  readonly #trouble: Trouble;
  readonly #timeouts: { readonly method: string; skip: number; left: number; readonly after: boolean }[];
  readonly #provided: Set<string>;
  readonly #over = new Set<object>();
  #seen: State | undefined;
  #last: Promise<void> = Promise.resolve();
  #asked = 0;
  #requests = 0;
  #writes = 0;
  #atBirth: Harness["base"];
  #atDeath: Harness["base"];
  readonly #found: string[] = [];
  #troubled = true;

  constructor(site: Harness, world: World, trouble: Trouble, bounds: Bounds) {
    this.#site = site;
    this.#world = world;
    this.#trouble = trouble;
    this.#bounds = bounds;
    this.#provided = new Set(world.before.groups[IDP_GROUP]);
    this.#timeouts = trouble.faults.flatMap(({ match: { method }, skip, times, fault }) =>
      fault.type === "timeout" ? [{ method, skip, left: times, after: fault["when"] === "after" }] : [],
    );
    this.#answer = site.emulator.fetch;
    Object.assign(site.emulator, { fetch: (request: Request) => this.#fetch(request) });
  }

  /** Whether a run waits for others. */
  get waits(): boolean {
    return this.#troubled && this.#trouble.waits && this.#trouble.runs === "alone";
  }

  /** Others do all of their part. */
  async others(): Promise<void> {
    for (const email of people) this.#moveAtProvider(email);
    await this.#others("the identity provider does its part while it is waited for", () => this.#sync());
  }

  /** A run has ended as waiting: others do some of their part, or more than that. */
  async between(): Promise<void> {
    const { moves, beyond } = this.#trouble.between;
    for (const email of moves) this.#moveAtProvider(email);
    if (beyond !== undefined && !this.#provided.delete(beyond)) this.#provided.add(beyond);
    const more = beyond === undefined ? "" : `, and moves ${beyond}`;
    const { takesOut } = this.#trouble;
    if (takesOut !== undefined)
      await this.#others(`${takesOut} is taken out by hand`, () =>
        this.#site.ui({ type: "remove_person", email: takesOut }),
      );
    await this.#others(`the identity provider does its part for ${moves.join(", ")}${more}`, () =>
      this.#sync(),
    );
  }

  /** Nothing goes wrong any more, and the identity provider does what is left of its part. */
  async calm(): Promise<void> {
    this.#troubled = false;
    await this.#site.heal();
    for (const email of people) this.#moveAtProvider(email);
    await this.#others("the identity provider does the rest", () => this.#sync());
  }

  /** A process begins. */
  born(): void {
    this.#atBirth = this.#site.base;
    this.dead = false;
    this.gaps.clear();
    this.#found.length = 0;
    this.removed.clear();
    this.invited.clear();
  }

  /** What a dead process would still have written down is not written. */
  buried(): void {
    if (this.dead) this.#site.base = this.#atDeath;
    this.dead = false;
  }

  /** Throws the first violation, with what led to it. */
  report(): void {
    const found = this.#found.find((text) => !this.#isAllowed(text));
    if (found !== undefined) this.violated(found);
  }

  violated(what: string): never {
    throw new Violation([what, ...this.log].join("\n  "));
  }

  async #fetch(request: Request): Promise<Response> {
    if (this.dead) throw lost("ECONNREFUSED");
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/_emulator")) return await this.#answer(request);
    const isWrite = request.method !== "GET" && !pathname.includes("audit");
    if (this.#troubled) {
      await this.#held();
      await this.#alone(() => this.#events(isWrite));
    }
    return isWrite ? await this.#alone(() => this.#write(request, pathname)) : await this.#timed(request);
  }

  /** Two runs at once come to their turn in an order that is drawn. */
  async #held(): Promise<void> {
    const { runs, turns } = this.#trouble;
    if (runs !== "together") return;
    for (let left = turns[this.#asked++ % turns.length] ?? 0; left > 0; left--)
      await new Promise((turn) => setImmediate(turn));
  }

  /** What changes the organization does so one at a time, so that it is known who changed what. */
  async #alone<T>(act: () => Promise<T>): Promise<T> {
    const before = this.#last;
    let end = (): void => undefined;
    this.#last = new Promise((ended) => (end = ended));
    await before;
    try {
      return await act();
    } finally {
      end();
    }
  }

  async #write(request: Request, pathname: string): Promise<Response> {
    if (this.dead) throw lost("ECONNREFUSED");
    const death =
      this.#troubled && this.#trouble.runs !== "together"
        ? this.#trouble.crashes.find((crash) => crash.at === this.#writes - 1 && !this.#over.has(crash))
        : undefined;
    if (death !== undefined) {
      this.#over.add(death);
      if (!death.after) return this.#die();
    }
    const said = `${request.method} ${decodeURIComponent(pathname)} ${await request.clone().text()}`;
    const first = this.#now();
    let status = "no answer";
    try {
      const response = await this.#timed(request);
      status = String(response.status);
      return death === undefined ? response : this.#die();
    } finally {
      this.log.push(`${said.slice(0, 300)}: ${status}`);
      this.#seen = undefined;
      await this.#judge(first, this.#now());
    }
  }

  #die(): never {
    this.#atDeath = this.#trouble.forgets === true ? this.#atBirth : this.#site.base;
    this.dead = true;
    this.struck += 1;
    this.log.push("the process dies");
    throw lost("ECONNREFUSED");
  }

  /** A request that is never answered. The emulator's own fault would have us wait for it. */
  async #timed(request: Request): Promise<Response> {
    const fault = this.#troubled
      ? this.#timeouts.find(({ method, left }) => left > 0 && (method === "*" || method === request.method))
      : undefined;
    if (fault === undefined || fault.skip-- > 0) return await this.#answer(request);
    fault.left -= 1;
    this.struck += 1;
    if (fault.after) await this.#answer(request);
    throw lost("ETIMEDOUT");
  }

  async #events(isWrite: boolean): Promise<void> {
    const [requests, writes] = [this.#requests++, isWrite ? this.#writes++ : undefined];
    for (const event of this.#trouble.events) {
      if (this.#over.has(event) || event.at !== (event.of === "requests" ? requests : writes)) continue;
      this.#over.add(event);
      const { moves, syncs } = event;
      const said = [
        ...(moves === undefined ? [] : [`the identity provider moves ${moves}`]),
        ...(syncs ? ["sync"] : []),
      ];
      await this.#others(said.join(", "), async () => {
        if (moves !== undefined) this.#moveAtProvider(moves);
        await this.#provider();
        if (syncs) await this.#sync();
      });
    }
  }

  #moveAtProvider(email: string): void {
    const { after, kept } = this.#world;
    if (after.groups[IDP_GROUP]?.includes(email) === true || kept?.includes(email) === true)
      this.#provided.add(email);
    else this.#provided.delete(email);
  }

  async #provider(): Promise<void> {
    await this.#control("PUT", "/idp", providerOf(this.#world, [...this.#provided]));
  }

  async #sync(): Promise<void> {
    await this.#provider();
    await this.#control("POST", "/idp/sync");
  }

  async #control(method: string, path: string, body?: object): Promise<void> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await this.#answer(new Request(`http://127.0.0.1/_emulator${path}`, init));
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  }

  /** What others do is no fault of ours; whom it harms is left out from then on. */
  async #others(what: string, act: () => Promise<void>): Promise<void> {
    this.log.push(what);
    const known = await this.#everything();
    await act();
    this.#seen = undefined;
    for (const text of await this.#everything()) {
      if (known.has(text)) continue;
      this.log.push(`  which brings about: ${text}`);
      for (const email of people) if (text.includes(email)) this.#spoiled.add(email);
    }
  }

  /** Nothing but a write of ours and what others do changes it. */
  #now(): State {
    return (this.#seen ??= this.#site.emulator.state());
  }

  async #everything(): Promise<Set<string>> {
    const state = this.#now();
    return new Set([...violations(state, this.#bounds), ...violations(await synced(state), this.#bounds)]);
  }

  async #judge(first: State, then: State): Promise<void> {
    const [was, is] = [edges(first), edges(then)];
    for (const edge of was) {
      const email = people.find((person) => edge === `person ${person}` || edge.endsWith(` has ${person}`));
      if (email !== undefined && !is.has(edge) && !edge.startsWith(IDP_GROUP)) this.removed.add(email);
    }
    for (const email of people)
      if (is.has(`person ${email}`) && !was.has(`person ${email}`)) this.invited.add(email);
    const found = (await addedBy(first, then, this.#bounds)).filter((text) => !this.#isSpoiled(text));
    for (const text of found) this.log.push(`  BUT: ${text}`);
    this.#found.push(...found);
  }

  #isAllowed(text: string): boolean {
    return text.startsWith("P3") && [...this.gaps].some((email) => text.includes(email));
  }

  #isSpoiled(text: string): boolean {
    return [...this.#spoiled].some((email) => text.includes(email));
  }
}

function lost(code: string): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}
