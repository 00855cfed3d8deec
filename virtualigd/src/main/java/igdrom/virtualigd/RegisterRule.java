package igdrom.virtualigd;

import igdrom.knowledge.TsvTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The behaviour of a register, from the columns `behaviour`, `value` and `argument` of a row.
sealed interface RegisterRule {
    /// The value after a reset.
    default int initial() {
        return 0;
    }

    /// `constant`: always reads as `value`; writes are ignored.
    record Constant(int value) implements RegisterRule {
        @Override
        public int initial() {
            return value;
        }
    }

    /// `stored`: reads as written, `value` after a reset, with these effects of a write:
    ///
    /// - `31>30` bit 30 follows bit 31: a request that is granted at the second poll
    /// - `31!7` bit 7 is the opposite of bit 31
    /// - `0>31@OFFSET` bit 31 of the register at OFFSET follows bit 0 of this one
    /// - `clear:MASK` these bits read 0: the requested operation is complete
    /// - `set:MASK` these bits read 1
    /// - `ack:OFFSET` the register at OFFSET takes the same value
    /// - `COMMAND=VALUE@OFFSET` the register at OFFSET takes VALUE when bits 15:0 of the written
    ///   value are COMMAND; `any=VALUE@OFFSET` for every command
    ///
    /// @param masked `masked`: bits 31:16 of a write select which of bits 15:0 are written
    record Stored(int value, boolean masked, List<Effect> effects) implements RegisterRule {
        public Stored {
            effects = List.copyOf(effects);
        }

        /// The bits that follow another bit of the register: what hardware grants after a while.
        int granted() {
            int bits = 0;
            for (Effect effect : effects) {
                if (effect instanceof Effect.Follow(_, int to, _)) {
                    bits |= 1 << to;
                }
            }
            return bits;
        }

        @Override
        public int initial() {
            int stored = value;
            for (Effect effect : effects) {
                stored = effect.on(stored);
            }
            return stored;
        }
    }

    /// `w1c`: writing 1 clears a bit; `value` after a reset.
    record WriteOneToClear(int value) implements RegisterRule {
        @Override
        public int initial() {
            return value;
        }
    }

    /// `vblank`: writing 1 clears a bit, but the bits in `value` are set again at once, since a
    /// vertical blank always follows soon. Exceptions: the mask register 4 bytes before masks them,
    /// or no transcoder is enabled (bit 31 of the registers in `argument`).
    record VerticalBlank(int value, List<Integer> transcoders) implements RegisterRule {
        public VerticalBlank {
            transcoders = List.copyOf(transcoders);
        }
    }

    /// `counter`: each read advances the value by the first `argument`, from `value` on, within the
    /// mask that is the second. Writes are ignored unless the third is `writable`.
    record Counter(int value, int step, int mask, boolean writable) implements RegisterRule {
        @Override
        public int initial() {
            return value;
        }
    }

    /// `config`: mirrors config space at `argument`.
    record ConfigMirror(int offset) implements RegisterRule {}

    /// `host`: an address in the host's memory that no hypervisor replaces, with the bits in
    /// `value`. `argument` says which: the `reserved` part of stolen memory, or the `page-table`.
    ///
    /// @param shift 0 for the lower half of the address, 32 for the upper half
    record HostAddress(int value, HostMemory memory, int shift) implements RegisterRule {}

    /// `virtual-function`: `value` in a virtual function of SR-IOV, else 0.
    record OfVirtualFunction(int value) implements RegisterRule {}

    /// A part of the host's memory that belongs to the device.
    enum HostMemory {
        RESERVED,
        PAGE_TABLE
    }

    /// `gmbus`: a register of the GMBUS controller; the first of the row is GMBUS0.
    record GmbusRegister(int number) implements RegisterRule {}

    /// `phy`: controls the message bus to a display PHY; the reply is 8 bytes after it.
    record PhyControl() implements RegisterRule {}

    /// `sideband`: the doorbell of the [Sideband]. `argument` names registers behind it that follow
    /// others, `UNIT/ADDRESS>FOLLOWER` each.
    record Doorbell(Map<Sideband.Register, Sideband.Register> followers) implements RegisterRule {
        public Doorbell {
            followers = Map.copyOf(followers);
        }
    }

    /// `aux`: the control register of a DisplayPort AUX channel, followed by its data registers.
    /// The channel number is `argument` for the first register of the row.
    record AuxControl(int channel) implements RegisterRule {}

    /// An effect of a write.
    sealed interface Effect {
        /// The value of the written register itself, after this effect.
        default int on(int value) {
            return value;
        }

        /// A bit follows another bit, or is its opposite.
        record Follow(int from, int to, boolean opposite) implements Effect {
            @Override
            public int on(int value) {
                return on(value, value);
            }

            /// The value of a register after a write to another one.
            int on(int value, int written) {
                boolean set = (written >>> from & 1) != 0;
                return set != opposite ? value | 1 << to : value & ~(1 << to);
            }
        }

        /// A bit of another register follows a bit of this one.
        record FollowElsewhere(int offset, Follow follow) implements Effect {}

        /// Bits always read 1.
        record SetBits(int mask) implements Effect {
            @Override
            public int on(int value) {
                return value | mask;
            }
        }

