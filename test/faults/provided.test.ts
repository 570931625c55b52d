import { holds } from "./property";
import { provided } from "./world";

it("with an identity provider that does its part early, late or never: no write adds harm, nobody is invited twice, and it ends as declared", async () => {
  const { steps, faults, refused } = await holds(provided);
  // Most of what is drawn is done, and much of it goes wrong.
  expect({ steps: steps > 0, faults: faults > 0, refused }).toEqual({
    steps: true,
    faults: true,
    refused: 0,
  });
}, 600_000);
