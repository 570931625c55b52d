import { resolve } from "node:path";
import { discrepanciesOf, readOrganization, snapshotText } from "../reconcile";
import { cleanText, readLine } from "../report";
import { encryptedSnapshot, SNAPSHOT_KEY, snapshotRecipient } from "./encrypted-snapshot";
import { writePrivate } from "./private-file";
import { openSession, type SessionOptions, type Surroundings } from "./session";

export interface SnapshotOptions extends SessionOptions {
  readonly out: string;
  /** File of the public key that it is encrypted to; several are refused. */
  readonly encrypt: readonly string[];
}

/** `snapshot`: the live organization as a file, with the proof that it is whole. It holds names and e-mails. */
export async function snapshotCommand(options: SnapshotOptions, surroundings: Surroundings): Promise<number> {
  const { directory, terminal } = surroundings;
  const recipient =
    options.encrypt.length === 0 ? undefined : await snapshotRecipient(options.encrypt, directory);
  const session = await openSession({ ...options, readOnly: true }, surroundings);
  try {
    const { desired, host } = session;
    const api = session.api();
    const snapshot = await readOrganization(api, desired, session.base.base);
    const readAt = new Date(api.now()).toISOString();
    const text = snapshotText({ organization: { orgId: desired.orgId, host }, readAt, snapshot });
    await writePrivate(
      resolve(directory, options.out),
      recipient === undefined ? text : await encryptedSnapshot(text, recipient),
    );
    const whose =
      recipient === undefined
        ? "readable by its owner only: it holds names and e-mails"
        : `encrypted to ${options.encrypt.join("")}: it holds names and e-mails, and ${SNAPSHOT_KEY} opens it`;
    const discrepancies = discrepanciesOf(snapshot, desired.roleIds);
    const told = discrepancies.map(({ says, advice }) => `  ${cleanText(`${says}. ${advice}.`)}\n`).join("");
    terminal.result(
      `${readLine({ proofs: snapshot.proofs, discrepancies })}\n${told}Written to ${options.out}, ${whose}.\n`,
    );
    return 0;
  } finally {
    await session.close();
  }
}
