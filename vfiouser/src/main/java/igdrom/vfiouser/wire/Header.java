package igdrom.vfiouser.wire;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// The 16 bytes in front of every message.
///
/// Spec: vfio-user, "Header".
///
/// @param command its number, which need not be one of [Command]
/// @param size of the whole message, this header included
/// @param error an errno in a reply; reserved in a command
public record Header(int id, int command, int size, long flags, long error) {
    public static final int SIZE = 16;

    /// The most data that one message may carry here, and what our [Version] says.
    public static final int MAX_DATA_XFER_SIZE = 1 << 20;

    /// The largest message: data, the longest structure in front of any, and this header.
    public static final int MAX_SIZE = SIZE + 64 + MAX_DATA_XFER_SIZE;

    static final long TYPE_MASK = 0xf;
    static final long TYPE_REPLY = 1;
    static final long NO_REPLY = 1 << 4;
    static final long ERROR = 1 << 5;

    private static final Location PLACE = Location.root("vfio-user message");

    /// Reads it from its 16 bytes.
    ///
    /// @throws MalformedImageException when the size cannot be believed: the stream is lost
    public static Header read(Image image) {
        Cursor in = new Cursor(image, PLACE);
        int id = in.u16("Message ID");
        int command = in.u16("Command");
        int size = in.size("Message size", MAX_SIZE);
        if (size < SIZE) {
            throw in.malformed(4, "Message size is 0x%x, the header has 0x10".formatted(size));
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

    /// A command that must not be answered, not even with an error.
    public boolean noReply() {
        return (flags & NO_REPLY) != 0;
    }

    public int bodySize() {
        return size - SIZE;
    }

    /// A command with everything in its place.
    public static Image command(int id, Request request) {
        return message(id, request.command(), 0, request::write);
    }

    /// A command that asks for no answer.
    public static Image posted(int id, Request request) {
        return message(id, request.command(), NO_REPLY, request::write);
    }

    /// The answer to the command with this header.
    public Image reply(Reply reply) {
        Emitter out = new Emitter().u16(id).u16(command).u32(0);
        if (reply instanceof Reply.Refused(Errno errno)) {
            out.u32(TYPE_REPLY | ERROR).u32(errno.number());
        } else {
            out.u32(TYPE_REPLY).u32(0);
            reply.write(out);
        }
        return sized(out);
    }

    private static Image message(
            int id, Command command, long flags, java.util.function.Consumer<Emitter> body) {
        Emitter out = new Emitter().u16(id).u16(command.number()).u32(0).u32(flags).u32(0);
        body.accept(out);
        return sized(out);
    }

    private static Image sized(Emitter out) {
        return out.patch(4, new Emitter().u32(out.position()).toImage()).toImage();
    }
}
