import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { unzipSync, zipSync } from "fflate";
import { Hono, type Context } from "hono";
import { commitJson, filesOf, paged } from "./answers";
import { Repository, type Pull } from "./repository";
import { addTalk } from "./talk";

/** What the token of a job may do: `permissions` of a workflow, or the teams of the organization. */
export type Permissions = Readonly<Record<string, "read" | "write">>;

interface StoredArtifact {
  readonly id: number;
  readonly name: string;
  readonly created_at: string;
  readonly expired: boolean;
  readonly workflow_run: { readonly id: number };
  readonly zip: Uint8Array;
}

export interface Run {
  readonly event: string;
  readonly path: string;
  readonly head_sha: string;
  readonly head_branch: string;
  /** 1 is the repository itself, anything else a fork. */
  readonly head_repository: number;
  readonly conclusion: string;
  /** RFC 3339; now where it is left out. */
  readonly created_at?: string;
}

/**
 * The few routes of GitHub's REST API that the workflows use, over HTTP, with pages and permissions.
 * https://docs.github.com/en/rest
 */
export class GitHubStandIn {
  readonly name = "acme/access";
  readonly repository = new Repository();
  readonly comments: { id: number; pull: number; user: object; body: string }[] = [];
  readonly checks: Record<string, unknown>[] = [];
  readonly issues: { number: number; state: string; user: object; title: string; body: string }[] = [];
  /** Method and path of every request. */
  readonly requests: string[] = [];
  isPrivate = true;
  /** Branches of which GitHub tells no activity any more. */
  readonly withoutActivities = new Set<string>();
  readonly #artifacts: StoredArtifact[] = [];
  readonly #runs = new Map<number, Run & { readonly id: number; readonly created_at: string }>();
  readonly #tokens = new Map<string, Permissions>();
  #server: { readonly url: string; close(): void } | undefined;

  static async start(): Promise<GitHubStandIn> {
    const github = new GitHubStandIn();
    github.#server = await serverOf(github.#app().fetch);
    return github;
  }

  /** Where it listens. */
  get url(): string {
    return this.#server?.url ?? "";
  }

  close(): void {
    this.#server?.close();
  }

  /** A token of a job. */
  token(permissions: Permissions): string {
    const token = `ghs_${this.#tokens.size}_${"x".repeat(20)}`;
    this.#tokens.set(token, permissions);
    return token;
  }

