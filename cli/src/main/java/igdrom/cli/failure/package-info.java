/// How a run fails: the exit codes, and the one ladder from an exception to the line that the user
/// sees.
///
/// A command throws a [Failure][igdrom.cli.failure.Failure] for what it finds itself;
/// [FailureLadder][igdrom.cli.failure.FailureLadder] makes one of every other exception.
///
/// ```java
/// try {
///     return Image.load(file);
/// } catch (IOException e) {
///     throw FailureLadder.of(e, file.toString());
/// }
/// ```
///
/// Not here: stack traces, which `Main` prints.
@NullMarked
package igdrom.cli.failure;

import org.jspecify.annotations.NullMarked;
