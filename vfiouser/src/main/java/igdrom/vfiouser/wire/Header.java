package igdrom.vfiouser.wire;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.function.Consumer;

/// The header of every message.
///
/// Spec: vfio-user, "Header".
///
/// @param command a number, not necessarily that of a [Command]
/// @param size of the whole message including this header
/// @param error an errno in a reply; reserved in a command
public record Header(int id, int command, int size, long flags, long error) {
    public static final int SIZE = 16;

    /// The maximum size of the data in one message, which our [Version] announces.
    public static final int MAX_DATA_XFER_SIZE = 1 << 20;

    /// The maximum size of a message: this header, the longest structure before data, and the data.
    public static final int MAX_SIZE = SIZE + 64 + MAX_DATA_XFER_SIZE;

    static final long TYPE_MASK = 0xf;
    static final long TYPE_REPLY = 1;
    static final long NO_REPLY = 1 << 4;
    static final long ERROR = 1 << 5;

    private static final Location LOCATION = Location.root("vfio-user message");

    /// Reads a header from its 16 bytes.
    ///
    /// @throws MalformedImageException when the size is invalid, so that the start of the next
    ///   message is unknown
    public static Header read(Image image) {
        Cursor in = new Cursor(image, LOCATION);
        int id = in.u16("Message ID");
        int command = in.u16("Command");
        int size = in.size("Message size", MAX_SIZE);
        if (size < SIZE) {
            throw in.malformed(4, "Message size is 0x%x, the minimum is 0x%x", size, SIZE);
        }
        return new Header(id, command, size, in.u32("Flags"), in.u32("Error"));
    }

    public void write(Emitter out) {
        out.u16(id).u16(command).u32(size).u32(flags).u32(error);
    }

    public boolean isReply() {
        return (flags & TYPE_MASK) == TYPE_REPLY;
    }

    public boolean isError() {
        return (flags & ERROR) != 0;
    }

    /// Whether the command must not be replied to, not even with an error.
    public boolean noReply() {
        return (flags & NO_REPLY) != 0;
    }

    /// The size of the message without this header.
    public int bodySize() {
        return size - SIZE;
    }

    /// The complete message for a request.
    public static Image command(int id, Request request) {
        return message(id, request.command(), 0, request::write);
    }

    /// The complete message for a request that wants no reply.
    public static Image posted(int id, Request request) {
        return message(id, request.command(), NO_REPLY, request::write);
    }

    /// The complete message for a reply to the command with this header.
    public Image reply(Reply reply) {
        Emitter out = new Emitter().u16(id).u16(command).u32(0);
        if (reply instanceof Reply.Refused(Errno errno)) {
            out.u32(TYPE_REPLY | ERROR).u32(errno.number());
        } else {
            out.u32(TYPE_REPLY).u32(0);
            reply.write(out);
        }
        return withSize(out);
    }

    private static Image message(int id, Command command, long flags, Consumer<Emitter> body) {
        Emitter out = new Emitter().u16(id).u16(command.number()).u32(0).u32(flags).u32(0);
        body.accept(out);
        return withSize(out);
    }

    /// Fills in the message size.
    private static Image withSize(Emitter out) {
        return out.patch(4, new Emitter().u32(out.position()).toImage()).toImage();
    }
}
