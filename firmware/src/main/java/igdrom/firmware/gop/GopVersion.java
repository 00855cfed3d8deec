package igdrom.firmware.gop;

import org.jspecify.annotations.Nullable;

/// The version of a GOP, as far as it can be read out of the driver: null is a part that cannot.
public record GopVersion(@Nullable Integer major, @Nullable Integer minor, @Nullable Integer build)
        implements Comparable<GopVersion> {
    public static final GopVersion UNKNOWN = new GopVersion(null, null, null);

    public boolean isComplete() {
        return major != null && minor != null && build != null;
    }

    /// Unknown parts sort first.
    @Override
    public int compareTo(GopVersion other) {
        int order = compare(major, other.major);
        order = order != 0 ? order : compare(minor, other.minor);
        return order != 0 ? order : compare(build, other.build);
    }

    private static int compare(@Nullable Integer one, @Nullable Integer other) {
        return Integer.compare(one == null ? -1 : one, other == null ? -1 : other);
    }

    /// `21.0.1066`, with `?` for what is not known.
    @Override
    public String toString() {
        return part(major) + "." + part(minor) + "." + part(build);
    }

    private static String part(@Nullable Integer number) {
        return number == null ? "?" : number.toString();
    }
}
