/** Why a file or a folder cannot be written, in a few words; null for an error that is none of the disk. */
export function diskWords(error: unknown): string | null {
  if (!(error instanceof Error && "code" in error && "syscall" in error)) return null;
  const code = String(error.code);
  return REASONS[code] ?? code;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "the folder does not exist",
  ENOTDIR: "the folder is a file",
  EISDIR: "there is a folder of that name",
  EEXIST: "there is a file of that name",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full for this user",
  EIO: "the disk reports an error",
  ENAMETOOLONG: "the name is too long",
};