        /// Bits always read 0.
        record ClearBits(int mask) implements Effect {
            @Override
            public int on(int value) {
                return value & ~mask;
            }
        }

        /// Another register takes the same value.
        record Copy(int offset) implements Effect {}

        /// Another register takes the reply to a command.
        ///
        /// @param command -1 for every command
        record MailboxReply(int command, int value, int offset) implements Effect {
            boolean isFor(int written) {
                return command < 0 || command == (written & 0xffff);
            }
        }
    }

    /// Reads the rule in a row.
    ///
    /// @param behaviour the column
    /// @param index the number of the register within the row, from 0
    static RegisterRule of(TsvTable.Row row, int behaviour, int index) {
        int value = row.text(behaviour + 1).equals("-") ? 0 : row.number(behaviour + 1);
        String argument = row.textOrNull(behaviour + 2);
        List<String> words = argument == null ? List.of() : List.of(argument.split(" ", -1));
        return switch (row.text(behaviour)) {
            case "constant" -> new Constant(value);
            case "stored" -> new Stored(value, false, effects(row, words));
            case "masked" -> new Stored(value, true, effects(row, words));
            case "w1c" -> new WriteOneToClear(value);
            case "vblank" -> new VerticalBlank(value, numbers(row, words));
            case "counter" ->
                    new Counter(
                            value,
                            number(row, words, 0),
                            number(row, words, 1),
                            words.size() > 2 && words.get(2).equals("writable"));
            case "config" -> new ConfigMirror(number(row, words, 0) + 4 * index);
            case "host" -> new HostAddress(value, hostMemory(row, argument), 32 * index);
            case "virtual-function" -> new OfVirtualFunction(value);
            case "gmbus" -> new GmbusRegister(index);
            case "phy" -> new PhyControl();
            case "sideband" -> new Doorbell(followers(row, words));
            case "aux" -> new AuxControl(number(row, words, 0) + index);
            default -> throw row.broken("unknown behaviour " + row.text(behaviour));
        };
    }

    private static Map<Sideband.Register, Sideband.Register> followers(
            TsvTable.Row row, List<String> words) {
        Map<Sideband.Register, Sideband.Register> followers = new HashMap<>();
        for (String word : words) {
            int slash = word.indexOf('/');
            int sign = word.indexOf('>');
            if (slash < 0 || sign < slash) {
                throw row.broken("unknown effect " + word);
            }
            int unit = number(row, word.substring(0, slash));
            followers.put(
                    new Sideband.Register(unit, number(row, word.substring(slash + 1, sign))),
                    new Sideband.Register(unit, number(row, word.substring(sign + 1))));
        }
        return followers;
    }

    private static HostMemory hostMemory(TsvTable.Row row, @Nullable String argument) {
        return switch (argument) {
            case "reserved" -> HostMemory.RESERVED;
            case "page-table" -> HostMemory.PAGE_TABLE;
            case null, default -> throw row.broken("unknown part of the host's memory " + argument);
        };
    }

    private static List<Effect> effects(TsvTable.Row row, List<String> words) {
        List<Effect> effects = new ArrayList<>();
        for (String word : words) {
            int colon = word.indexOf(':');
            int equals = word.indexOf('=');
            if (equals > 0) {
                effects.add(
                        mailboxReply(row, word.substring(0, equals), word.substring(equals + 1)));
                continue;
            }
            if (colon < 0) {
                effects.add(follow(row, word));
                continue;
            }
            int argument = number(row, word.substring(colon + 1));
            effects.add(
                    switch (word.substring(0, colon)) {
                        case "clear" -> new Effect.ClearBits(argument);
                        case "set" -> new Effect.SetBits(argument);
                        case "ack" -> new Effect.Copy(argument);
                        default -> throw row.broken("unknown effect " + word);
                    });
        }
        return effects;
    }

    private static Effect mailboxReply(TsvTable.Row row, String command, String reply) {
        int at = reply.indexOf('@');
        if (at < 0) {
            throw row.broken("the reply " + reply + " names no register");
        }
        return new Effect.MailboxReply(
                command.equals("any") ? -1 : number(row, command),
                number(row, reply.substring(0, at)),
                number(row, reply.substring(at + 1)));
    }

    private static Effect follow(TsvTable.Row row, String word) {
        int at = word.indexOf('@');
        String here = at < 0 ? word : word.substring(0, at);
        int sign = Math.max(here.indexOf('>'), here.indexOf('!'));
        if (sign < 0) {
            throw row.broken("unknown effect " + word);
        }
        Effect.Follow follow =
                new Effect.Follow(
                        number(row, here.substring(0, sign)),
                        number(row, here.substring(sign + 1)),
                        here.charAt(sign) == '!');
        return at < 0
                ? follow
                : new Effect.FollowElsewhere(number(row, word.substring(at + 1)), follow);
    }

    private static List<Integer> numbers(TsvTable.Row row, List<String> words) {
        List<Integer> numbers = new ArrayList<>();
        for (String word : words) {
            numbers.add(number(row, word));
        }
        return numbers;
    }

    private static int number(TsvTable.Row row, List<String> words, int index) {
        if (index >= words.size()) {
            throw row.broken("an argument is missing");
        }
        return number(row, words.get(index));
    }

    private static int number(TsvTable.Row row, String text) {
        return new TsvTable.Row(row.table(), List.of(text)).number(0);
    }
}
