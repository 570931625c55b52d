import type { Context, Hono } from "hono";
import { paged } from "./answers";
import type { Repository } from "./repository";

/** What jobs wrote. */
export interface Talk {
  readonly comments: { id: number; pull: number; user: object; body: string }[];
  readonly checks: Record<string, unknown>[];
  readonly issues: { number: number; state: string; user: object; title: string; body: string }[];
}

export interface Routes {
  readonly app: Hono;
  readonly at: string;
  readonly may: (context: Context, permission: string, level: "read" | "write") => Response | undefined;
  readonly get: (route: string, permission: string, answer: (context: Context) => Response) => void;
}

const lost = (context: Context): Response => context.json({ message: "Not Found" }, 404);

/** Adds comments, checks and issues. */
export function addTalk({ app, at, may, get }: Routes, talk: Talk, repository: Repository): void {
  get(`${at}/issues/:number/events`, "pull-requests", (context) =>
    paged(
      context,
      repository.pulls.find(({ number }) => number === Number(context.req.param("number")))?.events ?? [],
    ),
  );
  get(`${at}/issues/:number/comments`, "pull-requests", (context) =>
    paged(
      context,
      talk.comments.filter(({ pull }) => pull === Number(context.req.param("number"))),
    ),
  );
  const bot = repository.user("github-actions[bot]");
  app.post(`${at}/issues/:number/comments`, async (context) => {
    const refused = may(context, "pull-requests", "write");
    if (refused !== undefined) return refused;
    const { body } = await context.req.json<{ body: string }>();
    const comment = {
      id: 300 + talk.comments.length,
      pull: Number(context.req.param("number")),
      user: bot,
      body,
    };
    talk.comments.push(comment);
    return context.json(comment, 201);
  });
  app.patch(`${at}/issues/comments/:id`, async (context) => {
    const refused = may(context, "pull-requests", "write");
    if (refused !== undefined) return refused;
    const comment = talk.comments.find(({ id }) => id === Number(context.req.param("id")));
    if (comment === undefined) return lost(context);
    Object.assign(comment, await context.req.json<object>());
    return context.json(comment);
  });
  app.post(`${at}/check-runs`, async (context) => {
    const refused = may(context, "checks", "write");
    if (refused !== undefined) return refused;
    talk.checks.push(await context.req.json<Record<string, unknown>>());
    return context.json({ id: talk.checks.length }, 201);
  });
  get(`${at}/issues`, "issues", (context) =>
    paged(
      context,
      talk.issues.filter(({ state }) => ["all", state].includes(context.req.query("state") ?? "open")),
    ),
  );
  app.post(`${at}/issues`, async (context) => {
    const refused = may(context, "issues", "write");
    if (refused !== undefined) return refused;
    const given = await context.req.json<{ title: string; body: string }>();
    const issue = { number: 40 + talk.issues.length, state: "open", user: bot, ...given };
    talk.issues.push(issue);
    return context.json(issue, 201);
  });
  app.patch(`${at}/issues/:number`, async (context) => {
    const refused = may(context, "issues", "write");
    if (refused !== undefined) return refused;
    const issue = talk.issues.find(({ number }) => number === Number(context.req.param("number")));
    if (issue === undefined) return lost(context);
    Object.assign(issue, await context.req.json<object>());
    return context.json(issue);
  });
}
