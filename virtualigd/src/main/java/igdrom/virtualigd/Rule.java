package igdrom.virtualigd;

import igdrom.knowledge.Tsv;
import java.util.ArrayList;
import java.util.List;

/// How a register behaves: what the columns `behaviour`, `value` and `argument` of a row say.
sealed interface Rule {
    /// What it holds at first.
    default int initial() {
        return 0;
    }

    /// `constant`: it reads as `value`, whatever is written.
    record Constant(int value) implements Rule {
        @Override
        public int initial() {
            return value;
        }
    }

    /// `stored`: it reads as it was written, `value` at first, and then:
    ///
    /// - `31>30` bit 30 reads as bit 31 was written: a request that is granted at once
    /// - `31!7` bit 7 reads as the opposite of bit 31
    /// - `clear:MASK` these bits read 0: what was asked for is done already
    /// - `ack:OFFSET` the register at OFFSET takes the same value
    /// - `done:OFFSET:MASK` the register at OFFSET gets these bits
    ///
    /// @param masked bits 31:16 of a write say which of bits 15:0 are written
    record Stored(int value, boolean masked, List<Effect> effects) implements Rule {
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
    record Clearable(int value) implements Rule {
        @Override
        public int initial() {
            return value;
        }
    }

    /// `counts`: each read gives `argument` more, from `value` on; the counter's bits are those of
    /// `mask`. What was written is ignored.
    record Counter(int value, int step, int mask) implements Rule {
        @Override
        public int initial() {
            return value;
        }
    }

    /// `config`: it mirrors config space at `argument`.
    record Config(int offset) implements Rule {}

    /// `gmbus`: it is one of the registers of the GMBUS controller, its number is `argument`.
    record Bus(int register) implements Rule {}

    /// `aux`: it is one of the registers of a DisplayPort AUX channel, its number is `argument`.
    record Aux(int channel, int register) implements Rule {}

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
                boolean set = (value >>> from & 1) != 0;
                return set != opposite ? value | 1 << to : value & ~(1 << to);
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

        /// Another register gets bits.
        record Done(int offset, int mask) implements Effect {}
    }

    /// The rule in a row.
    ///
    /// @param index which of the registers of the row it is, from 0
    static Rule of(Tsv.Row row, int behaviour, int index) {
        int value = row.text(behaviour + 1).equals("-") ? 0 : row.number(behaviour + 1);
        String argument = row.textOrNull(behaviour + 2);
        List<String> words = argument == null ? List.of() : List.of(argument.split(" ", -1));
        return switch (row.text(behaviour)) {
            case "constant" -> new Constant(value);
            case "stored" -> new Stored(value, false, effects(row, words));
            case "masked" -> new Stored(value, true, effects(row, words));
            case "w1c" -> new Clearable(value);
            case "counts" -> new Counter(value, number(row, words, 0), number(row, words, 1));
            case "config" -> new Config(number(row, words, 0) + 4 * index);
            case "gmbus" -> new Bus(index);
            case "aux" -> new Aux(number(row, words, 0), index);
            default -> throw row.broken("there is no behaviour " + row.text(behaviour));
        };
    }

    private static List<Effect> effects(Tsv.Row row, List<String> words) {
        List<Effect> effects = new ArrayList<>();
        for (String word : words) {
            int follow = word.indexOf('>') + word.indexOf('!') + 1;
            if (follow > 0) {
                effects.add(
                        new Effect.Follow(
                                number(row, word.substring(0, follow)),
                                number(row, word.substring(follow + 1)),
                                word.charAt(follow) == '!'));
                continue;
            }
            String[] parts = word.split(":", -1);
            effects.add(
                    switch (parts[0]) {
                        case "clear" -> new Effect.Clear(number(row, parts[1]));
                        case "ack" -> new Effect.Acknowledge(number(row, parts[1]));
                        case "done" ->
                                new Effect.Done(number(row, parts[1]), number(row, parts[2]));
                        default -> throw row.broken("there is no effect " + word);
                    });
        }
        return effects;
    }

    private static int number(Tsv.Row row, List<String> words, int index) {
        if (index >= words.size()) {
            throw row.broken("an argument is missing");
        }
        return number(row, words.get(index));
    }

    private static int number(Tsv.Row row, String text) {
        return new Tsv.Row(row.table(), List.of(text)).number(0);
    }
}
