import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Emulation } from "../emulation";
import type { Refusal } from "../organization/act";
import type { RouteContext } from "../route-environment";

/**
 * An error of SCIM. Amplitude documents no body; switch scim-error-body, by default the standard's
 * (RFC 7644 section 3.12, https://www.rfc-editor.org/rfc/rfc7644#section-3.12).
 */
export function scimError(
  c: RouteContext,
  emulation: Emulation,
  status: number,
  detail: string,
  scimType?: string,
): Response {
  const body = emulation.switches["scim-error-body"];
  if (body === "empty") return c.body(null, status as ContentfulStatusCode);
  if (body === "plain") return c.text(detail, status as ContentfulStatusCode);
  const error = {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail,
  };
  return scimAnswer(c, emulation, error, status);
}

/** An answer in the content type that switch scim-content-type sets. */
export function scimAnswer(c: RouteContext, emulation: Emulation, body: object, status = 200): Response {
  return c.body(JSON.stringify(body), status as ContentfulStatusCode, {
    "content-type": emulation.switches["scim-content-type"],
  });
}

/** Words a refusal as SCIM does; `subject` decides which status an unknown one or a duplicate gets. */
export function scimRefusal(c: RouteContext, emulation: Emulation, refusal: Refusal): Response {
  const { switches } = emulation;
  switch (refusal.reason) {
    case "not-found":
      return scimError(c, emulation, refusal.status ?? switches["scim-unknown-id-status"], refusal.message);
    case "conflict":
      return scimError(
        c,
        emulation,
        refusal.status ?? switches["scim-duplicate-user-status"],
        refusal.message,
        "uniqueness",
      );
    case "invalid":
      return scimError(c, emulation, refusal.status ?? 400, refusal.message, "invalidValue");
    case "forbidden":
      return scimError(c, emulation, refusal.status ?? 403, refusal.message);
  }
}
