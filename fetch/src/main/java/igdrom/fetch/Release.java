package igdrom.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The description of a suite: its names and dates, and the size and SHA-256 of each index.
///
/// Spec: DebianRepository/Format, "Release" files.
///
/// @param codename such as `trixie`
/// @param validUntil null when there is no such date, as for stable releases
/// @param byHash whether indexes can be downloaded by the name of their hash
/// @param files by path relative to the suite's directory
record Release(
        String origin,
        String codename,
        Instant date,
        @Nullable Instant validUntil,
        boolean byHash,
        Map<String, Checksum> files) {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss z", Locale.ENGLISH);

    Release {
        files = Map.copyOf(files);
    }

    /// Reads the verified text of an `InRelease`.
    ///
    /// @param location for messages
    static Release of(String text, String location) throws IOException {
        List<Stanza> stanzas = Stanza.readAll(new BufferedReader(new StringReader(text)));
        if (stanzas.size() != 1) {
            throw new UntrustedException(
                    location, stanzas.size() + " paragraphs found, expected 1");
        }
        Stanza stanza = stanzas.getFirst();
        Map<String, Checksum> files = new HashMap<>();
        for (String line : stanza.get("SHA256").split("\n", -1)) {
            String[] words = line.strip().split(" +", -1);
            if (words.length == 3) {
                files.put(words[2], new Checksum(number(words[1], location), words[0]));
            }
        }
        String until = stanza.get("Valid-Until");
        return new Release(
                stanza.get("Origin"),
                stanza.get("Codename"),
                date(stanza.get("Date"), location),
                until.isEmpty() ? null : date(until, location),
                stanza.get("Acquire-By-Hash").equals("yes"),
                files);
    }

    /// The expected size and SHA-256 of an index.
    Checksum checksum(String file, String location) throws UntrustedException {
        Checksum sum = files.get(file);
        if (sum == null) {
            throw new UntrustedException(location, file + " is not listed");
        }
        return sum;
    }

    static long number(String text, String location) throws UntrustedException {
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Reported below.
        }
        throw new UntrustedException(location, "'" + text + "' is not a valid size");
    }

    private static Instant date(String text, String location) throws UntrustedException {
        try {
            return ZonedDateTime.parse(text, DATE).toInstant();
        } catch (DateTimeException e) {
            throw new UntrustedException(location, "'" + text + "' is not a valid date");
        }
    }
}
