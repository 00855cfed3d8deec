package igdrom.firmware.gop;

import org.jspecify.annotations.Nullable;

/// The version of a GOP. Parts that cannot be read from the driver are null.
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

    private static int compare(@Nullable Integer left, @Nullable Integer right) {
        return Integer.compare(left == null ? -1 : left, right == null ? -1 : right);
    }

    /// `21.0.1066`, with `?` for unknown parts.
    @Override
    public String toString() {
        return part(major) + "." + part(minor) + "." + part(build);
    }

    private static String part(@Nullable Integer number) {
        return number == null ? "?" : number.toString();
    }
}
