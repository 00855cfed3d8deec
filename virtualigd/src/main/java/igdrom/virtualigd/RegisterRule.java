package igdrom.virtualigd;

import igdrom.knowledge.TsvTable;
import java.util.ArrayList;
import java.util.List;

/// How a register behaves: what the columns `behaviour`, `value` and `argument` of a row say.
sealed interface RegisterRule {
    /// What it holds at first.
    default int initial() {
        return 0;
    }

    /// `constant`: it reads as `value`, whatever is written.
    record Constant(int value) implements RegisterRule {
        @Override
        public int initial() {
            return value;
        }
    }

    /// `stored`: it reads as it was written, `value` at first, and then:
    ///
    /// - `31>30` bit 30 reads as bit 31 was written: a request that is granted at once
    /// - `31!7` bit 7 reads as the opposite of bit 31
    /// - `0>31@OFFSET` bit 31 of the register at OFFSET reads as bit 0 was written here
    /// - `clear:MASK` these bits read 0: what was asked for is done already
    /// - `set:MASK` these bits read 1
    /// - `ack:OFFSET` the register at OFFSET takes the same value
    /// - `COMMAND=VALUE@OFFSET` the register at OFFSET takes VALUE when bits 15:0 of what was
    ///   written are COMMAND, or whatever they are: `any=VALUE@OFFSET`
    ///
    /// @param masked bits 31:16 of a write say which of bits 15:0 are written
    record Stored(int value, boolean masked, List<Effect> effects) implements RegisterRule {
        public Stored {
            effects = List.copyOf(effects);
        }

        @Override
        public int initial() {
            int held = value;
            for (Effect effect : effects) {
                held = effect.on(held);
            }
            return held;
        }
    }

    /// `w1c`: writing 1 clears a bit; `value` at first.
    record Clearable(int value) implements RegisterRule {
        @Override
        public int initial() {
            return value;
        }
    }

    /// `vblank`: writing 1 clears a bit, but bits `value` are set again by the next vertical blank,
    /// which is soon, unless the register 4 bytes before masks them; the registers at `argument`
    /// say in bit 31 whether there are any.
    record Blank(int value, List<Integer> transcoders) implements RegisterRule {
        public Blank {
            transcoders = List.copyOf(transcoders);
        }
    }

    /// `counts`: each read gives the first `argument` more, from `value` on; the counter's bits are
    /// those of the second. What is written is ignored, or, with a third that says `written`, what
    /// it counts on from.
    record Counter(int value, int step, int mask, boolean writable) implements RegisterRule {
        @Override
        public int initial() {
            return value;
        }
    }

    /// `config`: it mirrors config space at `argument`.
    record Config(int offset) implements RegisterRule {}

    /// `reserved`: it tells where the hardware has its own part of stolen memory, whose base is in
    /// config space at `argument`.
    ///
    /// @param shift which half of the address it has
    record Reserved(int offset, int shift) implements RegisterRule {}

    /// `gmbus`: it is one of the registers of the GMBUS controller, the first of the row is GMBUS0.
    record Bus(int register) implements RegisterRule {}

    /// `phy`: it controls a message bus to a display PHY; the answer is 8 bytes behind.
    record Phy() implements RegisterRule {}

    /// `aux`: it is the control register of a DisplayPort AUX channel, its number is `argument` for
    /// the first register of the row. The data registers follow it.
    record Aux(int channel) implements RegisterRule {}

    /// What follows in the registers when one is written.
    sealed interface Effect {
        /// What the written register itself holds afterwards.
        default int on(int value) {
            return value;
        }

        /// A bit follows another one, or its opposite.
        record Follow(int from, int to, boolean opposite) implements Effect {
            @Override
            public int on(int value) {
                return on(value, value);
            }

            /// What a register holds afterwards when another one was written.
            int on(int value, int written) {
                boolean set = (written >>> from & 1) != 0;
                return set != opposite ? value | 1 << to : value & ~(1 << to);
            }
        }

