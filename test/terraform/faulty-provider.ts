import { serve } from "../../src/terraform/plugin/serve";
import { unaryCalls, type ProviderHandlers } from "../../src/terraform/plugin/rpc";
import { holdingCoreRules } from "../../src/terraform/core-rules";
import { providerHandlers, resourceColumns } from "../../src/terraform/provider";
import { readValue, wireValue, type WireValue } from "../../src/terraform/value";
import { Unknown } from "../../src/schema";

/**
 * The provider, breaking one rule of core for each person whose given name says which: `plan-rewrites`. Nothing of it is in the product.
 * It shows that what the other tests rely on can fail.
 */

type Values = Readonly<Record<string, unknown>>;
const TYPE = "amplitude_user";
const columns = resourceColumns(TYPE);
const read = (value: unknown): Values | undefined => readValue(columns, value as WireValue | undefined);
const write = (values: Values | undefined) => wireValue(columns, values);
const faultOf = (values: Values | undefined): string => (values?.["given_name"] ?? "") as string;
const unknown = new Unknown("x", "x");

const plans: Readonly<Record<string, (planned: Values) => Values | undefined>> = {
  "plan-rewrites": (planned) => ({ ...planned, email: "somebody@else.example" }),
  "plan-forgets": (planned) => ({ ...planned, family_name: undefined }),
  "plan-invents": (planned) => ({ ...planned, engagement: "invented" }),
  "plan-unknown": (planned) => ({ ...planned, email: unknown }),
  "plan-null": () => undefined,
  "plan-random": (planned) => ({ ...planned, id: `id-${Math.random()}` }),
};

const applies: Readonly<Record<string, (state: Values) => Values | undefined>> = {
  "apply-changes": (state) => ({ ...state, family_name: "Other" }),
  "apply-forgets": (state) => ({ ...state, family_name: undefined }),
  "apply-unknown": (state) => ({ ...state, id: unknown }),
  "apply-null": () => undefined,
};

function faulty(handlers: ProviderHandlers): ProviderHandlers {
  return {
    ...handlers,
    PlanResourceChange: async (request) => {
      if (faultOf(read(request.config)) === "plan-panics") {
        setImmediate(() => {
          throw new Error("broken on purpose");
        });
        return await new Promise<never>(() => undefined);
      }
      const answer = await handlers.PlanResourceChange(request);
      const fault = plans[faultOf(read(request.config))];
      const planned = read(answer.planned_state);
      return fault === undefined || planned === undefined
        ? answer
        : { ...answer, planned_state: write(fault(planned)) };
    },
    ApplyResourceChange: async (request) => {
      const answer = await handlers.ApplyResourceChange(request);
      const fault = applies[faultOf(read(request.config))];
      const state = read(answer.new_state);
      return fault === undefined || state === undefined
        ? answer
        : { ...answer, new_state: write(fault(state)) };
    },
    ReadResource: async (request) => {
      const answer = await handlers.ReadResource(request);
      const state = read(answer.new_state);
      if (state === undefined) return answer;
      if (faultOf(state) === "read-unknown")
        return { ...answer, new_state: write({ ...state, id: unknown }) };
      // The mistake that costs the most: taking an error for an absence.
      return faultOf(state) === "read-null" ? { ...answer, new_state: write(undefined) } : answer;
    },
  };
}

/** Core sees what is broken, or our own assertions do, before it. */
function handlers(): ProviderHandlers {
  const broken = faulty(providerHandlers(process.env));
  return process.env["AMPLITUDE_TERRAFORM_FAULT"] === "inside"
    ? holdingCoreRules(broken, () => columns)
    : broken;
}

void serve({
  source: "amplitude-access/amplitude",
  debug: false,
  load: () => Promise.resolve(unaryCalls(handlers())),
});
