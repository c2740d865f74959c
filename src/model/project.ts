/** A name in a directory. Symbolic links are resolved; one that leads out of the project or to nowhere is left out. */
export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'directory';
}

export interface FileSearch {
  /** directory to start at, `.` by default */
  readonly under?: string;
  /** exact names, `pom.xml` */
  readonly names?: readonly string[];
  /** endings with their dot, `.py` */
  readonly endings?: readonly string[];
  /** how many directories deep, 0 for `under` alone; 8 by default */
  readonly depth?: number;
  /** how many files at most; 2000 by default */
  readonly limit?: number;
}

/**
 * Read-only view of the directory that the user points at. Paths are relative, with `/`, `.` for the directory itself.
 * Dependency folders, version control, virtual environments and build caches are not seen by `find`.
 */
export interface Project {
  /** base name of the directory */
  readonly name: string;
  /** sorted by name; empty where there is no such directory or it cannot be read */
  entries(directory: string): readonly Entry[];
  isFile(path: string): boolean;
  isDirectory(path: string): boolean;
  /** may be executed by its owner */
  isExecutable(path: string): boolean;
  /**
   * Text of a file, decoded (UTF-8, or UTF-16 by its mark), without a byte order mark, line ends as they are.
   * `null` where there is no such file.
   * Throws UserError `file-unreadable` for one that cannot be read, `file-too-large` over 8 MiB.
   */
  text(path: string): string | null;
  /** as `text`, but `null` also for what cannot be read or is too large: for sources, where one file more or less does not matter */
  source(path: string): string | null;
  /** the file is UTF-16 by its mark, which tools that edit lines do not read; absent: never */
  isUtf16?(path: string): boolean;
  /** breadth first, sorted within a directory, so that the same tree gives the same list */
  find(search: FileSearch): readonly string[];
}
