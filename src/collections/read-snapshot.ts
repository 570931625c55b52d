import type { Family, Proof, ReadApi } from "../api";
import type { Collection, ReadRows } from "./collection";
import { withAddresses } from "./member-addresses";
import { allCollections, type Rows } from "./registry";
import type { Snapshot } from "./snapshot";
import { unreadReason, type UnreadFamily } from "./unread-family";

interface FamilyReading {
  readonly rows: Rows;
  readonly proofs: readonly Proof[];
  readonly unknownRows: NonNullable<Snapshot["unknownRows"]>;
  readonly unread?: UnreadFamily;
}

const lists = allCollections.filter(([, { extent }]) => extent !== "by place");

/**
 * Reads every collection for which there are credentials, families side by side. One that does not answer as documented is unknown, and
 * leaves the others as they are. Throws NotWhole; ApiFailure where SCIM fails, and where a family is down for a moment.
 */
export async function readSnapshot(api: ReadApi): Promise<Snapshot> {
  const families = new Set(lists.map(([, { family }]) => family));
  const answered = new Set(api.families);
  const readings = await Promise.all(
    [...families]
      .filter((family) => api.families.has(family))
      .map(async (family): Promise<FamilyReading> => {
        try {
          return await readFamily(api, family);
        } catch (error) {
          const reason = unreadReason(error);
          // Nothing can be planned without the people.
          if (reason === undefined || family === "scim") throw error;
          answered.delete(family);
          return { rows: {}, proofs: [], unknownRows: [], unread: { family, reason } };
        }
      }),
  );
  const { people, groups, ...rows } = readings.reduce<Rows>(
    (all, reading) => ({ ...all, ...reading.rows }),
    {},
  );
  const unknownRows = readings.flatMap((reading) => reading.unknownRows);
  const unread = readings.flatMap((reading) => reading.unread ?? []);
  return {
    ...rows,
    ...(people && { people }),
    ...(groups && { groups: withAddresses(groups, people ?? []) }),
    ...(unknownRows.length > 0 && { unknownRows }),
    ...(unread.length > 0 && { unread }),
    proofs: readings.flatMap(({ proofs }) => proofs).sort((a, b) => place(a) - place(b)),
    families: [...answered].sort(),
  };
}

/** The lists of one family, one after the other. */
async function readFamily(api: ReadApi, family: Family): Promise<FamilyReading> {
  const rows: Record<string, readonly unknown[]> = {};
  const proofs: Proof[] = [];
  const unknown: FamilyReading["unknownRows"][number][] = [];
  let unread: UnreadFamily | undefined;
  for (const [name, collection] of lists) {
    if (collection.family !== family) continue;
    const listed = await listedOf(collection, api);
    if ("reason" in listed) {
      unread = { family, reason: listed.reason };
      continue;
    }
    const { items, proof, unknownRows = [] } = listed;
    rows[name] = items;
    if (proof !== undefined) proofs.push(proof);
    for (const row of unknownRows) unknown.push({ ...row, collection: name });
  }
  return { rows, proofs, unknownRows: unknown, ...(unread && { unread }) };
}

/** A list, or why it cannot be read where the others of its family do without it. */
async function listedOf(
  collection: Collection<unknown>,
  api: ReadApi,
): Promise<ReadRows<unknown> | { readonly reason: string }> {
  try {
    return await collection.list(api, {});
  } catch (error) {
    const reason = collection.witness === true ? unreadReason(error) : undefined;
    if (reason === undefined) throw error;
    return { reason };
  }
}

const titles = allCollections.map(([, { title }]) => title);

/** In the order of the registry, whatever arrived first: equal organizations give equal plans. */
const place = ({ collection }: Proof): number => titles.indexOf(collection) >>> 0;
