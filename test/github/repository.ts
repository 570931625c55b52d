import { createHash } from "node:crypto";

/** Files by path; undefined takes one away. */
export type Change = Readonly<Record<string, string | undefined>>;

export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly files: ReadonlyMap<string, string>;
}

export interface User {
  readonly id: number;
  readonly login: string;
  readonly type: string;
}

export interface Pull {
  readonly number: number;
  readonly author: User;
  readonly branch: string;
  readonly headRepository: number;
  base: string;
  head: string;
  state: "open" | "closed";
  readonly createdAt: string;
  closedAt?: string;
  mergedAt?: string;
  mergeCommit?: string;
  readonly reviews: object[];
  /** Commits that it brought, its merge too. */
  readonly commits: Set<string>;
  readonly events: object[];
}

/** A repository of GitHub as its pages and pushes make it: commits, pull requests, reviews. */
export class Repository {
  readonly commits = new Map<string, Commit>();
  readonly pulls: Pull[] = [];
  readonly activities: object[] = [];
  readonly branches = new Map<string, string>();
  /** Who may write. */
  readonly writers = new Set<string>();
  /** Active members, by `org/team`. */
  readonly teams = new Map<string, Set<string>>();
  #now = Date.parse("2026-11-23T08:00:00Z");

  /** A second later every time. */
  now(): string {
    this.#now += 1000;
    return new Date(this.#now).toISOString();
  }

  user(login: string): User {
    const id = createHash("sha256").update(login.toLowerCase()).digest().readUInt32BE(0);
    return { id, login, type: login.endsWith("[bot]") ? "Bot" : "User" };
  }

  commit(parents: readonly string[], change: Change): string {
    const files = new Map(this.commits.get(parents[0] ?? "")?.files ?? []);
    for (const [path, text] of Object.entries(change)) {
      if (text === undefined) files.delete(path);
      else files.set(path, text);
    }
    const sha = createHash("sha1")
      .update(JSON.stringify([parents, [...files], this.commits.size]))
      .digest("hex");
    this.commits.set(sha, { sha, parents, files });
    return sha;
  }

  /** Pushes a commit to a branch. */
  push(branch: string, change: Change, by: string): string {
    const before = this.branches.get(branch);
    const sha = this.commit(before === undefined ? [] : [before], change);
    this.#record(branch, sha, before === undefined ? "branch_creation" : "push", by);
    return sha;
  }

  /** A pull request from a branch of its own, pushed by its author unless somebody else is named. */
  open(
    change: Change,
    more: { author?: string; pusher?: string; base?: string; branch?: string } = {},
  ): Pull {
    const { author = "eva", base = "main", branch = `change-${this.pulls.length + 1}` } = more;
    if (!this.branches.has(branch)) {
      const head = this.commit([this.branches.get(base) ?? ""], change);
      this.#record(branch, head, "branch_creation", more.pusher ?? author);
    }
    const head = this.branches.get(branch) ?? "";
    const pull: Pull = {
      number: this.pulls.length + 1,
      author: this.user(author),
      branch,
      headRepository: 1,
      base,
      head,
      state: "open",
      createdAt: this.now(),
      reviews: [],
      commits: new Set([head]),
      events: [],
    };
    this.pulls.push(pull);
    return pull;
  }

  /** One more commit of a pull request. */
  update(pull: Pull, change: Change, by: string): void {
    pull.head = this.push(pull.branch, change, by);
    pull.commits.add(pull.head);
  }

  review(pull: Pull, login: string, state = "APPROVED", commit = pull.head): void {
    pull.reviews.push({
      id: 2200 + pull.number * 10 + pull.reviews.length,
      user: this.user(login),
      state,
      commit_id: commit,
      submitted_at: this.now(),
    });
  }

  /** Merges into the base branch, as GitHub's three buttons do. */
  merge(pull: Pull, how: "merge" | "squash" | "rebase" = "merge"): string {
    const tip = this.branches.get(pull.base) ?? "";
    const change = this.changeOf(pull);
    let sha: string;
    if (how === "merge") sha = this.commit([tip, pull.head], change);
    else {
      const parts =
        how === "squash" ? [change] : Object.entries(change).map(([path, text]) => ({ [path]: text }));
      sha = parts.reduce((parent, part) => {
        const next = this.commit([parent], part);
        pull.commits.add(next);
        return next;
      }, tip);
    }
    pull.commits.add(sha);
    const at = this.now();
    Object.assign(pull, { state: "closed", closedAt: at, mergedAt: at, mergeCommit: sha });
    this.branches.set(pull.base, sha);
    return sha;
  }

  /** Somebody pushes its branch to the base branch as it is. */
  fastForward(pull: Pull): string {
    const at = this.now();
    Object.assign(pull, { state: "closed", closedAt: at, mergedAt: at, mergeCommit: pull.head });
    this.branches.set(pull.base, pull.head);
    return pull.head;
  }

  changeOf({ head, base }: Pull): Change {
    const ours = this.commits.get(head)?.files ?? new Map<string, string>();
    const fork = this.ancestors(this.branches.get(base) ?? "").find((sha) =>
      this.ancestors(head).includes(sha),
    );
    const before = this.commits.get(fork ?? "")?.files ?? new Map<string, string>();
    const paths = [...new Set([...ours.keys(), ...before.keys()])];
    return Object.fromEntries(
      paths.filter((path) => ours.get(path) !== before.get(path)).map((path) => [path, ours.get(path)]),
    );
  }

  /** A commit and all before it, newest first. */
  ancestors(sha: string): string[] {
    const found: string[] = [];
    const queue = [sha];
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      const commit = this.commits.get(at);
      if (commit === undefined || found.includes(at)) continue;
      found.push(at);
      queue.push(...commit.parents);
    }
    return found;
  }

  /** The commit that last changed a path. */
  lastChange(from: string, path: string): string | undefined {
    const text = (sha: string | undefined): string | undefined =>
      this.commits.get(sha ?? "")?.files.get(path);
    if (text(from) === undefined) return undefined;
    let at = from;
    for (;;) {
      const same = this.commits.get(at)?.parents.find((parent) => text(parent) === text(at));
      if (same === undefined) return at;
      at = same;
    }
  }

  #record(branch: string, after: string, type: string, by: string): void {
    this.branches.set(branch, after);
    this.activities.unshift({
      id: this.activities.length + 1,
      ref: `refs/heads/${branch}`,
      after,
      timestamp: this.now(),
      activity_type: type,
      actor: this.user(by),
    });
  }
}
