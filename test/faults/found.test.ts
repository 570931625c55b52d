import { ana, between, jo } from "./small-world";
import { tried } from "./trial";
import { calm, type Trouble } from "./trouble";
import type { World } from "./world";

/* What random worlds once found, small and with a name. */

const short = (path: string): Trouble => ({
  ...calm,
  faults: [{ match: { method: "GET", path }, times: 1, skip: 0, fault: { type: "short-page", drop: 1 } }],
});

const found: readonly (readonly [string, World, Trouble])[] = [
  [
    "two applies at once: who has been removed by the other one has no access any more",
    between({}, { present: [jo] }, { leaverLines: true }),
    { ...calm, runs: "together", turns: [2, 0, 0, 2] },
  ],
  [
    "a list of projects that came short does not forget the one that is to be archived",
    between({ lab: "open" }, { lab: "archived" }, { token: false }),
    short("/api/2/projects"),
  ],
  [
    "nor one of keys the one that is to be deleted",
    between({ keys: { sync: 1 } }, {}),
    short("/api/2/organizations/7/api-keys"),
  ],
  [
    "nor one of module grants the one that is to be revoked",
    between({ modules: [ana] }, {}),
    short("/api/2/organizations/7/module-grants"),
  ],
];

it.each(found)("%s", async (_, world, trouble) => {
  const { steps, refused } = await tried(world, trouble);
  expect(refused).toEqual([]);
  expect(steps).toBeGreaterThan(0);
});
