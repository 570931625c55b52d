import * as fc from "fast-check";
import { edges } from "./oracle";
import { openingsOf } from "./runs";
import { settledAt } from "./trial";
import { unprovided } from "./draw";
import { going } from "./world";

const several = unprovided.filter((world) => world.leaverLines && going(world).length > 1);
const seed = process.env["SEED"];

it("whoever leaves is out, although one of them cannot be removed, and that one can do nothing more", async () => {
  await fc.assert(
    fc.asyncProperty(
      several,
      fc.nat({ max: 3 }),
      fc.constantFrom(403, 429, 500),
      async (world, which, status) => {
        const site = await settledAt(world);
        const leaving = going(world);
        const failing = leaving[which % leaving.length] ?? "";
        await site.fault({
          match: { method: "DELETE", path: `/scim/1/Users/${failing}` },
          times: 1000,
          fault: { type: "status", status },
        });
        const { guards } = (await site.plan()).plan;
        const { outcomes } = await site.apply({ openings: openingsOf(guards) });
        expect(outcomes).toContain(`remove ${failing} from the organization: failed`);
        expect(site.people().filter((email) => leaving.includes(email))).toEqual([failing]);
        const left = [...edges(site.emulator.state())].filter((edge) => edge.includes(failing));
        expect(left).toEqual([`person ${failing}`, `${failing}: member`]);
      },
    ),
    { numRuns: 25, ...(seed === undefined ? {} : { seed: Number(seed) }) },
  );
}, 300_000);
