import { ApiFailure } from "./failure";

/** What it takes to bring one object about, exactly once, on a network that may lose the answer. */
export interface Ensuring<T> {
  readonly create: () => Promise<T>;
  /** The object by its key; undefined only when Amplitude says that it is not there. */
  readonly lookUp: () => Promise<T | undefined>;
  /** Whether what was found is what was to be created. */
  readonly equal: (found: T) => boolean;
  /** Makes what was found equal. */
  readonly update: (found: T) => Promise<T>;
}

/** How the object came to be as it was wanted. */
export interface Ensured<T> {
  readonly value: T;
  readonly how: "created" | "found" | "updated";
}

/**
 * Creates; after a refusal that may mean "exists already", or a failure that may have happened all the same, looks the object up first. Only when the look-up
 * says that the first attempt left nothing is it made again, once.
 * @throws ApiFailure of the create, with what the look-up found
 */
export async function ensure<T>(parts: Ensuring<T>): Promise<Ensured<T>> {
  const first = await attempt(parts);
  if ("value" in first) return first;
  if (first.failure.happened !== "maybe")
    throw also(first.failure, "a look-up finds nothing of that key", "no");
  const second = await attempt(parts);
  if ("value" in second) return second;
  throw also(
    second.failure,
    "this was the second attempt, and a look-up finds nothing of that key",
    second.failure.happened,
  );
}

/** The object, or the failure of a create that a look-up says left nothing. */
async function attempt<T>(parts: Ensuring<T>): Promise<Ensured<T> | { readonly failure: ApiFailure }> {
  try {
    return { value: await parts.create(), how: "created" };
  } catch (error) {
    if (!(error instanceof ApiFailure) || (error.happened === "no" && !mayExist(error.status))) throw error;
    const found = await lookUpAfter(error, parts.lookUp);
    if (found === undefined) return { failure: error };
    return parts.equal(found)
      ? { value: found, how: "found" }
      : { value: await parts.update(found), how: "updated" };
  }
}

/** Which status says "exists already" is undocumented for SCIM; the User Management API documents 409. */
function mayExist(status: number | undefined): boolean {
  return status === 409 || status === 400 || status === 422;
}

async function lookUpAfter<T>(
  failure: ApiFailure,
  lookUp: () => Promise<T | undefined>,
): Promise<T | undefined> {
  try {
    return await lookUp();
  } catch (error) {
    throw also(
      failure,
      `looking it up failed: ${error instanceof Error ? error.message : String(error)}`,
      failure.happened,
    );
  }
}

function also(failure: ApiFailure, fact: string, happened: ApiFailure["happened"]): ApiFailure {
  const { request, family, said, advice, status, requestId } = failure;
  return new ApiFailure(request, family, `${said}; ${fact}`, advice, happened, status, requestId);
}
