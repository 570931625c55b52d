import { App } from "cdktf";
import { AccessStack } from "amplitude-access";

const app = new App();
new AccessStack(app, "acme", {
  orgId: 36958,
  region: "us",
  minimumAdmins: 2,
  owns: { peopleOf: ["nova.agency"] },
});
app.synth();
