import type { Fact } from '../../model/fact.ts';
import { type Dependency, findDependency, isRuntime } from './dependency.ts';

/** Libraries with machine code inside, built for glibc alone: on Alpine they fail when they are first used. */
const GLIBC_ONLY =
  /:rocksdbjni$|:kafka-streams|:snappy-java$|:leveldbjni|:netty-tcnative|:conscrypt|:javacpp|:javacv|^org\.bytedeco:|:tensorflow|:onnxruntime|:pytorch|^ai\.djl\.|:duckdb_jdbc|:opencv|:grpc-netty-shaded|:lmdbjava|:jxbrowser|^org\.openjfx:|:zstd-jni$|:brotli4j|:argon2-jvm|:webrtc-java|:chronicle-/;

export function nativeLibrary(dependencies: readonly Dependency[]): Fact | null {
  const found = findDependency(dependencies.filter(isRuntime), GLIBC_ONLY);
  return found && { value: found.name, from: found.place };
}

/** A dependency that is another file on each machine (`${os.detected.classifier}`): what is built holds for one architecture. */
export function isBoundToPlatform(dependencies: readonly Dependency[]): boolean {
  return dependencies.some((one) =>
    /os\.detected|osdetector|javafx\.platform|javacpp\.platform/.test(one.classifier ?? ''),
  );
}
