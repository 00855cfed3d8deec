package igdrom.bench.debian;

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

/// What an archive says about one of its suites: its name, its date, and the size and SHA-256 of
/// each index.
///
/// Spec: DebianRepository/Format, "Release" files.
///
/// @param validUntil null where it is not said, as for stable releases
public record Release(
        String origin,
        String codename,
        Instant date,
        @Nullable Instant validUntil,
        boolean byHash,
        Map<String, Sum> files) {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss z", Locale.ENGLISH);

    public Release {
        files = Map.copyOf(files);
    }

    /// What a file must be.
    public record Sum(long size, String sha256) {}

    public static Release of(String text, String what) throws IOException {
        List<Stanza> stanzas = Stanza.readAll(new BufferedReader(new StringReader(text)));
        if (stanzas.size() != 1) {
            throw new UntrustedException(what, stanzas.size() + " paragraphs, not one");
        }
        Stanza one = stanzas.getFirst();
        Map<String, Sum> files = new HashMap<>();
        for (String line : one.get("SHA256").split("\n", -1)) {
            String[] words = line.strip().split(" +", -1);
            if (words.length == 3) {
                files.put(words[2], new Sum(number(words[1], what), words[0]));
            }
        }
        String until = one.get("Valid-Until");
        return new Release(
                one.get("Origin"),
                one.get("Codename"),
                date(one.get("Date"), what),
                until.isEmpty() ? null : date(until, what),
                one.get("Acquire-By-Hash").equals("yes"),
                files);
    }

    /// What `file` must be, by this release.
    public Sum sum(String file, String what) throws UntrustedException {
        Sum sum = files.get(file);
        if (sum == null) {
            throw new UntrustedException(what, "does not list " + file);
        }
        return sum;
    }

    static long number(String text, String what) throws UntrustedException {
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new UntrustedException(what, "a size is '" + text + "'");
    }

    private static Instant date(String text, String what) throws UntrustedException {
        try {
            return ZonedDateTime.parse(text, DATE).toInstant();
        } catch (DateTimeException e) {
            throw new UntrustedException(what, "a date is '" + text + "'");
        }
    }
}
