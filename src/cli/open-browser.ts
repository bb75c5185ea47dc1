import { spawn } from "node:child_process";

/** What opens an address in the browser that somebody uses, by platform; others have the command of the desktops of Linux. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};
const USUAL_OPENER: readonly string[] = ["xdg-open"];

/** Opens an address in the browser. Errors: none; where nothing opens it, the address that was printed is what there is. */
export function openBrowser(address: string): void {
  const [command = "", ...words] = OPENERS[process.platform] ?? USUAL_OPENER;
  const opener = spawn(command, [...words, address], { stdio: "ignore", detached: true });
  opener.on("error", () => undefined);
  opener.unref();
}
