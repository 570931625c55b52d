import { holds } from "./property";
import { unprovided } from "./draw";

it("without an identity provider: no write adds harm, nobody is invited twice, and it ends as declared", async () => {
  const { steps, faults, refused } = await holds(unprovided);
  // Nearly all of what is drawn can be done, and much of it goes wrong.
  expect(refused).toBeLessThan(10);
  expect(steps).toBeGreaterThan(0);
  expect(faults).toBeGreaterThan(0);
}, 1_200_000);
