import { holds } from "./property";
import { provided } from "./draw";

it("with an identity provider that does its part early, late or never: no write adds harm, nobody is invited twice, and it ends as declared", async () => {
  const { steps, faults, refused } = await holds(provided);
  // Nearly all of what is drawn can be done, and much of it goes wrong.
  expect(refused).toBeLessThan(10);
  expect(steps).toBeGreaterThan(0);
  expect(faults).toBeGreaterThan(0);
}, 1_200_000);
