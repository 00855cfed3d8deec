package igdrom.plan.host;

import java.util.List;

/// What the owner of a host can do about a check.
public sealed interface Fix {
    /// Something to do on the host.
    ///
    /// @param text an imperative clause without a full stop
    /// @param commands to type after that, each a line
    record Do(String text, List<String> commands) implements Fix {
        public Do {
            commands = List.copyOf(commands);
        }

        static Do of(String text, String... commands) {
            return new Do(text, List.of(commands));
        }
    }

    /// Something that igdrom itself can do. Each surface spells it its own way.
    record Use(HostRemedy remedy) implements Fix {}
}
