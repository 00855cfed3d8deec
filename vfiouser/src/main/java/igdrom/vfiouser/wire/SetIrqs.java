package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Connects interrupts with event descriptors, or raises, masks or unmasks them.
///
/// Spec: vfio-user, "VFIO_USER_DEVICE_SET_IRQS".
///
/// @param index unsigned; whether the device has it is the server's to say, as for start and count
public record SetIrqs(long index, long start, int count, Action action, Data data)
        implements Request {
    static final int SIZE = 20;
    private static final long DATA_NONE = 1;
    private static final long DATA_BOOL = 2;
    private static final long DATA_EVENTFD = 4;
    private static final long DATA_MASK = 7;

    /// What happens, or on what the event is signalled.
    public enum Action {
        MASK(8),
        UNMASK(16),
        TRIGGER(32);

        private final long flag;

        Action(long flag) {
            this.flag = flag;
        }
    }

    /// To which interrupts of the range it applies.
    public sealed interface Data {
        /// To all of them.
        record None() implements Data {}

        /// To those whose byte is not 0.
        record Bool(Image flags) implements Data {}

        /// To none: each is connected with its descriptor.
        ///
        /// @param connected false when there are no descriptors: what was connected is no longer
        record EventFd(boolean connected) implements Data {}
    }

    static SetIrqs read(Payload in) throws RefusedException {
        in.atLeast(SIZE);
        long argsz = in.u32(0);
        if (argsz < in.size()) {
            throw in.invalid("argsz is 0x%x for 0x%x bytes".formatted(argsz, in.size()));
        }
        long flags = in.flags(4, 63);
        long count = in.u32(16);
        if (count > IrqInfo.MAX_COUNT) {
            throw in.invalid("count is 0x%x, the most is 0x%x".formatted(count, IrqInfo.MAX_COUNT));
        }
        Action action = action(in, flags);
        Data data = data(in, flags & DATA_MASK, (int) count);
        if (count == 0
                && (!(data instanceof Data.None) || action != Action.TRIGGER || in.u32(12) != 0)) {
            throw in.invalid("count is 0, which only disables all of an index");
        }
        return new SetIrqs(in.u32(8), in.u32(12), (int) count, action, data);
    }

    private static Action action(Payload in, long flags) throws RefusedException {
        for (Action action : Action.values()) {
            if ((flags & ~DATA_MASK) == action.flag) {
                return action;
            }
        }
        throw in.invalid("flags are 0x%x, not one action".formatted(flags));
    }

    private static Data data(Payload in, long kind, int count) throws RefusedException {
        if (kind == DATA_EVENTFD) {
            in.exactly(SIZE);
            if (in.descriptors() != 0 && in.descriptors() != count) {
                throw in.invalid(
                        "came with %d descriptors for %d interrupts"
                                .formatted(in.descriptors(), count));
            }
            return new Data.EventFd(in.descriptors() != 0);
        }
        in.withoutDescriptors();
        if (kind == DATA_NONE) {
            in.exactly(SIZE);
            return new Data.None();
        }
        if (kind == DATA_BOOL) {
            in.exactly(SIZE + (long) count);
            return new Data.Bool(in.from(SIZE));
        }
        throw in.invalid("flags are 0x%x, not one kind of data".formatted(kind));
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
