import { resolve } from "node:path";
import { readOrganization, snapshotText } from "../reconcile";
import { readLine } from "../report";
import { writePrivate } from "./private-file";
import { openSession, type SessionOptions, type Surroundings } from "./session";

export interface SnapshotOptions extends SessionOptions {
  readonly out: string;
}

/** `snapshot`: the live organization as a file, with the proof that it is whole. It holds names and e-mails. */
export async function snapshotCommand(options: SnapshotOptions, surroundings: Surroundings): Promise<number> {
  const session = await openSession({ ...options, readOnly: true }, surroundings);
  try {
    const { desired, host } = session;
    const api = session.api();
    const snapshot = await readOrganization(api, desired, session.base.base);
    const readAt = new Date(api.now()).toISOString();
    const path = resolve(surroundings.directory, options.out);
    await writePrivate(
      path,
      snapshotText({ organization: { orgId: desired.orgId, host }, readAt, snapshot }),
    );
    surroundings.terminal.result(
      `${readLine({ proofs: snapshot.proofs })}\nWritten to ${options.out}, readable by its owner only: it holds names and e-mails.\n`,
    );
    return 0;
  } finally {
    await session.close();
  }
}
