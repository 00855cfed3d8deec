package igdrom.report;

import igdrom.bytes.MalformedImageException;
import igdrom.formats.vbt.VbtEditException;
import igdrom.json.MalformedJsonException;
import igdrom.rom.RomTooLargeException;
import java.util.Optional;

/// Why there is no report on an input: what every surface shows instead of one.
///
/// @param message what happened, with the file
public record InputFailure(Answer answer, String message) {
    /// The failure that an exception amounts to; empty when the input is not its cause.
    ///
    /// @param subject the name of the file, which stands before reasons that do not name it
    public static Optional<InputFailure> of(Throwable e, String subject) {
        String message = String.valueOf(e.getMessage());
        return Optional.ofNullable(
                switch (e) {
                    case MalformedImageException _, MalformedJsonException _ ->
                            new InputFailure(Answer.MALFORMED, message);
                    case MissingPartException _, RomTooLargeException _ ->
                            new InputFailure(Answer.NO, message);
                    case VbtEditException _ ->
                            new InputFailure(Answer.NO, subject + ": " + message);
                    default -> null;
                });
    }
}