        /// A bit of another register follows one of this.
        record Elsewhere(int offset, Follow follow) implements Effect {}

        /// Bits are always set.
        record Set(int mask) implements Effect {
            @Override
            public int on(int value) {
                return value | mask;
            }
        }

        /// Bits are cleared at once.
        record Clear(int mask) implements Effect {
            @Override
            public int on(int value) {
                return value & ~mask;
            }
        }

        /// Another register takes the same value.
        record Acknowledge(int offset) implements Effect {}

        /// Another register takes the answer to a command.
        ///
        /// @param command -1 for any
        record Answer(int command, int value, int offset) implements Effect {
            boolean to(int written) {
                return command < 0 || command == (written & 0xffff);
            }
        }
    }

    /// The rule in a row.
    ///
    /// @param index which of the registers of the row it is, from 0
    static RegisterRule of(TsvTable.Row row, int behaviour, int index) {
        int value = row.text(behaviour + 1).equals("-") ? 0 : row.number(behaviour + 1);
        String argument = row.textOrNull(behaviour + 2);
        List<String> words = argument == null ? List.of() : List.of(argument.split(" ", -1));
        return switch (row.text(behaviour)) {
            case "constant" -> new Constant(value);
            case "stored" -> new Stored(value, false, effects(row, words));
            case "masked" -> new Stored(value, true, effects(row, words));
            case "w1c" -> new Clearable(value);
            case "vblank" -> new Blank(value, numbers(row, words));
            case "counts" ->
                    new Counter(
                            value,
                            number(row, words, 0),
                            number(row, words, 1),
                            words.size() > 2 && words.get(2).equals("written"));
            case "config" -> new Config(number(row, words, 0) + 4 * index);
            case "reserved" -> new Reserved(number(row, words, 0), 32 * index);
            case "gmbus" -> new Bus(index);
            case "phy" -> new Phy();
            case "aux" -> new Aux(number(row, words, 0) + index);
            default -> throw row.broken("there is no behaviour " + row.text(behaviour));
        };
    }

    private static List<Effect> effects(TsvTable.Row row, List<String> words) {
        List<Effect> effects = new ArrayList<>();
        for (String word : words) {
            int colon = word.indexOf(':');
            int equals = word.indexOf('=');
            if (equals > 0) {
                effects.add(answer(row, word.substring(0, equals), word.substring(equals + 1)));
                continue;
            }
            if (colon < 0) {
                effects.add(follow(row, word));
                continue;
            }
            int argument = number(row, word.substring(colon + 1));
            effects.add(
                    switch (word.substring(0, colon)) {
                        case "clear" -> new Effect.Clear(argument);
                        case "set" -> new Effect.Set(argument);
                        case "ack" -> new Effect.Acknowledge(argument);
                        default -> throw row.broken("there is no effect " + word);
                    });
        }
        return effects;
    }

    private static Effect answer(TsvTable.Row row, String command, String answer) {
        int at = answer.indexOf('@');
        if (at < 0) {
            throw row.broken("the answer " + answer + " is for no register");
        }
        return new Effect.Answer(
                command.equals("any") ? -1 : number(row, command),
                number(row, answer.substring(0, at)),
                number(row, answer.substring(at + 1)));
    }

    private static Effect follow(TsvTable.Row row, String word) {
        int at = word.indexOf('@');
        String here = at < 0 ? word : word.substring(0, at);
        int sign = Math.max(here.indexOf('>'), here.indexOf('!'));
        if (sign < 0) {
            throw row.broken("there is no effect " + word);
        }
        Effect.Follow follow =
                new Effect.Follow(
                        number(row, here.substring(0, sign)),
                        number(row, here.substring(sign + 1)),
                        here.charAt(sign) == '!');
        return at < 0 ? follow : new Effect.Elsewhere(number(row, word.substring(at + 1)), follow);
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