  run(run: Partial<Run>): number {
    const id = 900 + this.#runs.size;
    const { event = "workflow_run", path = ".github/workflows/amplitude-access-plan.yml" } = run;
    const main = this.repository.branches.get("main") ?? "";
    this.#runs.set(id, {
      id,
      created_at: run.created_at ?? this.repository.now(),
      event,
      path,
      head_sha: run.head_sha ?? main,
      head_branch: run.head_branch ?? "main",
      conclusion: run.conclusion ?? "success",
      head_repository: run.head_repository ?? 1,
    });
    return id;
  }

  /** What a run uploads. */
  upload(run: number, name: string, files: Readonly<Record<string, string>>): number {
    const id = 7000 + this.#artifacts.length;
    const zip = zipSync(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)])),
    );
    this.#artifacts.push({
      id,
      name,
      created_at: this.repository.now(),
      expired: false,
      workflow_run: { id: run },
      zip,
    });
    return id;
  }

  /** The text of a file in the newest artifact of a name. */
  fileIn(name: string, path: string): string {
    const { [path]: bytes = new Uint8Array() } = unzipSync(this.artifact(name)?.zip ?? new Uint8Array());
    return new TextDecoder().decode(bytes);
  }

  artifact(name: string): StoredArtifact | undefined {
    return this.#artifacts.findLast((artifact) => artifact.name === name);
  }

  /** What the payload of the event of a finished run says of it. */
  event(run: number): object {
    return { action: "completed", workflow_run: this.#runJson(run) };
  }

  #runJson(id: number): object | undefined {
    const run = this.#runs.get(id);
    if (run === undefined) return undefined;
    return {
      ...run,
      repository: { id: 1 },
      head_repository: {
        id: run.head_repository,
        owner: { login: run.head_repository === 1 ? "acme" : "mallory" },
      },
    };
  }

  #pullJson(pull: Pull): object {
    const { number, state, author, createdAt, closedAt = null, mergedAt = null, mergeCommit = null } = pull;
    const fork = { id: pull.headRepository, full_name: "mallory/access" };
    return {
      number,
      state,
      user: author,
      created_at: createdAt,
      closed_at: closedAt,
      merged_at: mergedAt,
      merge_commit_sha: mergeCommit,
      head: {
        ref: pull.branch,
        sha: pull.head,
        repo: pull.headRepository === 1 ? { id: 1, full_name: this.name } : fork,
      },
      base: {
        ref: pull.base,
        sha: this.repository.branches.get(pull.base),
        repo: { id: 1, full_name: this.name },
      },
    };
  }

  #app(): Hono {
    const app = new Hono();
    const { repository } = this;
    const at = `/repos/${this.name}`;
    const may = (
      context: Context,
      permission: string,
      level: "read" | "write" = "read",
    ): Response | undefined => {
      const token = (context.req.header("authorization") ?? "").replace("Bearer ", "");
      const permissions = this.#tokens.get(token);
      if (permissions === undefined) return context.json({ message: "Bad credentials" }, 401);
      const has = permissions[permission];
      if (permission === "metadata" || has === "write" || has === level) return undefined;
      return context.json({ message: `Resource not accessible by integration: ${permission}` }, 403);
    };
    const get = (route: string, permission: string, answer: (context: Context) => Response): void => {
      app.get(route, (context) => may(context, permission) ?? answer(context));
    };
    const lost = (context: Context): Response => context.json({ message: "Not Found" }, 404);
    const pullOf = (context: Context): Pull | undefined =>
      repository.pulls.find(({ number }) => number === Number(context.req.param("number")));

    app.use(async (context, next) => {
      const { pathname } = new URL(context.req.url);
      this.requests.push(`${context.req.method} ${pathname}`);
      await next();
    });
    get(at, "metadata", (context) =>
      context.json({ id: 1, default_branch: "main", private: this.isPrivate, full_name: this.name }),
    );
    get(`${at}/pulls`, "pull-requests", (context) => {
      const [owner, branch] = (context.req.query("head") ?? "").split(":");
      const found = repository.pulls.filter(
        (pull) => pull.branch === branch && owner === (pull.headRepository === 1 ? "acme" : "mallory"),
      );
      return paged(
        context,
        found.map((pull) => this.#pullJson(pull)),
      );
    });
    get(`${at}/pulls/:number/reviews`, "pull-requests", (context) =>
      paged(context, pullOf(context)?.reviews ?? []),
    );
    get(`${at}/pulls/:number/files`, "pull-requests", (context) => {
      const pull = pullOf(context);
      const files = pull === undefined ? [] : filesOf(repository, pull);
      return paged(
        context,
        files.map((filename) => ({ filename })),
      );
    });
    get(`${at}/commits`, "contents", (context) => {
      const sha = repository.lastChange(context.req.query("sha") ?? "", context.req.query("path") ?? "");
      return context.json(sha === undefined ? [] : [{ sha }]);
    });
    get(`${at}/commits/:sha`, "contents", (context) => {
      const commit = repository.commits.get(context.req.param("sha") ?? "");
      return commit === undefined ? lost(context) : context.json(commitJson(commit));
    });
    get(`${at}/commits/:sha/pulls`, "pull-requests", (context) => {
      const sha = context.req.param("sha") ?? "";
      return paged(
        context,
        repository.pulls.filter(({ commits }) => commits.has(sha)).map((pull) => this.#pullJson(pull)),
      );
    });
    get(`${at}/compare/:range`, "contents", (context) => {
      const [since = "", until = ""] = (context.req.param("range") ?? "").split("...");
      const [ours, theirs] = [repository.ancestors(until), repository.ancestors(since)];
      const status =
        since === until
          ? "identical"
          : ours.includes(since)
            ? "ahead"
            : theirs.includes(until)
              ? "behind"
              : "diverged";
      const commits = ours.filter((sha) => !theirs.includes(sha)).reverse();
      return paged(
        context,
        commits.map((sha) => commitJson(repository.commits.get(sha)!)),
        (rows) => ({ status, total_commits: commits.length, commits: rows }),
      );
    });
    get(`${at}/contents/:path{.+}`, "contents", (context) => {
      const ref = context.req.query("ref") ?? "";
      const commit = repository.commits.get(repository.branches.get(ref) ?? ref);
      const path = decodeURIComponent(context.req.param("path") ?? "");
      const text = commit?.files.get(path);
      if (text !== undefined) return context.body(text);
      const inside = [...(commit?.files.keys() ?? [])].filter((name) => name.startsWith(`${path}/`));
      if (inside.length === 0) return lost(context);
      return context.json(
        inside.map((name) => ({ type: "file", name: name.slice(path.length + 1), path: name })),
      );
    });
    get(`${at}/git/ref/heads/:branch`, "contents", (context) => {
      const sha = repository.branches.get(context.req.param("branch") ?? "");
      return sha === undefined ? lost(context) : context.json({ object: { sha } });
    });
    get(`${at}/activity`, "contents", (context) => {
      const ref = context.req.query("ref");
      if (this.withoutActivities.has(ref?.replace("refs/heads/", "") ?? "")) return lost(context);
      return paged(
        context,
        repository.activities.filter((activity) => (activity as { ref: string }).ref === ref),
      );
    });
    get(`${at}/collaborators/:login/permission`, "metadata", (context) => {
      const login = context.req.param("login") ?? "";
      const user = repository.user(login);
      return context.json({ permission: repository.writers.has(login) ? "write" : "read", user });
    });
    get("/orgs/:org/teams/:team/memberships/:login", "members", (context) => {
      const { org = "", team = "", login = "" } = context.req.param() as Record<string, string>;
      const isMember = repository.teams.get(`${org}/${team}`)?.has(login) === true;
      return isMember ? context.json({ state: "active", role: "member" }) : lost(context);
    });
    get(`${at}/actions/workflows/:file/runs`, "actions", (context) => {
      const { branch, status } = context.req.query();
      const path = `.github/workflows/${context.req.param("file")}`;
      const rows = [...this.#runs.values()].filter(
        (run) => run.path === path && run.head_branch === branch && run.conclusion === status,
      );
      return context.json({ workflow_runs: rows.map(({ id }) => this.#runJson(id)).reverse() });
    });
    get(`${at}/actions/runs/:id`, "actions", (context) => {
      const run = this.#runJson(Number(context.req.param("id")));
      return run === undefined ? lost(context) : context.json(run);
    });
    const artifacts = (context: Context, run?: number): Response => {
      const name = context.req.query("name");
      const found = this.#artifacts.filter(
        (artifact) => artifact.name === name && (run === undefined || artifact.workflow_run.id === run),
      );
      return paged(
        context,
        found.map(({ zip: _zip, ...row }) => row),
        (rows) => ({
          total_count: found.length,
          artifacts: rows,
        }),
      );
    };
    get(`${at}/actions/runs/:id/artifacts`, "actions", (context) =>
      artifacts(context, Number(context.req.param("id"))),
    );
    get(`${at}/actions/artifacts`, "actions", (context) => artifacts(context));
    get(`${at}/actions/artifacts/:id/zip`, "actions", (context) =>
      context.redirect(`${new URL(context.req.url).origin}/stored/${context.req.param("id")}`, 302),
    );
    app.get("/stored/:id", (context) => {
      if (context.req.header("authorization") !== undefined) return context.text("no token here", 400);
      const found = this.#artifacts.find(({ id }) => id === Number(context.req.param("id")));
      return found === undefined ? context.text("gone", 404) : context.body(new Uint8Array(found.zip).buffer);
    });
    addTalk({ app, at, may, get }, this, repository);
    app.all("*", (context) => context.json({ message: "This stand-in has no such route" }, 501));
    return app;
  }
}

/** Listens on 127.0.0.1. */
export async function serverOf(
  fetch: (request: Request) => Response | Promise<Response>,
): Promise<{ readonly url: string; close(): void }> {
  return await new Promise((done) => {
    const server = serve({ fetch, hostname: "127.0.0.1", port: 0 }, ({ port }: AddressInfo) =>
      done({ url: `http://127.0.0.1:${port}`, close: () => void server.close() }),
    );
  });
}
