/** Version that requests carry in `User-Agent`, so that Amplitude's audit log tells our runs apart; a test holds it equal to package.json. */
export const version = "0.1.0";
