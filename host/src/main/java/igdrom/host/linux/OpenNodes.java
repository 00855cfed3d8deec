package igdrom.host.linux;

import igdrom.host.DeviceUsers;
import igdrom.host.DeviceUsers.User;
import igdrom.host.Fact;
import igdrom.host.PciFunction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who has the device nodes of a PCI function open: the links in `/proc/*/fd`. No node is opened.
///
/// Spec: Linux, proc_pid_fd(5), proc_pid_stat(5).
public record OpenNodes(HostRoot root) {
    private static final String PROCESSES = "/proc";
    private static final String STAT = "/proc/self/stat";

    /// Spec: Linux, Documentation/admin-guide/devices.txt: 4 is that of text screens, from 1 to 63,
    /// and of serial ports, from 64 on.
    private static final int TTY_MAJOR = 4;

    private static final int SERIAL_MINOR = 64;

    /// The field `tty_nr`, counted after the name, which may contain blanks.
    private static final int TTY_FIELD = 5;

    /// Who uses a function.
    public DeviceUsers users(PciFunction function) {
        String directory = PciDevices.directory(function.address());
        return new DeviceUsers(
                open(displayNodes(directory)),
                open(vfioNodes(directory, function)),
                onScreen(root.text(STAT)));
    }

    private Set<String> displayNodes(String directory) {
        Set<String> nodes = new HashSet<>();
        for (String name : root.namesIn(directory + "/drm")) {
            nodes.add("/dev/dri/" + name);
        }
        for (String name : root.namesIn(directory + "/graphics")) {
            nodes.add("/dev/" + name);
        }
        return nodes;
    }

    private Set<String> vfioNodes(String directory, PciFunction function) {
        Set<String> nodes = new HashSet<>();
        function.use()
                .iommuGroup()
                .value()
                .flatMap(o -> o)
                .ifPresent(group -> nodes.add("/dev/vfio/" + group));
        for (String name : root.namesIn(directory + "/vfio-dev")) {
            nodes.add("/dev/vfio/devices/" + name);
        }
        return nodes;
    }

    /// The processes that have one of these nodes open; unknown where a process cannot be looked
    /// into, as for all users but root.
    private Fact<List<User>> open(Set<String> nodes) {
        Fact<List<String>> processes = root.names(PROCESSES);
        if (processes instanceof Fact.Unknown<?>(String source, String reason)) {
            return new Fact.Unknown<>(source, reason);
        }
        List<User> users = new ArrayList<>();
        for (String name : processes.value().orElseThrow()) {
            if (!name.chars().allMatch(Character::isDigit)) {
                continue;
            }
            String descriptors = PROCESSES + "/" + name + "/fd";
            Fact<List<String>> open = root.names(descriptors);
            if (open instanceof Fact.Unknown<?>(String source, String reason)
                    && !reason.equals(HostRoot.MISSING)) {
                return new Fact.Unknown<>(source, reason);
            }
            for (String node : targets(descriptors, open.value().orElse(List.of()), nodes)) {
                users.add(new User(pid(name), command(name), node));
            }
        }
        return new Fact.Known<>(List.copyOf(users), PROCESSES);
    }

    private Set<String> targets(String descriptors, List<String> open, Set<String> nodes) {
        Set<String> targets = new HashSet<>();
        for (String descriptor : open) {
            try {
                root.paths()
                        .link(descriptors + "/" + descriptor)
                        .filter(nodes::contains)
                        .ifPresent(targets::add);
            } catch (IOException _) {
                // It was closed meanwhile.
            }
        }
        return targets;
    }

    private static long pid(String name) {
        try {
            return Long.parseLong(name);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private String command(String process) {
        return root.text(PROCESSES + "/" + process + "/comm").value().orElse("a process");
    }

    /// Whether the controlling terminal is a text screen.
    static Fact<Boolean> onScreen(Fact<String> stat) {
        return switch (stat) {
            case Fact.Unknown<String>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<String>(String text, String source) ->
                    terminal(text)
                            .<Fact<Boolean>>map(number ->
                                    new Fact.Known<>(
                                            major(number) == TTY_MAJOR
                                                    && minor(number) < SERIAL_MINOR,
                                            source))
                            .orElseGet(() ->
                                    new Fact.Unknown<>(source, "has no terminal where expected"));
        };
    }

    private static Optional<Long> terminal(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        try {
            return fields.length <= TTY_FIELD
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(fields[TTY_FIELD - 1]));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// Spec: Linux, proc_pid_stat(5): the minor number is in bits 31 to 20 and 7 to 0, the major in
    /// bits 15 to 8.
    private static long major(long device) {
        return device >>> 8 & 0xff;
    }

    private static long minor(long device) {
        return device & 0xff | device >>> 12 & 0xfff00;
    }
}
