// `npx tsx stacks/main.ts` writes cdktf.out/stacks/acme/cdk.tf.json; DEMO_CHAPTER=after writes what the organization becomes.
import { App } from "cdktf";
import { acme } from "./acme";

const app = new App();
acme(app, process.env["DEMO_CHAPTER"] === "after" ? "after" : "before");
app.synth();
