import { ApiFailure, type Family, type Proof, type ReadApi } from "../api";
import { withAddresses } from "./member-addresses";
import { allCollections, type Rows } from "./registry";
import type { Snapshot } from "./snapshot";

interface FamilyReading {
  readonly rows: Rows;
  readonly proofs: readonly Proof[];
}

const lists = allCollections.filter(([, { extent }]) => extent !== "by place");

/** Reads every collection for which there are credentials, families side by side. Throws NotWhole, ApiFailure. */
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
          if (!isNotEnrolled(error)) throw error;
          answered.delete(family);
          return { rows: {}, proofs: [] };
        }
      }),
  );
  const { people, groups, ...rows } = readings.reduce<Rows>(
    (all, reading) => ({ ...all, ...reading.rows }),
    {},
  );
  return {
    ...rows,
    ...(people && { people }),
    ...(groups && { groups: withAddresses(groups, people ?? []) }),
    proofs: readings.flatMap(({ proofs }) => proofs).sort((a, b) => place(a) - place(b)),
    families: [...answered].sort(),
  };
}

/** The lists of one family, one after the other. */
async function readFamily(api: ReadApi, family: Family): Promise<FamilyReading> {
  const rows: Record<string, readonly unknown[]> = {};
  const proofs: Proof[] = [];
  for (const [name, collection] of lists) {
    if (collection.family !== family) continue;
    const { items, proof } = await collection.list(api, {});
    rows[name] = items;
    if (proof !== undefined) proofs.push(proof);
  }
  return { rows, proofs };
}

/** The keys are right and the organization is not part of the Early Access: then the family is not there, as without keys. */
function isNotEnrolled(error: unknown): boolean {
  return error instanceof ApiFailure && error.status === 403 && error.said.includes("org_not_enrolled");
}

const titles = allCollections.map(([, { title }]) => title);

/** In the order of the registry, whatever arrived first: equal organizations give equal plans. */
const place = ({ collection }: Proof): number => titles.indexOf(collection) >>> 0;
