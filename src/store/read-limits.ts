/** What one document may cost. */
export interface ReadLimits {
  readonly seconds: number;
  readonly megabytes: number;
}

/** Limits for a person who waits: a thesis of a thousand pages takes a quarter of them. */
export const USUAL_LIMITS: ReadLimits = { seconds: 60, megabytes: 1024 };
