import { z } from "zod";
import { FAIL_LEVELS } from "./exit-code.ts";

/** What a settings file may hold. */
export const settingsSchema = z.strictObject({
  priceDate: z
    .string()
    .regex(/^\d{4}(?:-\d\d(?:-\d\d)?)?$/, 'write it as "2019", "2019-06" or "2019-06-27", in quotes')
    .optional(),
  provider: z.string().min(1).optional(),
  failLevel: z.enum(FAIL_LEVELS).optional(),
  rules: z.string().min(1).optional(),
  timeout: z.number().positive().optional(),
  assume: z.record(z.string(), z.number()).optional(),
});
