import { z } from "zod";
import { DiagnosticError, problem } from "../schema";

/** Where GitHub is, and as whom it is asked. */
export interface GitHubAccess {
  /** `https://api.github.com`, or that of a server of one's own. */
  readonly url: string;
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
}

/** A list longer than this is not read: 100 pages of 100. */
const MOST_PAGES = 100;
/** What one answer may hold, in bytes. */
const MOST_BYTES = 100 * 1024 * 1024;

/**
 * The few routes of GitHub's REST API that the workflows need. Answers are checked; a list is read whole or throws.
 * How it is spoken: https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api.
 */
export class GitHub {
  readonly #base: URL;
  readonly #token: string;
  readonly repository: string;

  /** Throws DiagnosticError when the address is no place to send a token to. */
  constructor({ url, token, repository }: GitHubAccess) {
    const base = URL.canParse(url) ? new URL(url) : undefined;
    const local = base !== undefined && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(base.hostname);
    if (base === undefined || !(base.protocol === "https:" || local)) {
      throw refused(
        `Cannot talk to GitHub at ${url}`,
        "A token goes over https only",
        "Correct GITHUB_API_URL.",
      );
    }
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
      throw refused(
        `${JSON.stringify(repository)} is not a repository`,
        "It is written as owner/name",
        "Correct GITHUB_REPOSITORY.",
      );
    }
    this.#base = base;
    this.#token = token;
    this.repository = repository;
  }

  /** `/repos/owner/name` and the rest of a route. */
  repo(rest: string): string {
    return `/repos/${this.repository}${rest}`;
  }

  /** Throws DiagnosticError for anything but the answer that is expected. */
  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const response = await this.#ask("GET", this.#url(path));
    return await this.#answer("GET", path, response, schema);
  }

  /** The same; undefined where there is no such thing. */
  async find<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
    const response = await this.#ask("GET", this.#url(path), {}, [404]);
    return response.status === 404 ? undefined : await this.#answer("GET", path, response, schema);
  }

  /**
   * Every page, by the addresses of the `Link` header: https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api.
   *
   * @param under the field that holds the rows, where the answer is not the list itself
   */
  async list<T>(path: string, row: z.ZodType<T>, under?: string): Promise<T[]> {
    const rows: T[] = [];
    const schema: z.ZodType = under === undefined ? z.array(row) : z.looseObject({ [under]: z.array(row) });
    let next: URL | undefined = this.#url(`${path}${path.includes("?") ? "&" : "?"}per_page=100`);
    for (let page = 0; next !== undefined; page++) {
      if (page === MOST_PAGES)
        throw refused(
          `GET ${path}`,
          `The list has more than ${MOST_PAGES} pages`,
          "Nothing was concluded from it.",
        );
      const response: Response = await this.#ask("GET", next);
      const answer = await this.#answer("GET", path, response, schema);
      rows.push(...((under === undefined ? answer : (answer as Record<string, unknown>)[under]) as T[]));
      next = this.#next(path, response);
    }
    return rows;
  }

  /** The bytes of a file at a commit: https://docs.github.com/en/rest/repos/contents#get-repository-content. */
  async file(path: string, commit: string): Promise<Uint8Array | undefined> {
    const route = this.repo(`/contents/${path.split("/").map(encodeURIComponent).join("/")}?ref=${commit}`);
    const accept = "application/vnd.github.raw+json";
    const response = await this.#ask("GET", this.#url(route), { accept }, [404]);
    return response.status === 404 ? undefined : await bytesOf(`GET ${route}`, response);
  }

  /** What a route redirects to, asked without the token: an artifact is kept elsewhere. */
  async download(path: string): Promise<Uint8Array> {
    const response = await this.#ask("GET", this.#url(path), {}, [302]);
    if (response.status !== 302) return await bytesOf(`GET ${path}`, response);
    const location = response.headers.get("location") ?? "";
    const target = URL.canParse(location) ? new URL(location) : undefined;
    if (target === undefined || (target.protocol !== "https:" && target.origin !== this.#base.origin))
      throw refused(`GET ${path}`, "It was redirected to no address over https", "Nothing was downloaded.");
    const stored = await sent(`GET ${path}, as redirected`, target, { redirect: "error" });
    if (!stored.ok)
      throw refused(`GET ${path}, as redirected`, `It answered ${stored.status}`, "Run the job again.");
    return await bytesOf(`GET ${path}`, stored);
  }

  /** Writes. Throws DiagnosticError for anything but the answer that is expected. */
  async send<T>(method: "POST" | "PATCH", path: string, body: object, schema: z.ZodType<T>): Promise<T> {
    const response = await this.#ask(method, this.#url(path), { body: JSON.stringify(body) });
    return await this.#answer(method, path, response, schema);
  }

  #url(path: string): URL {
    return new URL(`${this.#base.href.replace(/\/$/, "")}${path}`);
  }

  /** A token must not follow an address that somebody else has written. */
  #next(path: string, response: Response): URL | undefined {
    const link = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
    if (link === undefined) return undefined;
    if (URL.canParse(link) && new URL(link).origin === this.#base.origin) return new URL(link);
    throw refused(`GET ${path}`, "Its next page is on another host", "The token was not sent there.");
  }

  async #ask(
    method: string,
    url: URL,
    { accept = "application/vnd.github+json", body }: { accept?: string; body?: string } = {},
    expected: readonly number[] = [],
  ): Promise<Response> {
    const what = `${method} ${url.pathname}`;
    const response = await sent(what, url, {
      method,
      redirect: "manual",
      headers: {
        accept,
        authorization: `Bearer ${this.#token}`,
        "user-agent": "amplitude-access",
        "x-github-api-version": "2022-11-28",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body }),
    });
    if (response.ok || expected.includes(response.status)) return response;
    const text = (await response.text()).slice(0, 300).replaceAll(this.#token, "[token]");
    throw refused(
      `${what} on ${url.host}`,
      `GitHub answered ${response.status}: ${text}`,
      advice(response.status),
    );
  }

  async #answer<T>(method: string, path: string, response: Response, schema: z.ZodType<T>): Promise<T> {
    const bytes = await bytesOf(`${method} ${path}`, response);
    let content: unknown;
    try {
      content = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      content = undefined;
    }
    const parsed = schema.safeParse(content);
    if (parsed.success) return parsed.data;
    throw refused(
      `${method} ${path}`,
      `The answer is not what GitHub documents: ${z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, " ")}`,
      "Nothing was concluded from it. Run again; if it stays, report it.",
    );
  }
}

async function sent(what: string, url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(60_000) });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw refused(`${what} on ${url.host}`, `No answer came: ${said}`, "Run the job again.");
  }
}

/** Counted while it comes: nothing larger is ever held. */
async function bytesOf(what: string, response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > MOST_BYTES) break;
      parts.push(part);
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw refused(what, `The answer ended early: ${said}`, "It was not used. Run the job again.");
  }
  if (length <= MOST_BYTES) return joined(parts, length);
  throw refused(what, `The answer is larger than ${MOST_BYTES / 1024 / 1024} MB`, "It was not used.");
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function advice(status: number): string {
  if (status === 401 || status === 403)
    return "The job's token may not do this: look at `permissions` of the job, and at the rate limit.";
  if (status === 404)
    return "It is not there, or the job's token may not see it: look at `permissions` of the job.";
  return "Run the job again; nothing was done by halves.";
}

/** An error in four parts: what was attempted and where, what the other side said, what to do. */
export function refused(what: string, said: string, todo: string): DiagnosticError {
  return new DiagnosticError([problem(what, `${said.replace(/\.$/, "")}. ${todo}`)]);
}
