package igdrom.cli.commands;

import igdrom.cli.options.Options;
import igdrom.plan.host.Fix;
import igdrom.plan.host.HostRemedy;
import igdrom.report.HostSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Spells what the owner of a host can do with igdrom as commands.
final class HostWording {
    /// The usual name of a file with firmware, where the user has given none.
    private static final String IMAGE = "bios.bin";

    private HostWording() {}

    static Fix.Do of(HostRemedy remedy, HostSource source) {
        return switch (remedy) {
            case READ_AS_ROOT ->
                    switch (source.kind()) {
                        case MACHINE -> todo("root can read them", doctor(source, null));
                        case SNAPSHOT -> record(source);
                        case TEXTS ->
                                todo(
                                        "add the output of \"sudo lspci -vvnnxxx\" and \"sudo"
                                                + " dmesg\" to "
                                                + source.name()
                                                + ", or record everything on the host",
                                        snapshot());
                    };
            case READ_ON_HOST ->
                    todo("run it on the host itself, outside guests and containers", doctor());
            case GIVE_FIRMWARE ->
                    todo(
                            "look into the firmware: the BIOS update from the board's vendor, or a"
                                    + " dump of the flash",
                            doctor(source, source.firmware() == null ? IMAGE : source.firmware()));
            case GIVE_MORE_FACTS ->
                    source.kind() == HostSource.Kind.MACHINE
                            ? todo("read everything as root", doctor(source, null))
                            : record(source);
            case CHECK_AGAIN ->
                    source.kind() == HostSource.Kind.MACHINE
                            ? todo("fix what is marked, then check again", doctor(source, null))
                            : source.freeBsd()
                                    ? todo("fix what is marked, then record it again")
                                    : todo("fix what is marked, then check on the host", doctor());
            case BUILD_ROM -> todo("build the ROM", build(source, true));
            case BUILD_ROM_WITHOUT_GOP ->
                    todo(
                            "a ROM without a GOP shows a picture once the guest's driver runs",
                            build(source, false));
        };
    }

    private static Fix.Do todo(String text, String... commands) {
        return new Fix.Do(text, List.of(commands));
    }

    private static String doctor() {
        return "sudo igdrom doctor";
    }

    private static String doctor(HostSource source, @Nullable String firmware) {
        List<String> words = new ArrayList<>();
        switch (source.kind()) {
            case MACHINE -> words.add(doctor());
            case SNAPSHOT -> words.add("igdrom doctor " + Options.SNAPSHOT + " " + source.name());
            case TEXTS -> words.add("igdrom doctor " + Options.FROM + " " + source.name());
        }
        if (firmware != null) {
            words.add(Options.FIRMWARE + " " + firmware);
        }
        return String.join(" ", words);
    }

    /// How everything is recorded, as root, on the host.
    private static Fix.Do record(HostSource source) {
        return source.freeBsd()
                ? todo(
                        "record everything on the host, with the script that the first line writes",
                        "igdrom snapshot " + Options.FREEBSD_SCRIPT + " > freebsd.sh",
                        "sudo sh freebsd.sh > host.txt",
                        "igdrom doctor " + Options.FROM + " host.txt")
                : todo("record everything on the host", snapshot());
    }

    private static String snapshot() {
        return "sudo igdrom snapshot " + Options.OUTPUT.names().getFirst() + " host.json";
    }

    private static String build(HostSource source, boolean withGop) {
        List<String> words = new ArrayList<>();
        switch (source.kind()) {
            case MACHINE -> words.add("sudo igdrom build " + Options.HOST);
            case SNAPSHOT -> words.add("igdrom build " + Options.SNAPSHOT + " " + source.name());
            case TEXTS -> {
                words.add("igdrom build " + Options.DEVICE + " " + source.device());
                if (source.bridge() != null && withGop) {
                    words.add(Options.PCH + " " + source.bridge());
                }
            }
        }
        words.add(
                withGop
                        ? Options.FIRMWARE
                                + " "
                                + (source.firmware() == null ? IMAGE : source.firmware())
                        : Options.NO_GOP.name());
        words.add(Options.OUTPUT.names().getFirst() + " igd.rom");
        return String.join(" ", words);
    }
}
