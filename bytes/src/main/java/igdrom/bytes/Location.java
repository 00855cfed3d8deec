package igdrom.bytes;

import org.jspecify.annotations.Nullable;

/// Where something is: the containers from the file down to it.
///
/// `bios.bin/BIOS@0x500000/FV 8C8CE578…/FFS FF0C8745…@0x48/LZMA!/PE32@0x4`: an `@` offset counts
/// from the start of the container before it, and a `!` is a step into unpacked data, where offsets
/// begin again.
public final class Location {
    private final @Nullable Location parent;
    private final String name;
    private final long offset;
    private final int depth;

    private Location(@Nullable Location parent, String name, long offset) {
        this.parent = parent;
        this.name = name;
        this.offset = offset;
        this.depth = parent == null ? 0 : parent.depth + 1;
    }

    /// The outermost container, as a rule a file's name.
    public static Location root(String name) {
        return new Location(null, name, -1);
    }

    /// Something inside, `offset` bytes from this container's start.
    public Location in(String inner, long offset) {
        return new Location(this, inner, offset);
    }

    /// The data that comes out of this container when `codec` unpacks it.
    public Location decompressed(String codec) {
        return new Location(this, codec + "!", -1);
    }

    /// How many containers there are above this one.
    public int depth() {
        return depth;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text);
        return text.toString();
    }

    private void append(StringBuilder text) {
        if (parent != null) {
            parent.append(text);
            text.append('/');
        }
        text.append(name);
        if (offset >= 0) {
            text.append("@0x").append(Long.toHexString(offset));
        }
    }
}
