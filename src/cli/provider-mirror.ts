import { join } from "node:path";

/** Where terraform and tofu look for providers without any configuration of theirs, and what they look for there. */

export const SOURCE = "amplitude-access/amplitude";

/** Why the provider cannot be installed on this platform, with what to do; undefined where it can. */
export function notInstallable(platform: string): string | undefined {
  return platform === "win32"
    ? "Windows runs no script as a provider, and there is no executable for it yet. Run terraform in WSL or a Linux container, and install the provider there; the CLI itself runs on Windows."
    : undefined;
}

/** The folder that both of them search in somebody's home. */
export function impliedMirror(home: string): string {
  return join(home, ".terraform.d", "plugins");
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/**
 * The folder of a provider in a mirror: its address, version and platform as Terraform names them.
 *
 * @param address with the host of the registry, as the binary tells it
 */
export function packageFolder(
  mirror: string,
  {
    address,
    version,
    platform,
    architecture,
  }: {
    readonly address: string;
    readonly version: string;
    readonly platform: string;
    readonly architecture: string;
  },
): string {
  const machine = `${platform}_${ARCHITECTURES[architecture] ?? architecture}`;
  return join(mirror, ...address.split("/"), version, machine);
}

/** The provider's address in what `terraform providers` prints: each binary has a registry of its own in mind. */
export function addressIn(printed: string): string | undefined {
  return /provider\[([^\]\s]+\/[^\]\s]+\/[^\]\s]+)\]/.exec(printed)?.[1];
}
