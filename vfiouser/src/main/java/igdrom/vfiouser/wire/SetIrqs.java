package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Connects interrupts to eventfds, or raises, masks or unmasks them.
///
/// Spec: vfio-user, "VFIO_USER_DEVICE_SET_IRQS".
///
/// @param index unsigned; the server checks index, start and count against the device
public record SetIrqs(long index, long start, int count, Action action, Data data)
        implements Request {
    static final int SIZE = 20;
    private static final long DATA_NONE = 1;
    private static final long DATA_BOOL = 2;
    private static final long DATA_EVENTFD = 4;
    private static final long DATA_MASK = 7;

    /// The action to take, or the action that the eventfd stands for.
    public enum Action {
        MASK(8),
        UNMASK(16),
        TRIGGER(32);

        private final long flag;

        Action(long flag) {
            this.flag = flag;
        }
    }

    /// The interrupts of the range to act on.
    public sealed interface Data {
        /// All of them.
        record None() implements Data {}

        /// Those whose byte is not 0.
        record Bool(Image flags) implements Data {}

        /// None for now: each is connected to its eventfd.
        ///
        /// @param connected false when the message has no descriptors and disconnects the
        ///   interrupts
        record EventFd(boolean connected) implements Data {}
    }

    static SetIrqs read(Payload in) throws RefusedException {
        in.checkMinSize(SIZE);
        long argsz = in.u32(0);
        if (argsz < in.size()) {
            throw in.invalid(
                    "argsz is 0x%x, the message has 0x%x bytes".formatted(argsz, in.size()));
        }
        long flags = in.flags(4, 63);
        long count = in.u32(16);
        if (count > IrqInfo.MAX_COUNT) {
            throw in.invalid(
                    "count is 0x%x, the maximum is 0x%x".formatted(count, IrqInfo.MAX_COUNT));
        }
        Action action = action(in, flags);
        Data data = data(in, flags & DATA_MASK, (int) count);
        if (count == 0
                && (!(data instanceof Data.None) || action != Action.TRIGGER || in.u32(12) != 0)) {
            throw in.invalid("count is 0, allowed only to disable a whole index");
        }
        return new SetIrqs(in.u32(8), in.u32(12), (int) count, action, data);
    }

    private static Action action(Payload in, long flags) throws RefusedException {
        for (Action action : Action.values()) {
            if ((flags & ~DATA_MASK) == action.flag) {
                return action;
            }
        }
        throw in.invalid("flags are 0x%x, expected exactly one action".formatted(flags));
    }

    private static Data data(Payload in, long kind, int count) throws RefusedException {
        if (kind == DATA_EVENTFD) {
            in.checkSize(SIZE);
            if (in.descriptors() != 0 && in.descriptors() != count) {
                throw in.invalid(
                        "descriptor count is %d, expected 0 or %d"
                                .formatted(in.descriptors(), count));
            }
            return new Data.EventFd(in.descriptors() != 0);
        }
        in.checkNoDescriptors();
        if (kind == DATA_NONE) {
            in.checkSize(SIZE);
            return new Data.None();
        }
        if (kind == DATA_BOOL) {
            in.checkSize(SIZE + (long) count);
            return new Data.Bool(in.from(SIZE));
        }
        throw in.invalid("flags are 0x%x, expected exactly one data type".formatted(kind));
    }

    @Override
    public Command command() {
        return Command.DEVICE_SET_IRQS;
    }

    @Override
    public void write(Emitter out) {
        long kind =
                switch (data) {
                    case Data.None() -> DATA_NONE;
                    case Data.Bool(_) -> DATA_BOOL;
                    case Data.EventFd(_) -> DATA_EVENTFD;
                };
        Image flags = data instanceof Data.Bool(Image bools) ? bools : Image.EMPTY;
        out.u32(SIZE + flags.size()).u32(kind | action.flag);
        out.u32(index).u32(start).u32(count).image(flags);
    }
}
