package igdrom.host.linux;

import igdrom.host.Fact;
import igdrom.host.TextConsole;
import java.util.ArrayList;
import java.util.List;

/// The drivers of the text console in `/sys/class/vtconsole`.
///
/// Source: Linux, drivers/tty/vt/vt.c, `show_name` and `show_bind`; Documentation/driver-api/tty,
/// "console".
record TextConsoleFiles(HostRoot root) {
    private static final String DIRECTORY = "/sys/class/vtconsole";

    /// Empty in a kernel without virtual terminals.
    Fact<List<TextConsole>> consoles() {
        Fact<List<String>> names = root.names(DIRECTORY);
        if (names.value().isEmpty() && !root.exists(DIRECTORY) && root.exists("/sys/class")) {
            return new Fact.Known<>(List.of(), DIRECTORY);
        }
        List<TextConsole> consoles = new ArrayList<>();
        for (String name : names.value().orElse(List.of())) {
            String directory = DIRECTORY + "/" + name;
            Fact<Boolean> bound = PciDevices.flag(root.text(directory + "/bind"));
            Fact<String> driver = root.text(directory + "/name");
            if (bound.value().isPresent() && driver.value().isPresent()) {
                consoles.add(
                        new TextConsole(
                                name, parseName(driver.value().get()), bound.value().get()));
            }
        }
        return names.map(_ -> List.copyOf(consoles));
    }

    /// `frame buffer device` of `(M) frame buffer device`, where the letter says whether it is a
    /// module or part of the system.
    static String parseName(String text) {
        return text.matches("\\([MS]\\) .*") ? text.substring(4) : text;
    }
}
