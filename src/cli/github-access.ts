import type { Environment } from "../api";
import { GitHub, refused } from "../github";

/** GitHub as a job of its own Actions reaches it: https://docs.github.com/en/actions/reference/workflows-and-actions/variables. */
export function githubOf(env: Environment, variable = "GITHUB_TOKEN"): GitHub {
  return new GitHub({
    url: env["GITHUB_API_URL"] ?? "https://api.github.com",
    token: needed(env, variable),
    repository: needed(env, "GITHUB_REPOSITORY"),
  });
}

/** Asks about teams of the organization, which the token of a job may not; undefined where there is no token for that. */
export function teamsOf(env: Environment): GitHub | undefined {
  const variable = "AMPLITUDE_ACCESS_TEAMS_TOKEN";
  return (env[variable] ?? "") === "" ? undefined : githubOf(env, variable);
}

/** A variable that every job has, or is given. Throws DiagnosticError. */
export function needed(env: Environment, variable: string): string {
  const value = env[variable];
  if (value !== undefined && value !== "") return value;
  throw refused(
    `${variable} is not set`,
    "This command runs in a job of GitHub Actions",
    "Set it in `env` of the step.",
  );
}
